/** What an integration in this process did long ago takes no memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { inProcess } from './integration.ts';
import { runTrial } from './run-trial.ts';
import { noteTrial } from './testing/note-trial.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const notes = 200;

test('neither answers to messages nor timers that were cancelled are remembered', async () => {
  const answers: WeakRef<object>[] = [];
  const guarded: WeakRef<object>[] = [];
  let alive: number[] = [];
  const countAlive = (): number[] => {
    collectGarbage();
    return [answers, guarded].map((all) => all.filter((each) => each.deref()).length);
  };
  const integration = inProcess(({ clock }) => ({
    webhook: async () => {
      const answer = { status: 204, headers: {}, body: '' };
      const patience = { ms: 3_600_000 };
      const timer = clock.after(patience.ms, () => expect.fail(`waited ${patience.ms} ms`));
      await clock.sleep(1);
      timer.cancel();
      answers.push(new WeakRef(answer));
      guarded.push(new WeakRef(patience));
      return answer;
    },
    stop: () => void (alive = countAlive()),
  }));
  await runTrial(noteTrial({ notes, liveness: { deadline: '30s', settle: '1s' } }), {
    seed: 'memory',
    integration,
  });
  expect(answers).toHaveLength(notes);
  const [answered, waited] = alive as [number, number];
  expect(answered).toBeLessThan(notes / 10);
  expect(waited).toBeLessThan(notes / 10);
});
