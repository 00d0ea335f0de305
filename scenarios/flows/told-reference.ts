/**
 * References that help people and are no key: the delivery note of a receipt, the requisition behind an
 * order. Nobody has to carry them, and where they go others write free text. Only what names a document
 * of the same kind, and the wrong one, is wrong.
 */
import type { FieldRule, FlowDocument } from '../../harness/flow.ts';

/** What is left of a document's number without its digits: `SN-` of `SN-0000012`. */
const kindOf = (number: string): string => number.replace(/\d+$/u, '');

/** Compares the reference called `from` at the source with the one called `to` at the target. */
export function toldReference(from: string, to: string): FieldRule {
  return {
    field: to,
    from: (source) => source[from],
    to: (target) => target[to],
    asked: (source: FlowDocument, target: FlowDocument) => {
      const [meant, told] = [source[from], target[to]];
      return Boolean(meant) && Boolean(told) && kindOf(meant) === kindOf(told);
    },
  };
}
