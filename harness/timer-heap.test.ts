import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimerHeap } from './timer-heap.ts';

const steps = fc.array(
  fc.oneof(
    { arbitrary: fc.record({ add: fc.nat(9) }), weight: 3 },
    { arbitrary: fc.record({ cancel: fc.nat(99) }), weight: 2 },
    { arbitrary: fc.constant('take' as const), weight: 1 },
  ),
  { maxLength: 200 },
);

interface Timer {
  readonly at: number;
  readonly number: number;
  readonly cancel: () => void;
}

const inOrder = (timers: readonly Timer[]): Timer[] =>
  timers.toSorted((a, b) => a.at - b.at || a.number - b.number);

test('holds what was neither taken nor cancelled, in the order in which it comes due', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const heap = new TimerHeap();
      const set: Timer[] = [];
      let model: Timer[] = [];
      let ran = -1;
      const take = (): void => {
        const [first] = inOrder(model);
        model = model.filter((each) => each !== first);
        ran = -1;
        heap.takeFirst()?.action();
        expect(ran).toBe(first?.number ?? -1);
      };
      for (const step of all) {
        if (step === 'take') take();
        else if ('add' in step) {
          const number = set.length;
          const timer = { at: step.add, number, cancel: heap.add(step.add, () => (ran = number)) };
          set.push(timer);
          model.push(timer);
        } else {
          // Also what was taken or cancelled before.
          const timer = set[step.cancel % Math.max(1, set.length)];
          timer?.cancel();
          model = model.filter((each) => each !== timer);
        }
        expect(heap.size).toBe(model.length);
        expect(heap.first?.at).toBe(inOrder(model)[0]?.at);
      }
      while (model.length > 0) take();
      expect(heap.takeFirst()).toBeUndefined();
    }),
  );
});
