/** The embedded Toxiproxy in a process of its own; says its address first, and its memory when asked. */
import {
  type EmbeddedToxiproxy,
  startEmbeddedToxiproxy,
} from '../../chaos/network/embedded/embedded-toxiproxy.ts';

export interface EmbeddedProxyReady {
  readonly url: string;
  readonly rssBytes: number;
}

let server: EmbeddedToxiproxy | undefined;

process.on('message', () => {
  void (async () => {
    server ??= await startEmbeddedToxiproxy({ seed: 'bench' });
    process.send?.({ url: server.url, rssBytes: process.memoryUsage().rss });
  })();
});
