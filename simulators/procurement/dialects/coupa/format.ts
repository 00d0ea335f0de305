/** Whether a request is answered in XML or JSON: the path's ending decides, else `Accept`; else XML. */
import type { WireRequest } from '../../../../harness/wire.ts';

export type Format = 'json' | 'xml';

/** `undefined` when the client takes neither. */
export function formatOf({ headers, path }: WireRequest): Format | undefined {
  if (path.endsWith('.json')) return 'json';
  if (path.endsWith('.xml')) return 'xml';
  const accept = headers['accept']?.toLowerCase() ?? '';
  // Who says nothing but sends JSON is answered in kind.
  if (accept === '') return /json/i.test(headers['content-type'] ?? '') ? 'json' : 'xml';
  const [json, xml] = [accept.indexOf('json'), accept.indexOf('xml')];
  if (json >= 0 && (xml < 0 || json < xml)) return 'json';
  return xml >= 0 || /\*\/\*|application\/\*/.test(accept) ? 'xml' : undefined;
}

export const isXmlBody = ({ headers }: WireRequest): boolean =>
  /xml/i.test(headers['content-type'] ?? '');
