/** Whether an answer is JSON or Atom: `$format` decides, else `Accept`; without a wish it is Atom. */

export interface Wishes {
  readonly headers: Readonly<Record<string, string>>;
  /** Raw. */
  readonly query: string;
}

const formatOption = /(?:^|&)(?:\$|%24)format=([^&]*)/i;

/**
 * Whether the client wants JSON. The vendor's default is Atom, also for those who accept anything. Who
 * says nothing at all but sends JSON is answered in kind.
 */
export function wantsJson({ headers, query }: Wishes, isServiceDocument = false): boolean {
  const format = query === '' ? undefined : formatOption.exec(query)?.[1];
  if (format !== undefined) return !/xml|atom/i.test(format);
  const { accept } = headers;
  if (accept === 'application/json') return true;
  if (accept === undefined) return /json/i.test(headers['content-type'] ?? '');
  return isJsonFirst(accept, isServiceDocument);
}

/** Of equal wishes the first counts; one for JSON counts more than one for anything. */
function isJsonFirst(accept: string, isServiceDocument: boolean): boolean {
  let [json, xml, any] = [0, 0, 0];
  let isFirst = false;
  for (const range of accept.slice(0, 1000).toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((each) => each.trim());
    const quality = qualityOf(parameters);
    if (type.includes('json')) {
      if (quality > json && quality > xml) isFirst = true;
      json = Math.max(json, quality);
    } else if (type.includes('atomsvc') && !isServiceDocument) continue;
    else if (type.includes('xml')) {
      if (quality > xml && quality > json) isFirst = false;
      xml = Math.max(xml, quality);
    } else if (type.includes('*')) any = Math.max(any, quality);
  }
  return json > 0 && isFirst && json >= any;
}

function qualityOf(parameters: readonly string[]): number {
  const text = parameters.find((each) => each.startsWith('q='))?.slice(2);
  const quality = text === undefined ? 1 : Number(text);
  return quality >= 0 && quality <= 1 ? quality : 0;
}
