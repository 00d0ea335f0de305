/** A load whose k6 is in a container: it reaches the simulators on this machine's loopback. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { k6Image } from '../../cli/load/k6-container.ts';
import { Workbench } from '../../cli/testing/run-seatrial.ts';
import { images } from '../../tools/docker/images.ts';
import { has, withoutDocker } from './docker-here.ts';

const left = withoutDocker();
const patience = 240_000;
const bench = new Workbench();

beforeAll(async () => {
  if (!left) await has(images.k6);
}, patience);

test.skipIf(left)('k6 in a container carries a load', { timeout: patience }, async () => {
  expect(k6Image).toBe(images.k6);
  const k6 = '--k6 container --at-once 4 --request-within 120s';
  const day = '--target simulator --systems erp=plain --pace max --orders 40 --seed contained';
  const words = `${k6} ${day} --json l.json`.split(' ');
  const { code, stdout, stderr } = await bench.run('load', ...words);
  expect(`${code} ${stdout}${stderr}`).toContain('0 Load on');
  const { arrivalsAchieved } = JSON.parse(readFileSync(`${bench.folder}/l.json`, 'utf8'));
  expect(arrivalsAchieved).toBe(40);
});
