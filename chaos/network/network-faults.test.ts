import { assert, constantFrom, double, nat, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as network from './network-faults.ts';

const link = 'integration -> erp';

test('a toxic carries its attributes, its share and its streams', () => {
  assert(
    property(
      nat(),
      nat(),
      double({ min: 0, max: 1, noNaN: true }),
      constantFrom('upstream', 'downstream', 'both'),
      (latency, jitter, toxicity, stream) => {
        expect(
          network.latency(link, { latency, jitter, toxicity, stream, at: '1s', for: '2s' }),
        ).toMatchObject({
          layer: 'network',
          kind: 'network.latency',
          link,
          toxic: 'latency',
          attributes: { latency, jitter },
          toxicity,
          streams: stream === 'both' ? ['upstream', 'downstream'] : [stream],
          trigger: { at: '1s', for: '2s' },
        });
      },
    ),
  );
});

test('the names of Toxiproxy are kept', () => {
  const toxics = [
    network.bandwidth(link, { rate: 5 }),
    network.reset(link),
    network.timeout(link, { timeout: 5 }),
    network.slowClose(link, { delay: 5 }),
    network.limitData(link, { bytes: 5 }),
    network.slicer(link, { average_size: 5 }),
    network.toxic(link, 'http_reject', { attributes: { status: 429 } }),
  ];
  expect(toxics.map(({ toxic, attributes }) => [toxic, attributes])).toEqual([
    ['bandwidth', { rate: 5 }],
    ['reset_peer', {}],
    ['timeout', { timeout: 5 }],
    ['slow_close', { delay: 5 }],
    ['limit_data', { bytes: 5 }],
    ['slicer', { average_size: 5 }],
    ['http_reject', { status: 429 }],
  ]);
});

test('an outage takes the link down, a partition both ways, a flap again and again', () => {
  expect(network.outage(link, { for: '1s' }).toxic).toBeUndefined();
  expect(network.partition('erp', 'integration')).toMatchObject({
    link: 'erp -> integration',
    bothWays: true,
  });
  expect(network.flap(link, { at: '1s', down: '500ms', up: '1500ms' }).trigger).toEqual({
    at: '1s',
    for: 500,
    every: 2000,
  });
});

describe('slips are named', () => {
  test.each([
    ['latency', () => network.latency(link, {} as never)],
    ['rate', () => network.bandwidth(link, { rate: 0.5 })],
    ['toxicity', () => network.reset(link, { toxicity: 5 })],
    ['stream', () => network.reset(link, { stream: 'sideways' as never })],
    ['on', () => network.reset(link, { on: 'POST' } as never)],
    ['firstConnections', () => network.reset(link, { firstConnections: 0 })],
    ['for', () => network.outage(link, { every: '1s' })],
    ['link', () => network.partition('erp', 'erp')],
    ['down', () => network.flap(link, { down: '0s' })],
  ])('%s', (field, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'fault.invalid' }));
    expect(make).toThrow(`${field} must`);
  });
});
