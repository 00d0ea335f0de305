import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Curve,
  busier,
  hourlyCurve,
  lastsMs,
  peakOf,
  rateAt,
  scaled,
  volumeOf,
  within,
  withBatch,
  withOutage,
} from './curve.ts';

const hourMs = 3_600_000;

const counts = fc.array(fc.integer({ min: 0, max: 50_000 }), { minLength: 1, maxLength: 48 });
const windowIn = (curve: Curve) =>
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
    .filter(([a, b]) => Math.abs(a - b) > 1e-3)
    .map(([a, b]) => ({
      fromMs: Math.round(Math.min(a, b) * lastsMs(curve)),
      toMs: Math.round(Math.max(a, b) * lastsMs(curve)),
    }));
const curveAndWindow = counts
  .map(hourlyCurve)
  .chain((curve) => windowIn(curve).map((window) => ({ curve, window })));

const contiguous = (curve: Curve): boolean =>
  curve.every(
    ({ fromMs, toMs, perSecond }, index) =>
      toMs >= fromMs && perSecond >= 0 && fromMs === (curve[index - 1]?.toMs ?? 0),
  );

const near = (value: number, expected: number): void =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, expected));

describe('a curve', () => {
  it('has as many arrivals as were counted', () => {
    fc.assert(
      fc.property(counts, (given) => {
        near(
          volumeOf(hourlyCurve(given)),
          given.reduce((sum, each) => sum + each, 0),
        );
      }),
    );
  });

  it('keeps its arrivals in another time', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1000, max: 1e9 }), (given, overMs) => {
        const curve = hourlyCurve(given);
        const other = within(curve, overMs);
        near(volumeOf(other), volumeOf(curve));
        near(lastsMs(other), overMs);
      }),
    );
  });

  it('scales', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0, max: 100, noNaN: true }), (given, factor) => {
        const curve = hourlyCurve(given);
        near(volumeOf(scaled(curve, factor)), volumeOf(curve) * factor);
      }),
    );
  });

  it('gets by a batch as many arrivals more, whatever there was', () => {
    fc.assert(
      fc.property(curveAndWindow, fc.integer({ min: 0, max: 1e6 }), ({ curve, window }, more) => {
        const with_ = withBatch(curve, window, more);
        near(volumeOf(with_), volumeOf(curve) + more);
        expect(contiguous(with_)).toBe(true);
      }),
    );
  });

  it('loses nothing in an outage: nothing comes while it lasts, all of it after it', () => {
    fc.assert(
      fc.property(
        curveAndWindow,
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        ({ curve, window }, burst) => {
          const after = withOutage(curve, window, burst);
          near(volumeOf(after), volumeOf(curve));
          expect(contiguous(after)).toBe(true);
          const middle = (window.fromMs + window.toMs) / 2;
          expect(rateAt(after, middle)).toBe(0);
          expect(peakOf(after)).toBeGreaterThanOrEqual(rateAt(curve, window.toMs));
        },
      ),
    );
  });

  it('is busier in a window and nowhere else', () => {
    const curve = busier(hourlyCurve([3600, 3600]), { fromMs: hourMs / 2, toMs: hourMs }, 3);
    expect(curve.map(({ perSecond }) => perSecond)).toEqual([1, 3, 1]);
    expect(volumeOf(curve)).toBe(3600 + 3600 + 3600);
  });

  it('releases what piled up on top of the usual', () => {
    const curve = withOutage(
      hourlyCurve([3600, 3600, 3600, 3600]),
      { fromMs: hourMs, toMs: 2 * hourMs },
      2,
    );
    expect(curve.map(({ perSecond }) => perSecond)).toEqual([1, 0, 3, 1, 1]);
    expect(curve[2]).toMatchObject({ fromMs: 2 * hourMs, toMs: 2.5 * hourMs });
  });
});
