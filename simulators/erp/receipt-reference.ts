/** References to a line of a material document: `year/number/line`, or `number/line` for short. */
import type { Collection } from '../../harness/collection.ts';
import type { MaterialDocument } from './erp-documents.ts';
import type { OriginalLine } from './movement-run.ts';
import { refuse } from './refuse.ts';

/** How many years back a reference without its year is looked for; numbers begin anew each year. */
const yearsBack = 5;

/** The line that a reference means; `year` is where the search begins when it names none. */
export function receiptLineOf(
  documents: Collection<MaterialDocument>,
  reference: string,
  year: string,
  field: string,
): OriginalLine {
  const parts = reference.split('/');
  const lineNumber = parts.pop() ?? '';
  const id = parts.length > 1 ? parts.join('/') : newestOf(documents, parts[0] ?? '', Number(year));
  const line = documents.get(id)?.lines.find((each) => each.line === lineNumber);
  if (line === undefined) {
    const message = `Goods receipt ${reference} does not exist.`;
    return refuse('invalid', 'unknown-receipt', message, field);
  }
  return { id: `${id}/${line.line}`, document: id, line };
}

function newestOf(documents: Collection<MaterialDocument>, number: string, year: number): string {
  for (let back = 0; back < yearsBack; back++) {
    const id = `${year - back}/${number}`;
    if (documents.has(id)) return id;
  }
  return number;
}
