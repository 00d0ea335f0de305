import { describe, expect, test } from 'vitest';
import { business } from '../plain/testing/business.ts';
import { masterData } from '../plain/testing/master-data.ts';
import { PlainBench } from '../plain/testing/plain-bench.ts';
import { wms } from './index.ts';

/** A warehouse in which something was counted just now. */
function warehouse(): PlainBench {
  const bench = new PlainBench('wms', wms({ masterData }));
  business(bench, () => {});
  return bench;
}

const folder = (bench: PlainBench): string[] => bench.call('GET', '/v1/exports').json.items;

describe('exports', () => {
  test('a file is there when its second is over, with all that was counted in it', async () => {
    const bench = warehouse();
    expect(folder(bench)).toEqual([]);
    await bench.pass(1000);
    const [name, ...others] = folder(bench);
    expect([others, name]).toEqual([[], expect.stringMatching(/^receipts-\d{8}T\d{6}\.csv$/)]);
    const { lines } = bench.call('GET', `/v1/exports/${name}`).json;
    const counted = bench.call('GET', '/v1/receipt-confirmations').json.items;
    expect(counted.length).toBeGreaterThan(1);
    expect(lines).toEqual([
      ...counted.map(
        (each: { number: string; purchaseOrder: string }) => `${each.number};${each.purchaseOrder}`,
      ),
      `END;${counted.length}`,
    ]);
  });

  test('an archived file is gone, and a file that is not there is an error', async () => {
    const bench = warehouse();
    await bench.pass(1000);
    const [name] = folder(bench);
    expect(bench.call('POST', `/v1/exports/${name}/archive`).status).toBe(200);
    expect(folder(bench)).toEqual([]);
    for (const [method, path] of [
      ['GET', `/v1/exports/${name}`],
      ['POST', `/v1/exports/${name}/archive`],
      ['GET', '/v1/exports/other.csv'],
    ] as const)
      expect(bench.call(method, path)).toMatchObject({ status: 404, rule: 'unknown-export' });
  });
});
