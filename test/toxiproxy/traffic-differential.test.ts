/** The same traffic through the embedded and the real server: the same bytes, order, times and endings. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ToxiproxyServer } from '../../chaos/network/toxiproxy-server.ts';
import { patterns } from './patterns.ts';
import { realServer, startOurs, startReal } from './servers.ts';
import { type Pattern, differences, observe } from '../../chaos/network/testing/traffic.ts';

/** A busy machine disturbs times, never bytes: what differs once is looked at again, alone. */
const looks = 3;
const together = 12;

describe.skipIf(!realServer())('traffic', () => {
  const servers: ToxiproxyServer[] = [];

  beforeAll(async () => {
    servers.push(await startOurs(), await startReal());
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  const compare = async (pattern: Pattern): Promise<string[]> => {
    const [ours, real] = await Promise.all(servers.map(({ url }) => observe(url, pattern)));
    return differences(ours as never, real as never);
  };

  test(`${patterns.length} patterns look alike`, { timeout: 170_000 }, async () => {
    const again: Pattern[] = [];
    const queue = [...patterns];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        if ((await compare(next)).length > 0) again.push(next);
      }
    };
    await Promise.all(Array.from({ length: together }, work));
    const different: Record<string, string[]> = {};
    for (const pattern of again) {
      let found: string[] = [];
      for (let look = 1; look < looks; look++) {
        found = await compare(pattern);
        if (found.length === 0) break;
      }
      if (found.length > 0) different[pattern.name] = found;
    }
    expect(different).toEqual({});
  });
});
