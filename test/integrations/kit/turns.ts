/** Lets work on one thing go one after the other. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Begins when all that was given before for the same thing has ended, well or not. */
  async take<T>(what: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(what) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#last.set(what, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(what) === turn) this.#last.delete(what);
    }
  }
}
