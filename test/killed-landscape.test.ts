/** A landscape that is killed in the middle of its work loses nothing that it acknowledged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killAgainAndAgain } from '../bench/killed-landscape.ts';

test('every acknowledged order is there once, and every message arrives', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seatrial-killed-'));
  try {
    const result = await killAgainAndAgain({ folder, kills: 3, seed: 'killed' });
    expect(result).toMatchObject({ kills: 3, lost: [], doubled: [], undelivered: [] });
    expect(result.acknowledged).toBeGreaterThan(3);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
