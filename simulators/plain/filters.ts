/** Query options that keep documents by a field of theirs. */
import type { Index } from '../../harness/collection.ts';
import type { Filter } from './endpoint.ts';

/** Documents whose field is the value. */
export const byField = <Core, D>(name: keyof D & string): Filter<Core, D> => ({
  name,
  description: `Only documents with this ${name}.`,
  matches: (document, value) => document[name] === value,
});

/** The same, where the core keeps an index. The first indexed filter names the key of a look-up. */
export const byIndex = <Core, D>(
  name: keyof D & string,
  index: (core: Core) => Index<D>,
): Filter<Core, D> => ({
  ...byField<Core, D>(name),
  indexed: (core, value) => index(core).find(value),
});

interface WithOrderLines {
  readonly lines: readonly { readonly purchaseOrder?: string }[];
}

/** Documents with a line for that order. */
export const byOrderOfLines = <Core, D extends WithOrderLines>(
  index?: (core: Core) => Index<D>,
): Filter<Core, D> => ({
  name: 'purchaseOrder',
  description: 'Only documents with a line for this purchase order.',
  matches: ({ lines }, value) => lines.some((line) => line.purchaseOrder === value),
  ...(index === undefined
    ? {}
    : { indexed: (core: Core, value: string) => index(core).find(value) }),
});
