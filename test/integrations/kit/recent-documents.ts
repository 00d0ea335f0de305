/**
 * What long answers said, for the next time that the same is answered: an order of hundreds of lines is read
 * for every one of its events, and mostly has not changed since. Whoever is given a document changes nothing
 * in it.
 */

/** Reading a shorter one takes no longer than looking for it. */
const shortest = 2000;
/** Of all texts that are kept. */
const mostCharacters = 1_000_000;

export class RecentDocuments {
  readonly #documents = new Map<string, unknown>();
  #characters = 0;

  /** Throws what `JSON.parse` throws. */
  of(text: string): unknown {
    if (text.length < shortest) return JSON.parse(text);
    let document = this.#documents.get(text);
    if (document === undefined) {
      document = JSON.parse(text);
      this.#characters += text.length;
    } else this.#documents.delete(text);
    this.#documents.set(text, document);
    this.#forget();
    return document;
  }

  /** What was asked for longest ago goes first. */
  #forget(): void {
    for (const text of this.#documents.keys()) {
      if (this.#characters <= mostCharacters) return;
      this.#documents.delete(text);
      this.#characters -= text.length;
    }
  }
}
