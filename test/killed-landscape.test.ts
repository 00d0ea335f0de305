/** A landscape that is killed in the middle of its work loses nothing that it acknowledged. */
import { expect, test } from 'vitest';
import { killAgainAndAgain } from '../bench/killed-landscape.ts';
import { describeKept } from './kept-places.ts';

describeKept('a landscape that is killed again and again', (places) => {
  test('has every acknowledged order once, and every message arrives', async () => {
    const result = await killAgainAndAgain({ place: places.fresh(), kills: 3, seed: 'killed' });
    expect(result).toMatchObject({ kills: 3, lost: [], doubled: [], undelivered: [] });
    expect(result.acknowledged).toBeGreaterThan(3);
  });
});
