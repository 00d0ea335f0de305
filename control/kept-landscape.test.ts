import { expect, test } from 'vitest';
import { createLandscape } from './create-landscape.ts';
import { temporaryFolder } from '../harness/testing/temporary-folder.ts';

/** The orders that the ERP of a landscape with this folder has, after one more was noted there. */
async function once(folder: string): Promise<{ seed: string; sessions: number; length: number }> {
  const { control } = await createLandscape('kept', { data: folder, systems: { erp: 'plain' } });
  const { landscape } = control;
  const { store, access } = landscape.system('erp');
  const { url } = landscape.addresses()['erp'] as { url: string };
  const { clientId, clientSecret, tokenPath } = access;
  const answer = await fetch(url + tokenPath, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `grant_type=client_credentials&client_id=${clientId}&client_secret=${clientSecret}`,
  });
  expect(answer.status).toBe(200);
  const sessions = store.collection('AccessToken').size;
  const { seed, history } = landscape.world;
  const { length } = history;
  control.release();
  await landscape.close();
  return { seed, sessions, length };
}

test('a landscape made with a folder goes on when it is made again', async () => {
  const folder = temporaryFolder();
  const first = await once(folder);
  const second = await once(folder);
  expect(second.seed).toBe(first.seed);
  expect([first.sessions, second.sessions]).toEqual([1, 2]);
  expect(second.length).toBe(first.length * 2);
});
