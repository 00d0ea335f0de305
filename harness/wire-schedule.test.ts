/** Network faults come and go by trial time, and healing is what the wires say and not what was asked. */
import { expect, test } from 'vitest';
import { VirtualClock } from './clock.ts';
import type { NetworkFault, Trigger } from './fault.ts';
import { Landscape } from './landscape.ts';
import { WireSchedule } from './wire-schedule.ts';
import type { Wires } from './wires.ts';

const link = 'integration -> erp';

class FakeWires implements Wires {
  readonly log: string[] = [];
  disturbed: string[] = [];
  fails: Error | undefined;
  readonly #clock: VirtualClock;
  readonly #start: number;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
    this.#start = clock.now();
  }

  #note(what: string): void {
    this.log.push(`${this.#clock.now() - this.#start} ${what}`);
  }

  address(): Promise<string> {
    throw new Error('No wire is laid here.');
  }
  async apply({ kind }: NetworkFault): Promise<readonly string[]> {
    this.#note(`+${kind}`);
    if (this.fails) throw this.fails;
    return [link];
  }
  async lift({ kind }: NetworkFault): Promise<void> {
    this.#note(`-${kind}`);
  }
  async heal(): Promise<void> {
    this.#note('heal');
  }
  async verifyHealed(): Promise<readonly string[]> {
    return this.disturbed;
  }
  async close(): Promise<void> {}
}

const fault = (kind: string, trigger: Trigger): NetworkFault => ({
  kind,
  link,
  trigger,
  layer: 'network',
  streams: [],
  attributes: {},
  toxicity: 1,
  openWires: () => Promise.reject(new Error('They are open.')),
});

function scheduled(...faults: NetworkFault[]) {
  const clock = new VirtualClock();
  const { world } = new Landscape({ systems: {}, seed: 'a', clock, faults });
  const wires = new FakeWires(clock);
  const schedule = new WireSchedule(world, wires);
  const fired = () => [...world.history].filter(({ type }) => type === 'fault.fired');
  return { clock, wires, schedule, fired };
}

test('`at`, `for` and `every` are trial time, and each blow is in the history', async () => {
  const { clock, wires, schedule, fired } = scheduled(
    fault('flap', { at: '1s', for: '500ms', every: '2s' }),
    fault('once', { at: '2s', for: '1s' }),
  );
  schedule.begin();
  await clock.step(4000);
  expect(wires.log).toEqual([
    '1000 +flap',
    '1500 -flap',
    '2000 +once',
    '3000 +flap',
    '3000 -once',
    '3500 -flap',
  ]);
  expect(fired()).toHaveLength(3);
  expect(fired()[0]).toMatchObject({ kind: 'flap', link });
});

test('healing ends the schedule, also of what comes again and again', async () => {
  const { clock, wires, schedule } = scheduled(fault('flap', { at: 0, for: '1s', every: '2s' }));
  schedule.begin();
  await clock.step(500);
  await schedule.heal();
  await clock.step(10_000);
  expect(wires.log).toEqual(['0 +flap', '500 heal']);
});

test('wires that are still disturbed after healing make the trial fail to run', async () => {
  const { wires, schedule } = scheduled(fault('outage', { at: '1s' }));
  schedule.begin();
  wires.disturbed = [link];
  await expect(schedule.heal()).rejects.toMatchObject({
    code: 'network.not-healed',
    message: expect.stringContaining(link),
  });
});

test('a fault that could not be put on makes the trial fail to run, and nothing more is tried', async () => {
  const { clock, wires, schedule, fired } = scheduled(
    fault('outage', { at: '1s', for: '1s' }),
    fault('later', { at: '5s' }),
  );
  wires.fails = new Error('gone');
  schedule.begin();
  expect(() => schedule.check()).not.toThrow();
  await clock.step(6000);
  expect(wires.log).toEqual(['1000 +outage']);
  expect(fired()).toEqual([]);
  expect(() => schedule.check()).toThrow('gone');
  await expect(schedule.heal()).rejects.toThrow('gone');
});
