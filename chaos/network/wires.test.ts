import { expect, test } from 'vitest';
import type { NetworkFault } from '../../harness/fault.ts';
import { directWires } from './wires.ts';

test('direct wires lead straight to the upstream, carry no fault and say so', async () => {
  const fault: NetworkFault = {
    layer: 'network',
    kind: 'bandwidth',
    link: 'integration -> erp',
    trigger: {},
    attributes: { rate: 10 },
  };
  expect(await directWires.address('integration -> erp', '127.0.0.1:9')).toBe('127.0.0.1:9');
  await expect(directWires.apply(fault)).rejects.toMatchObject({ code: 'wires.direct' });
  await directWires.heal();
  expect(await directWires.verifyHealed()).toEqual([]);
});
