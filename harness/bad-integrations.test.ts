/**
 * Integrations that misbehave as a whole: whatever they do, there is a verdict in bounded time that says
 * what it was, with their last words, and the next trial does not notice.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { type Integration, type IntegrationEnvironment, inProcess } from './integration.ts';
import { type TrialResult, runTrial } from './run-trial.ts';
import { copier, noteTrial } from './testing/note-trial.ts';

const trial = noteTrial({ notes: 3, liveness: { deadline: '3s', settle: '1s' } });
const ok = async () => ({ status: 204, headers: {}, body: '' });
const run = (integration: Integration): Promise<TrialResult> =>
  runTrial(trial, { seed: 'bad', integration });

// The trial after each of them goes as if it had never been.
afterEach(async () => {
  const { verdict } = await run(copier({ looksFirst: true }));
  expect([verdict.status, verdict.doubts]).toEqual(['holds', []]);
});

describe('in this process', () => {
  test('a start that throws says what it threw', async () => {
    const integration = inProcess(() => {
      throw new Error('no database');
    });
    await expect(run(integration)).rejects.toThrow('no database');
  });

  test('a start that never ends is given up', async () => {
    const integration = inProcess(() => new Promise<never>(() => {}));
    await expect(run(integration)).rejects.toThrow(/did not end within/);
  });

  test('one that never answers breaks its promise, and what is owed has a name', async () => {
    const { verdict, owed } = await run(
      inProcess(() => ({ webhook: () => new Promise(() => {}) })),
    );
    expect(verdict.status).toBe('violated');
    expect(owed).toContainEqual(expect.objectContaining({ what: 'note-copy', count: 3 }));
  });

  test('one that throws at every message is quoted', async () => {
    const result = await run(
      inProcess(() => ({
        webhook: async () => {
          throw new Error('cannot read property of undefined');
        },
      })),
    );
    expect(result.verdict.status).toBe('violated');
    expect(result.output).toContain('cannot read property of undefined');
  });

  test.each([
    ['a status that is none', { status: -1, headers: {}, body: '' }],
    ['no answer at all', undefined],
    ['something else', 'hello'],
  ])('answers of garbage are no acknowledgement: %s', async (_, garbage) => {
    const { verdict } = await run(inProcess(() => ({ webhook: async () => garbage as never })));
    expect(verdict.status).toBe('violated');
  });

  test('one that never becomes quiet ends at the deadline', async () => {
    const chatty = ({ clock, fetch, systems }: IntegrationEnvironment) => {
      let turn = 0;
      const talk = (): void => {
        void fetch(`${systems['target']?.url}/v1/notes/N${turn++}`, { method: 'PUT', body: 'x' });
        clock.after(100, talk);
      };
      talk();
      return { webhook: ok, pending: () => 1 };
    };
    const { verdict, history } = await run(inProcess(chatty));
    expect(verdict.status).toBe('violated');
    expect([...history].findLast((each) => each.type === 'phase')).toMatchObject({
      reason: 'deadline',
    });
  });

  test('one that sets timers of no duration for ever is stopped, and told of', async () => {
    const spinning = ({ clock }: IntegrationEnvironment) => {
      const spin = (): void => void clock.after(0, spin);
      spin();
      return { webhook: ok };
    };
    const { verdict } = await run(inProcess(spinning));
    expect(verdict.doubts.join()).toMatch(/time stood still/);
  });

  test('timers that it leaves behind are counted', async () => {
    const { verdict } = await run(
      inProcess(() => {
        setInterval(() => {}, 300);
        setTimeout(() => {}, 3_600_000);
        return { webhook: ok };
      }),
    );
    expect(verdict.doubts).toContain('the integration left 2 timers running');
  });

  test('a timer that throws does not take the trial with it, and is quoted', async () => {
    const { verdict, output } = await run(
      inProcess(({ clock }) => {
        clock.after(200, () => {
          throw new Error('from a timer');
        });
        setTimeout(() => {
          throw new Error('from another timer');
        }, 300);
        return { webhook: ok };
      }),
    );
    expect(verdict.status).toBe('violated');
    expect(output).toContain('from a timer');
    expect(output).toContain('from another timer');
    expect(verdict.doubts.join()).toContain('threw 2 times');
  });

  test('a stop that never ends is given up and told of', async () => {
    const integration = inProcess(() => ({ webhook: ok, stop: () => new Promise<void>(() => {}) }));
    const { verdict } = await run(integration);
    expect(verdict.doubts.join()).toMatch(/did not stop within/);
  });
});

describe('as a process', () => {
  const node = (code: string): Integration => ({
    kind: 'process',
    command: `node -e ${JSON.stringify(code)}`,
    readyTimeoutMs: 5000,
  });
  const listening = "require('http').createServer((q, r) => HANDLE).listen(process.env.PORT);";

  test('a crash on start says so with its last words', async () => {
    await expect(run(node("console.log('no licence'); process.exit(3)"))).rejects.toThrow(
      /exit code 3[^]*no licence/,
    );
  });

  test('one that never listens is given up', async () => {
    const silent = { ...node('setInterval(() => {}, 1000)'), readyTimeoutMs: 400 } as Integration;
    await expect(run(silent)).rejects.toThrow(/did not listen within 400 ms/);
  });

  test('one that dies in the middle is told of, with its last words', async () => {
    const dying = listening.replace('HANDLE', "(console.log('out of memory'), process.exit(7))");
    const { verdict, output } = await run(node(dying));
    expect(verdict.doubts.join()).toContain('exit code 7');
    expect(output).toContain('out of memory');
  });

  test('one that answers garbage breaks its promise', async () => {
    const garbage = listening.replace('HANDLE', "r.socket.end('GARBAGE\\\\r\\\\n\\\\r\\\\n')");
    expect((await run(node(garbage))).verdict.status).toBe('violated');
  });

  test('one that never answers is waited for no longer than the deadline', async () => {
    expect((await run(node(listening.replace('HANDLE', '0')))).verdict.status).toBe('violated');
  });
});
