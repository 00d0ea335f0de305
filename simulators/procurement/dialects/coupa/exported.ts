/** The exported flag: pulled with `?exported=false`, marked with `PUT /:id?exported=true` or in the body. */
import type { ExportedKind } from '../../documents.ts';
import { type Attribute, boolean, datetime } from './attributes.ts';
import { badRequest } from './coupa-refusal.ts';
import type { Call } from './endpoint.ts';
import { timeText } from './wire-text.ts';

/** The two attributes of a kind of document that carries the flag. */
export const exportedAttributes = <D>(
  kind: ExportedKind,
  numberOf: (row: D) => string,
): Readonly<Record<'exported' | 'last-exported-at', Attribute<D>>> => ({
  exported: boolean((row, { core }) => core.exports.isExported(kind, numberOf(row))),
  'last-exported-at': datetime((row, { core }) => {
    const at = core.exports.get(kind, numberOf(row)).lastExportedAt;
    return at === undefined ? undefined : timeText(at);
  }),
});

/** What a change asks the flag to be; nothing when it is about something else. Throws 400. */
function exportedAsked(
  { query, body }: Pick<Call, 'query' | 'body'>,
  name = 'exported',
): boolean | undefined {
  const text = query.get(name);
  if (text === undefined) return body.flag(name);
  if (text === 'true' || text === 'false') return text === 'true';
  throw badRequest('invalid-attribute', 'must be true or false', name);
}

/**
 * Marks the document when the request asks for that, which it must do on its own: other changes in
 * it are ignored. Answers whether it did.
 */
export function markExported(
  kind: ExportedKind,
  number: string,
  call: Call,
  name?: string,
): boolean {
  const asked = exportedAsked(call, name);
  if (asked === undefined) return false;
  call.core.exports.mark(kind, number, asked, call.context);
  return true;
}
