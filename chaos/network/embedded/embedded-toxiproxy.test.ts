/** What every toxic does to traffic, on both streams, from the beginning and on open connections. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { add, change, remove, set, toxic } from '../testing/steps.ts';
import { type Observation, type Pattern, observe } from '../testing/traffic.ts';
import { type EmbeddedToxiproxy, startEmbeddedToxiproxy } from './embedded-toxiproxy.ts';

let server: EmbeddedToxiproxy;
beforeAll(async () => {
  server = await startEmbeddedToxiproxy({ seed: 'tests' });
});
afterAll(() => server.close());

const see = (pattern: Omit<Pattern, 'name'>): Promise<Observation> =>
  // Longer than it takes, because a busy machine takes longer; what must not happen has its chance, too.
  observe(server.url, { name: 'test', ...pattern, lastsMs: pattern.lastsMs + 150 });

/** Real time on a machine that others use, too: what fails once may have come late, what is wrong stays. */
const retry = 2;

/** How late a busy machine may be, beyond what was asked. */
const lateMs = 250;
function expectAbout(actualMs: number, expectedMs: number): void {
  expect(actualMs).toBeGreaterThanOrEqual(expectedMs - 2);
  expect(actualMs).toBeLessThan(expectedMs + lateMs);
}

describe('without toxics', { concurrent: true, retry }, () => {
  test('bytes come through whole and in order, and both stay open', async () => {
    const plain = await see({ steps: [[0, { send: 3_000_000 }]], lastsMs: 300 });
    expect(plain.upstream).toMatchObject({ bytes: 3_000_000, ending: 'open' });
    expect(plain.client).toMatchObject({ bytes: 3_000_000, ending: 'open' });
    expect(plain.client.hash).toBe(plain.upstream.hash);
  });

  test('an end on one side ends the other', async () => {
    const [client, upstream] = await Promise.all([
      see({ steps: [[0, { send: 10 }], [50, { do: 'end' }]], lastsMs: 200 }), // prettier-ignore
      see({ steps: [[0, { send: 10 }], [50, { do: 'upstreamEnd' }]], lastsMs: 200 }), // prettier-ignore
    ]);
    expect([client.upstream.ending, client.client.ending]).toEqual(['fin', 'fin']);
    expect([upstream.client.ending, upstream.client.bytes]).toEqual(['fin', 10]);
  });

  test('with nobody upstream a client is let in and closed', async () => {
    const { client } = await see({ upstream: 'absent', steps: [], lastsMs: 100 });
    expect(client).toMatchObject({ bytes: 0, ending: 'fin' });
  });

  test('a reader that is late gets everything', async () => {
    const { upstream } = await see({
      upstream: 'slow',
      steps: [[0, { send: 8_000_000 }]],
      lastsMs: 900,
    });
    expect(upstream.bytes).toBe(8_000_000);
  });
});

describe('a proxy', { concurrent: true, retry }, () => {
  test('disabled cuts what is open and refuses what comes', async () => {
    const { client } = await see({
      steps: [
        [0, { send: 10 }],
        [50, set({ enabled: false })],
      ],
      lastsMs: 200,
    });
    expect(client).toMatchObject({ bytes: 10, ending: 'fin' });
    const later = await see({
      steps: [
        [0, set({ enabled: false })],
        [50, { do: 'reconnect' }],
      ],
      lastsMs: 150,
    });
    expect(later.client.ending).not.toBe('open');
    expect(later.client.bytes).toBe(0);
  });

  test('enabled again it works as before, with its toxics', async () => {
    const { upstream } = await see({
      toxics: [toxic('limit_data', { bytes: 5 }, { stream: 'upstream' })],
      steps: [
        [0, set({ enabled: false })],
        [30, set({ enabled: true })],
        [60, { do: 'reconnect' }],
        [80, { send: 10 }],
      ],
      lastsMs: 200,
    });
    expect(upstream.bytes).toBe(5);
  });

  test('reset enables it and removes its toxics', async () => {
    const alone = await startEmbeddedToxiproxy();
    const { upstream, statuses } = await observe(alone.url, {
      name: 'reset',
      toxics: [toxic('limit_data', { bytes: 5 }, { stream: 'upstream' })],
      steps: [
        [0, set({ enabled: false })],
        [30, { api: ['POST', '/reset'] }],
        [60, { do: 'reconnect' }],
        [80, { send: 10 }],
      ],
      lastsMs: 200,
    });
    await alone.close();
    expect(statuses).toContain(204);
    expect(upstream.bytes).toBe(10);
  });
});

