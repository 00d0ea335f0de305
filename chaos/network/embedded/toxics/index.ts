/** All toxics by their names in the API: Toxiproxy's, and ours that see HTTP requests. */
import type { ToxicType } from '../toxic.ts';
import { bandwidth } from './bandwidth.ts';
import { httpLatency } from './http-latency.ts';
import { httpLoseRequest } from './http-lose-request.ts';
import { httpLoseResponse } from './http-lose-response.ts';
import { httpReject } from './http-reject.ts';
import { latency } from './latency.ts';
import { limitData } from './limit-data.ts';
import { noop } from './noop.ts';
import { packetLoss } from './packet-loss.ts';
import { resetPeer } from './reset-peer.ts';
import { slicer } from './slicer.ts';
import { slowClose } from './slow-close.ts';
import { timeout } from './timeout.ts';

export const toxicTypes: ReadonlyMap<string, ToxicType> = new Map(
  [
    bandwidth,
    httpLatency,
    httpLoseRequest,
    httpLoseResponse,
    httpReject,
    latency,
    limitData,
    noop,
    packetLoss,
    resetPeer,
    slicer,
    slowClose,
    timeout,
  ].map((each) => [each.type, each]),
);
