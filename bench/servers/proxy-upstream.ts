/** What the proxies of the bench lead to: answers each request of the load, and swallows what is sent raw. */
import { type AddressInfo, createServer } from 'node:net';
import { answerBytes } from './proxy-load.ts';

const requestBegin = 'P'.charCodeAt(0);

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => {
    if (data[0] === requestBegin) socket.write(answerBytes);
  });
});

process.on('message', () => {
  server.listen(0, '127.0.0.1', () => {
    process.send?.({ port: (server.address() as AddressInfo).port });
  });
});
