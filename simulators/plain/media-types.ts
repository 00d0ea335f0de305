/** What the client sends and what it takes. */
import { WireRefusal } from './wire-refusal.ts';

/** Throws 415 unless the body is JSON (or, for a change, a JSON merge patch) in UTF-8. */
export function checkContentType(header: string | undefined, method: string): void {
  if (header === 'application/json') return;
  const [type = '', ...parameters] = (header ?? '').toLowerCase().split(';');
  const json = type.trim() === 'application/json';
  const patch = method === 'PATCH' && type.trim() === 'application/merge-patch+json';
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='));
  const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  if ((json || patch) && utf8) return;
  throw new WireRefusal({
    refusal: 'malformed',
    status: 415,
    rule: 'unsupported-media-type',
    message: 'The body must be application/json in UTF-8.',
    headers: { 'accept-post': 'application/json' },
  });
}

/** Throws 406 unless the client takes one of the types; answers the first that it takes. */
export function acceptable(header: string | undefined, types: readonly string[]): string {
  const first = types[0] as string;
  if (header === undefined || header === '*/*' || header === first) return first;
  const ranges = header.toLowerCase().split(',').map(mediaRange);
  const taken = types
    .map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)[0];
  if (taken !== undefined) return taken.type;
  throw new WireRefusal({
    refusal: 'malformed',
    status: 406,
    rule: 'not-acceptable',
    message: `This answers as ${types.join(' or ')}.`,
  });
}

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

function mediaRange(text: string): MediaRange {
  const [range = '', ...parameters] = text.split(';').map((each) => each.trim());
  const quality = parameters.find((each) => each.startsWith('q='));
  return { range, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}

/** The quality of the most specific range that covers the type. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  for (const range of [type, `${type.slice(0, type.indexOf('/'))}/*`, '*/*']) {
    const found = ranges.find((each) => each.range === range);
    if (found) return found.quality;
  }
  return 0;
}
