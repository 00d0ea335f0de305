/** The order of changes holds even when a commit comes late, with a time that others have passed. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { KindLog } from './commit-log.ts';

test('changes are in the order of (time, sequence), and every place is found again', () => {
  const commit = fc.record({ id: fc.nat({ max: 4 }), at: fc.nat({ max: 9 }) });
  fc.assert(
    fc.property(fc.array(commit, { maxLength: 30 }), (commits) => {
      const log = new KindLog();
      const versions = new Map<number, number>();
      for (const { id, at } of commits) {
        const version = (versions.get(id) ?? 0) + 1;
        versions.set(id, version);
        log.add(String(id), version, at);
      }
      const found = Array.from({ length: log.changes }, (_, i) => log.change(i));
      const expected = commits
        .map(({ at }, index) => ({ at, sequence: index + 1 }))
        .sort((a, b) => a.at - b.at || a.sequence - b.sequence);
      expect(found.map(({ at, sequence }) => ({ at, sequence }))).toEqual(expected);
      for (const [position, place] of found.entries()) expect(log.seek(place)).toBe(position);
      expect(log.ids).toEqual([...versions.keys()].map(String));
    }),
  );
});
