/** Who does something, when, and why: handed into every command of a simulator. */

export interface Context {
  /** Trial time, milliseconds since the epoch. */
  readonly at: number;
  /** The landscape's business date, `YYYY-MM-DD`; trial time and calendar differ when days are compressed. */
  readonly today: string;
  /** The user, actor or API client on whose behalf it happens. */
  readonly by: string;
  /** What the commit is recorded as caused by: one of the two is set. */
  readonly exchange?: string;
  readonly actor?: string;
  readonly correlationId: string;
  /** W3C trace context, carried through as received. */
  readonly traceparent?: string;
}
