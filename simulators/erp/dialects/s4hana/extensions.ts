/**
 * What a document was given that the core has no place for (purchasing group, incoterms, notes): kept
 * beside it in the store, so that it reads back as it was written. Housekeeping, no business document.
 */
import type { Collection } from '../../../../harness/collection.ts';
import type { Store } from '../../../../harness/store.ts';
import type { Body } from '../../../odata/body-reader.ts';
import type { Value } from '../../../odata/model.ts';

export type Values = Readonly<Record<string, Value>>;

export interface Extension {
  /** Header values. */
  readonly header: Values | undefined;
  /** By line. */
  readonly lines: Readonly<Record<string, Values>> | undefined;
  readonly notes: readonly Values[] | undefined;
}

export class Extensions {
  readonly #documents: Collection<Extension>;

  constructor(store: Store, kind: string) {
    this.#documents = store.collection(`S4Extension/${kind}`, { recorded: false });
  }

  get(id: string): Extension | undefined {
    return this.#documents.size === 0 ? undefined : this.#documents.get(id);
  }

  /** Needs a transaction. */
  put(id: string, extension: Extension): void {
    const { header, lines, notes } = extension;
    if (header !== undefined || lines !== undefined || notes !== undefined) {
      this.#documents.put(id, extension);
    }
  }

  /** Adds header values to those that are there. Needs a transaction. */
  addHeader(id: string, values: Values | undefined): void {
    if (values === undefined) return;
    const before = this.get(id);
    this.put(id, { ...empty, ...before, header: { ...before?.header, ...values } });
  }

  /** Adds values of a line to those that are there. Needs a transaction. */
  addLine(id: string, line: string, values: Values | undefined): void {
    if (values === undefined) return;
    const before = this.get(id);
    const lines = { ...before?.lines, [line]: { ...before?.lines?.[line], ...values } };
    this.put(id, { ...empty, ...before, lines });
  }
}

const empty: Extension = { header: undefined, lines: undefined, notes: undefined };

/** The values of a body that the core takes no notice of. */
export function leftOver({ values }: Body, taken: ReadonlySet<string>): Values | undefined {
  let left: Record<string, Value> | undefined;
  for (const name in values) {
    if (!taken.has(name)) (left ??= {})[name] = values[name];
  }
  return left;
}
