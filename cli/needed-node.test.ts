import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { nodeTooOld } from './needed-node.ts';

const part = fc.nat({ max: 40 });

test('an older Node is refused with the remedy, and a newer one is not', () => {
  fc.assert(
    fc.property(part, part, part, (major, minor, patch) => {
      const said = nodeTooOld(`${major}.${minor}.${patch}`);
      expect(said !== undefined).toBe(major * 100 + minor < 2218);
      if (said !== undefined) expect(said).toContain('node@24');
    }),
  );
});

test('what is needed is what the package says', () => {
  const least = manifest.engines.node.replace('>=', '');
  expect(nodeTooOld(`${least}.0`)).toBeUndefined();
  expect(nodeTooOld(`${Number.parseInt(least, 10)}.0.0`)).toContain(least);
});
