/** Versions as entity tags: `If-Match` for changes, `If-None-Match` for reads, and for what must be new. */
import { WireRefusal } from './wire-refusal.ts';

export const entityTag = (version: number): string => `"${version}"`;

/** Throws 412 unless the client's `If-Match` names the current version. */
export function checkMatch(header: string, current: number | undefined): void {
  const tags = header.split(',').map((tag) => tag.trim());
  if (current !== undefined && (tags.includes('*') || tags.includes(entityTag(current)))) return;
  throw new WireRefusal({
    refusal: 'stale',
    status: 412,
    rule: 'stale-version',
    message:
      current === undefined
        ? 'There is no such document to match.'
        : `The document is at version ${current} now, not at ${header}.`,
  });
}

/** Throws 412 when the client's `If-None-Match: *` asks for a new document and there is one. */
export function checkNew(header: string, current: number | undefined): void {
  if (current === undefined || header.trim() !== '*') return;
  throw new WireRefusal({
    refusal: 'stale',
    status: 412,
    rule: 'stale-version',
    message: `The document is there, at version ${current}.`,
  });
}

/** Whether the client's `If-None-Match` names the current version, so that it has it already. */
export function isKnown(header: string, current: number): boolean {
  const tag = entityTag(current);
  if (header === tag || header === '*') return true;
  return header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag);
}
