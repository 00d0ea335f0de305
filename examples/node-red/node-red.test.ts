/** What mends which fault in Node-RED: each fault alone, against the flows of the example. */
import { describe, expect, test } from 'vitest';
import { leftOut } from '../../test/left-out.ts';
import { answersLost, messagesTwice } from '../engines/engine-trials.ts';
import { promisesOf } from '../engines/promises-of.ts';
import { hardened, missing, naive } from './variants.ts';

const remedy = missing();
const left = leftOut('node-red', remedy === undefined, 'Node-RED under test', remedy ?? '');
const engine = 'Node-RED';
const twice = ['order-to-erp/no-duplicates', 'receipt-to-erp/no-duplicates'];

describe.skipIf(left)('Node-RED', { timeout: 150_000 }, () => {
  test('naive books twice what comes twice', async () => {
    const { broken } = await promisesOf(messagesTwice(engine), naive);
    expect(broken).toEqual(expect.arrayContaining(twice));
  });

  test('naive books twice when an answer is lost', async () => {
    const { broken } = await promisesOf(answersLost(engine), naive);
    expect(broken).toEqual(
      expect.arrayContaining(['order-to-erp/no-duplicates', 'safe-retry-after-unknown-outcome']),
    );
  });

  test('looking first, and a key, mend both', async () => {
    const [messages, answers] = [messagesTwice(engine), answersLost(engine)];
    for (const trial of [messages, answers]) {
      const { kept, broken } = await promisesOf(trial, hardened);
      expect(kept).toEqual(expect.arrayContaining(twice));
      expect(broken).toEqual([]);
    }
  });
});
