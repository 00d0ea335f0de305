/** One measured figure with the target that an issue set for it. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What was asked, e.g. `>= 0.5`; `reported` when nothing was. */
  readonly target: string;
  readonly ok: boolean;
}

/** At least so much. */
export const atLeast = (name: string, value: number, least: number, unit: string): Figure => ({
  name,
  value: rounded(value),
  unit,
  target: `>= ${least}`,
  ok: value >= least,
});

/** At most so much. */
export const atMost = (name: string, value: number, most: number, unit: string): Figure => ({
  name,
  value: rounded(value),
  unit,
  target: `<= ${most}`,
  ok: value <= most,
});

/** Only told. */
export const reported = (name: string, value: number, unit: string): Figure => ({
  name,
  value: rounded(value),
  unit,
  target: 'reported',
  ok: true,
});

const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;

/** How much to do: a bench in short form shows that it works, the long one what it is worth. */
export interface Effort {
  readonly short: boolean;
  /** Nothing but figures may be printed. */
  readonly json: boolean;
  /** Results go into the docs. */
  readonly write: boolean;
}

export type Bench = (effort: Effort) => Promise<Figure[]> | Figure[];
