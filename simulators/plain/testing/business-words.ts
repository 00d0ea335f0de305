/** What the business of all three systems is told with. */

export interface Keyed {
  readonly number: string;
  readonly year: string;
}

/** Calls an endpoint with values for its path parameters; answers what came back. */
export type Act = (
  method: string,
  path: string,
  params: readonly string[],
  body?: unknown,
) => Keyed;

export const today = '2026-11-21';
export const later = '2026-12-01';

/** Three lines of 10 pieces each. */
export const lines = (more: (index: number) => object): object[] =>
  [1, 2, 3].map((index) => ({
    material: `M-${index}`,
    quantity: '10.0',
    unit: 'C62',
    ...more(index),
  }));
