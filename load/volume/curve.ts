/**
 * How many arrivals a second over time, as steps: each slice has one rate and begins where the one
 * before ends. Everything that shapes a day (promotions, batch windows, outages) makes a new curve,
 * and all but what adds business on purpose keeps the number of arrivals.
 */

const hourMs = 3_600_000;

/** Milliseconds since the beginning of the curve; the slice ends before `toMs`. */
export interface Slice {
  readonly fromMs: number;
  readonly toMs: number;
  readonly perSecond: number;
}

export type Curve = readonly Slice[];

/** One slice an hour. */
export const hourlyCurve = (counts: readonly number[]): Curve =>
  counts.map((count, hour) => ({
    fromMs: hour * hourMs,
    toMs: (hour + 1) * hourMs,
    perSecond: count / 3600,
  }));

export const steadyCurve = (perSecond: number, lastsMs: number): Curve => [
  { fromMs: 0, toMs: lastsMs, perSecond },
];

/** Arrivals in all. */
export const volumeOf = (curve: Curve): number =>
  curve.reduce((sum, { fromMs, toMs, perSecond }) => sum + ((toMs - fromMs) / 1000) * perSecond, 0);

export const lastsMs = (curve: Curve): number => curve.at(-1)?.toMs ?? 0;

export const peakOf = (curve: Curve): number =>
  curve.reduce((most, { perSecond }) => Math.max(most, perSecond), 0);

/** Arrivals a second at a moment; 0 before and after. */
export const rateAt = (curve: Curve, atMs: number): number =>
  curve.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs)?.perSecond ?? 0;

/** As many times the arrivals. */
export const scaled = (curve: Curve, factor: number): Curve =>
  curve.map((slice) => ({ ...slice, perSecond: slice.perSecond * factor }));

/** All the arrivals in another time: a day in a minute has 1,440 times the rate. */
export function within(curve: Curve, overMs: number): Curve {
  const factor = overMs / lastsMs(curve);
  return curve.map(({ fromMs, toMs, perSecond }) => ({
    fromMs: fromMs * factor,
    toMs: toMs * factor,
    perSecond: perSecond / factor,
  }));
}

/** A window of time on the curve. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

/** So many times the rate in a window: a promotion. */
export const busier = (curve: Curve, window: Window, factor: number): Curve =>
  reshaped(curve, window, (perSecond) => perSecond * factor);

/** So many arrivals more, evenly over a window: a batch job that hands its orders over. */
export const withBatch = (curve: Curve, window: Window, arrivals: number): Curve =>
  plus(curve, window, (arrivals * 1000) / (window.toMs - window.fromMs));

/**
 * Nothing arrives in the window; all that would have comes after it on top of the usual, at
 * `burst` times the curve's mean rate, until there is nothing left. The curve may last longer for it.
 */
export function withOutage(curve: Curve, window: Window, burst = 4): Curve {
  const cutOff = reshaped(curve, window, () => 0);
  const backlog = volumeOf(curve) - volumeOf(cutOff);
  if (backlog === 0) return cutOff;
  const burstRate = (volumeOf(curve) / (lastsMs(curve) / 1000)) * burst;
  const toMs = window.toMs + (backlog / burstRate) * 1000;
  return plus(cutOff, { fromMs: window.toMs, toMs }, burstRate);
}

function plus(curve: Curve, window: Window, perSecond: number): Curve {
  const end = lastsMs(curve);
  const longer =
    window.toMs > end ? [...curve, { fromMs: end, toMs: window.toMs, perSecond: 0 }] : curve;
  return reshaped(longer, window, (rate) => rate + perSecond);
}

/** Cuts the slices at the window's ends and gives those inside another rate. */
function reshaped(curve: Curve, { fromMs, toMs }: Window, rate: (before: number) => number): Curve {
  return curve
    .flatMap((slice) => cutAt(slice, fromMs))
    .flatMap((slice) => cutAt(slice, toMs))
    .map((slice) =>
      slice.fromMs >= fromMs && slice.toMs <= toMs
        ? { ...slice, perSecond: rate(slice.perSecond) }
        : slice,
    );
}

const cutAt = (slice: Slice, atMs: number): Slice[] =>
  atMs > slice.fromMs && atMs < slice.toMs
    ? [
        { ...slice, toMs: atMs },
        { ...slice, fromMs: atMs },
      ]
    : [slice];
