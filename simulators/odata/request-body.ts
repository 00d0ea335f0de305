/** The body of a creation or a change, in one of the two formats that entities have. */
import { readEntry, withTruthValues } from './atom-reader.ts';
import { type Body, readBody, readJson } from './body-reader.ts';
import type { EntityType, ServiceModel } from './model.ts';
import type { Shape } from './query-options.ts';
import { unsupportedContentType } from './odata-refusal.ts';

type Raw = Record<string, unknown>;

interface Sent {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body, parsed already by whoever looked at it first. */
  readonly parsed?: (() => Raw) | undefined;
}

const isAtom = ({ headers }: Sent): boolean => /xml/i.test(headers['content-type'] ?? '');

/** The body as the members that it has in JSON, read by its `Content-Type`. Throws 400, and 415 for another type. */
export function parseBody(sent: Sent): Raw {
  const type = sent.headers['content-type'];
  if (isAtom(sent)) return readEntry(sent.body);
  if (type !== undefined && !/json/i.test(type)) throw unsupportedContentType(type);
  return readJson(sent.body);
}

/** The body, checked against the type. */
export function readRequestBody(
  sent: Sent,
  model: ServiceModel,
  type: EntityType,
  mode: 'create' | 'update',
): Body {
  const raw = sent.parsed?.() ?? parseBody(sent);
  return readBody(model, type, isAtom(sent) ? withTruthValues(model, type, raw) : raw, mode);
}

/** What was created in one request is shown in one answer. */
export function shapeOf(nested: Body['nested']): Shape {
  const expand = new Map<string, Shape>();
  for (const [name, bodies] of Object.entries(nested)) {
    const inner = bodies.find((each) => Object.keys(each.nested).length > 0);
    expand.set(name, shapeOf(inner?.nested ?? {}));
  }
  return { expand };
}
