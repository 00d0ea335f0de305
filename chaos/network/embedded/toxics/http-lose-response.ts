/** Cuts the connection when upstream answers: the work is done, and the caller never hears of it. */
import { requestToxic } from './request-toxic.ts';

export const httpLoseResponse = requestToxic(
  'http_lose_response',
  'HTTPLoseResponseToxic',
  {},
  {
    begin: (stub) => {
      stub.connection.loseAnswer();
      return 'pass';
    },
  },
);
