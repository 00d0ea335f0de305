/** Which of Camel's means mends which fault: each fault alone, against the routes of the example. */
import { describe, expect, test } from 'vitest';
import { answersLost, messagesTwice } from '../engines/engine-trials.ts';
import { promisesOf } from '../engines/promises-of.ts';
import { leftOut } from '../../test/left-out.ts';
import { missing } from './installed.ts';
import { hardened, idempotent, naive } from './variants.ts';

const remedy = missing();
const left = leftOut('camel', remedy === undefined, 'Apache Camel under test', remedy ?? '');
const engine = 'Apache Camel';
const twice = ['order-to-erp/no-duplicates', 'receipt-to-erp/no-duplicates'];

describe.skipIf(left)('Apache Camel', { timeout: 150_000 }, () => {
  test('naive books twice what comes twice', async () => {
    const { broken } = await promisesOf(messagesTwice(engine), naive);
    expect(broken).toEqual(expect.arrayContaining(twice));
  });

  test('idempotentConsumer mends messages that come twice', async () => {
    const { kept, broken } = await promisesOf(messagesTwice(engine), idempotent);
    expect(kept).toEqual(expect.arrayContaining(twice));
    expect(broken).toEqual([]);
  });

  test('idempotentConsumer alone does not mend a lost answer: the order is booked twice', async () => {
    const { broken } = await promisesOf(answersLost(engine), idempotent);
    expect(broken).toEqual(
      expect.arrayContaining(['order-to-erp/no-duplicates', 'safe-retry-after-unknown-outcome']),
    );
  });

  test('looking first, and a key, mend it', async () => {
    const { kept, broken } = await promisesOf(answersLost(engine), hardened);
    expect(kept).toEqual(expect.arrayContaining([...twice, 'safe-retry-after-unknown-outcome']));
    expect(broken).toEqual([]);
  });
});
