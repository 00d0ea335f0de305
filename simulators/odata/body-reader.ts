/** Bodies of creations and changes, checked against the model. Deep: navigations hold bodies again. */
import { initialValue } from './json-text.ts';
import type { EntityType, ServiceModel, Value } from './model.ts';
import { malformed, unknownProperty } from './odata-refusal.ts';
import { readValue } from './wire-value.ts';

export interface Body {
  readonly values: Readonly<Record<string, Value>>;
  readonly nested: Readonly<Record<string, readonly Body[]>>;
}

const nothing: Body['nested'] = Object.freeze({});

/** More levels than any service has. */
const deepest = 6;

/** Reads a JSON text. Throws 400 when it is no JSON object. */
export function readJson(text: string): Record<string, unknown> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    throw malformed('Error while parsing the JSON document');
  }
  return objectOf(raw);
}

function objectOf(raw: unknown): Record<string, unknown> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw malformed('A JSON object is expected');
  }
  return raw as Record<string, unknown>;
}

/**
 * Reads the body of a creation (`null` counts as left out) or of a change (`null` empties). What only
 * the system writes is passed over; what the type does not have is refused with 400.
 */
export function readBody(
  model: ServiceModel,
  type: EntityType,
  raw: Record<string, unknown>,
  mode: 'create' | 'update',
  depth = 0,
): Body {
  const source =
    depth === 0 && 'd' in raw && Object.keys(raw).length === 1 ? objectOf(raw['d']) : raw;
  const values: Record<string, Value> = {};
  let nested: Record<string, readonly Body[]> | undefined;
  for (const name in source) {
    const member = source[name];
    const property = type.byName.get(name);
    if (property !== undefined) {
      const value = readValue(property, member);
      const isKept =
        property.isKey || (mode === 'create' ? property.creatable : property.updatable);
      if (!isKept) continue;
      if (value !== undefined) values[name] = value;
      else if (mode === 'update') values[name] = initialValue(property);
      continue;
    }
    const navigation = type.navigations.get(name);
    if (navigation !== undefined) {
      const target = model.entityTypes.get(navigation.target) as EntityType;
      const bodies = readNested(model, target, member, mode, depth + 1);
      if (bodies !== undefined) (nested ??= {})[name] = bodies;
    } else if (name !== '__metadata') throw unknownProperty(name.slice(0, 80), type.name);
  }
  return { values, nested: nested ?? nothing };
}

function readNested(
  model: ServiceModel,
  type: EntityType,
  raw: unknown,
  mode: 'create' | 'update',
  depth: number,
): readonly Body[] | undefined {
  if (depth > deepest) throw malformed('The entity is nested too deeply');
  if (raw === null || raw === undefined) return undefined;
  if (typeof raw === 'object' && '__deferred' in raw) return undefined;
  const list: unknown = Array.isArray(raw) ? raw : (raw as { results?: unknown }).results;
  const each: unknown[] = Array.isArray(list) ? list : [raw];
  return each.map((one) => readBody(model, type, objectOf(one), mode, depth));
}
