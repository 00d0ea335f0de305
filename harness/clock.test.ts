import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RealClock, VirtualClock, realSleep } from './clock.ts';

describe('VirtualClock', () => {
  test('fires by time, then in the order of asking; cancelled timers never', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ delay: fc.integer({ min: 0, max: 20 }), cancelled: fc.boolean() }), {
          maxLength: 60,
        }),
        async (timers) => {
          const clock = new VirtualClock({ startAt: 1000 });
          const fired: [index: number, at: number][] = [];
          timers
            .map(({ delay }, index) => clock.after(delay, () => fired.push([index, clock.now()])))
            .forEach((timer, index) => timers[index]?.cancelled && timer.cancel());
          expect(await clock.run(() => false)).toBe('idle');
          const expected = timers
            .map(({ delay, cancelled }, index) => ({ index, at: 1000 + delay, cancelled }))
            .filter(({ cancelled }) => !cancelled)
            .sort((a, b) => a.at - b.at || a.index - b.index)
            .map(({ index, at }) => [index, at]);
          expect(fired).toEqual(expected);
        },
      ),
    );
  });

  test('timers set by timers keep the order, too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
          maxLength: 30,
        }),
        async (pairs) => {
          const clock = new VirtualClock({ startAt: 0 });
          const fired: number[] = [];
          const due: number[] = [];
          for (const [first, second] of pairs) {
            clock.after(first, () => {
              clock.after(second, () => fired.push(clock.now()));
            });
            due.push(first + second);
          }
          await clock.run(() => false);
          expect(fired).toEqual(due.sort((a, b) => a - b));
        },
      ),
    );
  });

  test('promises settle before the next timer', async () => {
    const clock = new VirtualClock({ startAt: 0 });
    const said: string[] = [];
    const talk = async (): Promise<void> => {
      await clock.sleep(5);
      for (let step = 0; step < 20; step++) await Promise.resolve();
      said.push(`slept until ${clock.now()}`);
    };
    void talk();
    clock.after(5, () => said.push('a timer of the same time'));
    await clock.run(() => false);
    expect(said).toEqual(['slept until 5', 'a timer of the same time']);
  });

  test('stops when done, and at the deadline, without losing what is due later', async () => {
    const clock = new VirtualClock({ startAt: 0 });
    const fired: number[] = [];
    for (const at of [10, 20, 30]) clock.after(at, () => fired.push(at));
    expect(await clock.run(() => fired.length === 1)).toBe('done');
    expect(clock.now()).toBe(10);
    expect(await clock.run(() => false, 25)).toBe('deadline');
    expect([clock.now(), fired]).toEqual([25, [10, 20]]);
    expect(await clock.run(() => false, 30)).toBe('idle');
    expect(fired).toEqual([10, 20, 30]);
  });

  test('time never runs backwards, not even to a deadline in the past', async () => {
    const clock = new VirtualClock({ startAt: 100 });
    clock.after(10, () => {});
    expect(await clock.run(() => false, 50)).toBe('deadline');
    expect(clock.now()).toBe(100);
  });

  test('starts at the same Monday in every run', () => {
    expect(new VirtualClock().now()).toBe(1_767_571_200_000);
    expect(new VirtualClock().speed).toBe(1);
  });

  test('fractions of milliseconds round up, negative delays are none', async () => {
    const clock = new VirtualClock({ startAt: 0 });
    const fired: [string, number][] = [];
    clock.after(1.2, () => fired.push(['fraction', clock.now()]));
    clock.after(-5, () => fired.push(['past', clock.now()]));
    await clock.run(() => false);
    expect(fired).toEqual([
      ['past', 0],
      ['fraction', 2],
    ]);
  });
});