describe.each(['upstream', 'downstream'])('%s', { concurrent: true, retry }, (stream) => {
  const end = stream === 'upstream' ? 'upstream' : 'client';
  const both = { stream };

  test('latency delays each chunk from when it came in', async () => {
    const seen = await see({
      toxics: [toxic('latency', { latency: 200 }, both)],
      steps: [0, 50, 100, 150].map((atMs) => [atMs, { send: 10 }] as const),
      lastsMs: 600,
    });
    expectAbout(seen[end].times.first, 200);
    expectAbout(seen[end].times.last, 350);
    expect(seen[end].bytes).toBe(40);
  });

  test('jitter spreads the delays around the latency', async () => {
    const seen = await Promise.all(
      Array.from({ length: 12 }, () =>
        see({
          toxics: [toxic('latency', { latency: 300, jitter: 250 }, both)],
          steps: [[0, { send: 10 }]],
          lastsMs: 700,
        }),
      ),
    );
    const times = seen.map((each) => each[end].times.first).sort((a, b) => a - b);
    expect(times[0]).toBeLessThan(250);
    expect(times.at(-1)).toBeGreaterThan(350);
    expect(times.every((each) => each >= 48)).toBe(true);
  });

  test('two latencies add up', async () => {
    const seen = await see({
      toxics: [
        toxic('latency', { latency: 150 }, both),
        toxic('latency', { latency: 150 }, { ...both, name: 'second' }),
      ],
      steps: [[0, { send: 10 }]],
      lastsMs: 600,
    });
    expectAbout(seen[end].times.first, 300);
  });

  test('what a latency holds comes at once when it is removed, in order', async () => {
    const seen = await see({
      toxics: [toxic('latency', { latency: 3000 }, both)],
      steps: [
        [0, { send: 10 }],
        [20, { send: 500_000 }],
        [100, remove(`latency_${stream}`)],
        [120, { send: 500_000 }],
      ],
      lastsMs: 500,
    });
    expectAbout(seen[end].times.first, 100);
    expect(seen[end].bytes).toBe(1_000_010);
    expect(seen.client.hash).toBe(seen.upstream.hash);
  });

  test('a latency added to an open connection works there, and a change of it, too', async () => {
    const seen = await see({
      steps: [
        [0, add(toxic('latency', { latency: 100 }, both))],
        [50, change(`latency_${stream}`, { attributes: { latency: 300 } })],
        [80, { send: 10 }],
      ],
      lastsMs: 700,
    });
    expectAbout(seen[end].times.first, 380);
  });

  test('bandwidth takes as long as its rate says', async () => {
    const seen = await see({
      toxics: [toxic('bandwidth', { rate: 100 }, both)],
      steps: [[0, { send: 50_000 }]],
      lastsMs: 900,
    });
    expectAbout(seen[end].times.last, 500);
    expectAbout(seen[end].times.half, 250);
    expect(seen[end].bytes).toBe(50_000);
  });

  test('bandwidth 0 stalls, and removing it loses nothing', async () => {
    const seen = await see({
      toxics: [toxic('bandwidth', { rate: 0 }, both)],
      steps: [
        [0, { send: 1_000_000 }],
        [200, remove(`bandwidth_${stream}`)],
      ],
      lastsMs: 500,
    });
    expectAbout(seen[end].times.first, 200);
    expect(seen[end].bytes).toBe(1_000_000);
    expect(seen.client.hash).toBe(seen.upstream.hash);
  });

  test('timeout drops everything and closes after so long without a chunk', async () => {
    const seen = await see({
      toxics: [toxic('timeout', { timeout: 200 }, both)],
      steps: [[0, { send: 10 }], [100, { send: 10 }]], // prettier-ignore
      lastsMs: 600,
    });
    expect(seen[end].bytes).toBe(0);
    expect(seen.client.ending).toBe('fin');
    expectAbout(seen.client.times.end, stream === 'upstream' ? 300 : 300);
  });

  test('timeout 0 never closes, until it is removed', async () => {
    const held = toxic('timeout', { timeout: 0 }, both);
    const [kept, removed] = await Promise.all([
      see({ toxics: [held], steps: [[0, { send: 10 }]], lastsMs: 300 }),
      see({
        toxics: [held],
        steps: [[0, { send: 10 }], [100, remove(`timeout_${stream}`)]], // prettier-ignore
        lastsMs: 300,
      }),
    ]);
    expect(kept.client).toMatchObject({ bytes: 0, ending: 'open' });
    expect(removed.client).toMatchObject({ bytes: 0, ending: 'fin' });
  });

  test('slow_close holds the end back', async () => {
    const seen = await see({
      toxics: [toxic('slow_close', { delay: 200 }, both)],
      steps: [[0, { send: 10 }], [50, { do: stream === 'upstream' ? 'end' : 'upstreamEnd' }]], // prettier-ignore
      lastsMs: 500,
    });
    expect(seen[end].ending).toBe('fin');
    expectAbout(seen[end].times.end, 250);
  });

  test.each([0, 1, 15, 20, 25])('limit_data closes after exactly %i bytes', async (bytes) => {
    const seen = await see({
      toxics: [toxic('limit_data', { bytes }, both)],
      upstream: 'sink',
      steps: [
        [0, stream === 'upstream' ? { send: 10 } : { upstreamSend: 10 }],
        [50, stream === 'upstream' ? { send: 10 } : { upstreamSend: 10 }],
        [100, stream === 'upstream' ? { send: 10 } : { upstreamSend: 10 }],
      ],
      lastsMs: 200,
    });
    expect(seen[end].bytes).toBe(bytes);
    expect(seen[end].ending).not.toBe('open');
  });

  test('limit_data remembers what went through when it is changed', async () => {
    const seen = await see({
      toxics: [toxic('limit_data', { bytes: 15 }, both)],
      steps: [
        [0, { send: 10 }],
        [50, change(`limit_data_${stream}`, { attributes: { bytes: 25 } })],
        [80, { send: 10 }],
        [120, { send: 10 }],
      ],
      lastsMs: 250,
    });
    expect(seen[end].bytes).toBe(25);
  });

  test('slicer makes pieces that take their time, and loses nothing', async () => {
    const seen = await see({
      toxics: [toxic('slicer', { average_size: 100, size_variation: 20, delay: 10_000 }, both)],
      steps: [[0, { send: 2000 }]],
      lastsMs: 900,
    });
    expect(seen[end].bytes).toBe(2000);
    expect(seen.client.hash).toBe(seen.upstream.hash);
    expect(seen[end].times.last - seen[end].times.first).toBeGreaterThan(120);
    expect(seen[end].times.last).toBeLessThan(500);
  });

  test('reset_peer cuts with a RST at the first chunk, after its timeout', async () => {
    const seen = await see({
      toxics: [toxic('reset_peer', { timeout: 150 }, both)],
      upstream: 'echo',
      steps: [[50, { send: 10 }]],
      lastsMs: 400,
    });
    expect([seen.client.ending, seen.client.bytes]).toEqual(['rst', 0]);
    expect(seen.upstream.bytes).toBe(stream === 'upstream' ? 0 : 10);
    expectAbout(seen.client.times.end, 200);
  });

  test('reset_peer ends a connection that is older than itself without a RST', async () => {
    const seen = await see({
      steps: [
        [0, { send: 10 }],
        [50, add(toxic('reset_peer', {}, both))],
        [80, { send: 10 }],
      ],
      lastsMs: 250,
    });
    expect(seen.client.ending).toBe('fin');
  });

  test('packet_loss of everything lets nothing through, of nothing everything', async () => {
    const [all, none] = await Promise.all(
      [1, 0].map((loss_rate) =>
        see({
          toxics: [toxic('packet_loss', { loss_rate }, both)],
          steps: [[0, { send: 5000 }]],
          lastsMs: 150,
        }),
      ),
    );
    expect([all?.client.bytes, none?.client.bytes]).toEqual([0, 5000]);
  });

  test('toxicity 0 leaves it alone until it is raised', async () => {
    const seen = await see({
      toxics: [toxic('timeout', {}, { ...both, toxicity: 0 })],
      steps: [
        [0, { send: 10 }],
        [60, change(`timeout_${stream}`, { toxicity: 1 })],
        [90, { send: 10 }],
      ],
      lastsMs: 200,
    });
    expect(seen.client.bytes).toBe(10);
  });
});
