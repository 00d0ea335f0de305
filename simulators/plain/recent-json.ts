/**
 * The JSON of documents that were shown last. Documents never change, so their text need not be made
 * again for the read that follows a write, or for the next poll; a bound keeps it small.
 */

export class RecentJson {
  readonly #texts = new Map<object, string>();
  readonly #mostCharacters: number;
  #characters = 0;

  constructor(mostCharacters: number) {
    this.#mostCharacters = mostCharacters;
  }

  /** The text, when it was made lately. */
  known(document: object): string | undefined {
    return this.#texts.get(document);
  }

  of(document: object): string {
    const known = this.known(document);
    if (known !== undefined) return known;
    const text = JSON.stringify(document);
    this.#texts.set(document, text);
    this.#characters += text.length;
    if (this.#characters > this.#mostCharacters) this.#forget();
    return text;
  }

  /** Of an answer that is no document itself. A page of one is what a look-up finds, and look-ups repeat. */
  answer(answer: object): string {
    const { items, ...rest } = answer as { items?: unknown };
    const [only, ...more] = Array.isArray(items) ? (items as readonly object[]) : [];
    const isOne = only !== undefined && more.length === 0 && Object.keys(rest).length === 0;
    return isOne ? `{"items":[${this.of(only)}]}` : JSON.stringify(answer);
  }

  /** A Map keeps the order of insertion, so the oldest go first. */
  #forget(): void {
    for (const [oldest, text] of this.#texts) {
      if (this.#characters <= this.#mostCharacters) return;
      this.#texts.delete(oldest);
      this.#characters -= text.length;
    }
  }
}