describe('RealClock', () => {
  test('lets what is scheduled fail where that was said, and goes on', async () => {
    const fail = (): void => {
      throw new Error('lost');
    };
    const strict = new RealClock({ startAt: 0 });
    strict.after(5, fail);
    await expect(strict.step(10)).rejects.toThrow('lost');
    const told: string[] = [];
    const kind = new RealClock({ startAt: 0 });
    kind.forgive((error) => told.push((error as Error).message) > 0);
    kind.after(5, fail);
    kind.after(6, () => told.push('the next'));
    await kind.step(10);
    expect(told).toEqual(['lost', 'the next']);
  });

  test('runs as fast as it is told, from where it is told, in whole milliseconds', async () => {
    const clock = new RealClock({ speed: 100, startAt: 5000 });
    expect(clock.now()).toBeGreaterThanOrEqual(5000);
    const before = clock.now();
    await realSleep(20);
    expect(clock.now() - before).toBeGreaterThanOrEqual(1900);
    expect(Number.isInteger(clock.now())).toBe(true);
  });

  test('timers and sleeps are in trial time; a cancelled timer is silent', async () => {
    const clock = new RealClock({ speed: 1000 });
    const fired: string[] = [];
    clock.after(1000, () => fired.push('cancelled')).cancel();
    clock.after(5000, () => fired.push('fired'));
    const before = clock.now();
    await clock.sleep(20_000);
    expect(clock.now() - before).toBeGreaterThanOrEqual(18_000);
    expect(fired).toEqual(['fired']);
  });
});

describe('a clock at a console', () => {
  test.each([
    ['real', () => new RealClock({ startAt: 1000 })],
    ['virtual', () => new VirtualClock({ startAt: 1000 })],
  ] as const)(
    '%s: what is due comes in its order while it is stepped, and at no other time',
    async (_, make) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 20 }),
          fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 6 }),
          async (delays, steps) => {
            const clock = make();
            clock.pause();
            const begun = clock.now();
            const fired: number[] = [];
            for (const delay of delays) clock.after(delay, () => fired.push(clock.now() - begun));
            let passed = 0;
            for (const step of steps) {
              await clock.step(step);
              passed += step;
              expect(clock.now() - begun).toBe(passed);
              expect(clock.paused).toBe(true);
              const due = delays.filter((delay) => delay <= passed).sort((a, b) => a - b);
              expect(fired).toEqual(due);
            }
          },
        ),
        { numRuns: 50 },
      );
    },
  );

  test('a paused real clock stands still and loses nothing that waits', async () => {
    const clock = new RealClock({ speed: 1000 });
    const fired: string[] = [];
    clock.after(30_000, () => fired.push('timer'));
    clock.pause();
    const stood = clock.now();
    await realSleep(60);
    expect([clock.now(), fired]).toEqual([stood, []]);
    clock.resume();
    await clock.sleep(60_000);
    expect(fired).toEqual(['timer']);
    expect(clock.now() - stood).toBeGreaterThanOrEqual(50_000);
  });

  test('what is scheduled comes due at the same trial time at another speed', async () => {
    const clock = new RealClock({ speed: 0.001, startAt: 0 });
    const due = clock.sleep(10_000);
    clock.setSpeed(1000);
    await due;
    expect(clock.now()).toBeGreaterThanOrEqual(8000);
  });

  test('a timer beyond what the machine can wait for does not fire at once', async () => {
    const clock = new RealClock();
    let fired = false;
    const timer = clock.after(2 ** 31 * 3, () => (fired = true));
    await realSleep(20);
    timer.cancel();
    expect(fired).toBe(false);
  });

  test('steps asked for at once are taken one after the other; a cancelled timer is silent', async () => {
    const clock = new RealClock({ startAt: 0 });
    clock.pause();
    const fired: number[] = [];
    clock.after(15, () => fired.push(clock.now()));
    clock.after(5, () => fired.push(-1)).cancel();
    await Promise.all([clock.step(10), clock.step(10)]);
    expect([clock.now(), fired]).toEqual([20, [15]]);
  });

  test('a virtual clock that somebody runs waits while it is paused', async () => {
    const clock = new VirtualClock({ startAt: 0 });
    const fired: number[] = [];
    for (const at of [10, 20, 30]) clock.after(at, () => fired.push(at));
    clock.pause();
    const running = clock.run(() => false);
    await realSleep(20);
    expect(fired).toEqual([]);
    await clock.step(20);
    expect([clock.now(), fired]).toEqual([20, [10, 20]]);
    clock.resume();
    expect(await running).toBe('idle');
    expect(fired).toEqual([10, 20, 30]);
  });
});
