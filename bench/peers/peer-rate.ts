/** Creates and reads, in turn on each of 16 connections, and how many of both together a second. */
import autocannon from 'autocannon';
import type { RunningPeer } from './peer.ts';

const connections = 16;

export interface PeerRate {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Share of requests that were not answered with success. */
  readonly failed: number;
}

export async function peerRate(
  { create: { url, path, headers, body }, readPath }: RunningPeer,
  seconds: number,
): Promise<PeerRate> {
  const { 'content-type': _, ...reading } = headers;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      { method: 'POST', path, headers, body },
      { method: 'GET', path: readPath, headers: reading },
    ],
  });
  const { non2xx, errors, duration, latency } = result;
  const all = result['2xx'] + non2xx + errors;
  return {
    perSecond: result['2xx'] / duration,
    p99Ms: latency.p99,
    failed: all === 0 ? 1 : (non2xx + errors) / all,
  };
}
