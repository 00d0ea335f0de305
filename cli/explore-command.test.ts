/** `seatrial explore` and `seatrial replay` as somebody types them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from './program.ts';
import { temporaryFolder } from '../harness/testing/temporary-folder.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cwd = temporaryFolder();

const trialText = (looksFirst: boolean): string => `
import { duplicate } from '${root}chaos/index.ts';
import { copier, noteTrial } from '${root}harness/testing/note-trial.ts';
export default noteTrial({
  notes: 6,
  faults: [duplicate('source -> integration', { rate: 0.4 })],
  integration: copier({ looksFirst: ${looksFirst} }),
});
`;

beforeAll(() => {
  writeFileSync(join(cwd, 'naive.ts'), trialText(false));
  writeFileSync(join(cwd, 'sound.ts'), trialText(true));
});

async function seatrial(words: readonly string[], input?: { keys: string[] }) {
  let [out, err] = ['', ''];
  const stdout = { write: (text: string) => (out += text), ...(input ? { isTTY: true } : {}) };
  const keys = input?.keys ?? [];
  const code = await runProgram(words, {
    stdout,
    stderr: { write: (text: string) => (err += text) },
    env: {},
    cwd,
    stop: new AbortController().signal,
    ...(input === undefined
      ? {}
      : {
          input: {
            resume: () => {},
            pause: () => {},
            once: (_event: 'data', listener: (key: string) => void) =>
              queueMicrotask(() => listener(keys.shift() ?? 'q')),
          },
        }),
  });
  return { code, out, err };
}

const tokenIn = (text: string): string => /st2\.[\w-]+\.[0-9a-f]{6}/.exec(text)?.[0] ?? '';

describe('explore', () => {
  test('finds, tells and gives a token that replays exactly that', async () => {
    const { code, out, err } = await seatrial([
      'explore',
      'naive.ts',
      '--runs',
      '30',
      '--seed',
      's',
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/note-copy\/once/);
    expect(err).toMatch(/1 runs \([\d.]+\/s\) \| 0 violations \| faults/);
    const replayed = await seatrial(['replay', tokenIn(out)]);
    expect(replayed.code).toBe(1);
    const sentence = out.split('\n').find((line) => line.startsWith('Note '));
    expect(replayed.out).toContain(sentence);
  });

  test('what holds exits with 0', async () => {
    const { code, out } = await seatrial(['explore', 'sound.ts', '--runs', '20', '--seed', 's']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^"notes" held in 20 runs/)]);
  });

  test('an integration that runs already is refused', async () => {
    const { code, err } = await seatrial([
      'explore',
      'sound.ts',
      '--integration',
      'http://127.0.0.1:1',
    ]);
    expect([code, err]).toEqual([3, expect.stringContaining('from one run to the next')]);
  });
});

describe('replay', () => {
  const token = async (): Promise<string> =>
    tokenIn((await seatrial(['explore', 'naive.ts', '--runs', '30', '--seed', 's'])).out);

  test('a trial in which it no longer happens says so', async () => {
    const { code, out } = await seatrial(['replay', await token(), 'sound.ts']);
    expect([code, out]).toEqual([2, expect.stringContaining('note-copy/once held this time')]);
  });

  test('--step prints every event with the documents of every system', async () => {
    const { out } = await seatrial(['replay', await token(), '--step']);
    expect(out).toMatch(/\* source Note K\d version 1/);
    expect(out).toMatch(/\* target Note K\d version 2/);
  });

  test('--step waits for a key on a terminal, and q ends it', async () => {
    const { out } = await seatrial(['replay', await token(), '--step'], { keys: [' ', 'q'] });
    expect(out.match(/a key goes on/g)).toHaveLength(2);
  });

  test.each([
    ['st7.abc.000000', 'another version of seatrial'],
    ['nonsense', 'not a replay token'],
  ])('%s is refused with a reason', async (word, reason) => {
    const { code, err } = await seatrial(['replay', word, 'naive.ts']);
    expect([code, err]).toEqual([3, expect.stringContaining(reason)]);
  });
});
