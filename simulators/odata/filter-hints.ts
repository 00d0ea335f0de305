/** What an index can use of a filter: equalities and lower bounds of time that must hold in any case. */
import type { Hints } from './entity-set.ts';
import type { Expression } from './filter-parser.ts';
import { literalMs } from './instants.ts';
import type { EntityType, Property } from './model.ts';
import { unpadded } from './wire-value.ts';

export function hintsOf(expression: Expression, type: EntityType): Hints {
  const equals = new Map<string, readonly string[]>();
  const from = new Map<string, number>();
  const fromText = new Map<string, string>();
  const visit = (each: Expression): void => {
    if (each.kind !== 'binary') return;
    if (each.operator === 'and') {
      visit(each.left);
      visit(each.right);
      return;
    }
    const oneOf = alternatives(each, type);
    if (oneOf !== undefined) {
      equals.set(oneOf.property.name, [...new Set(oneOf.values)]);
      return;
    }
    const bound = lowerBound(each, type);
    if (bound === undefined) return;
    if (bound.ms === undefined) fromText.set(bound.name, bound.text);
    else from.set(bound.name, Math.max(bound.ms, from.get(bound.name) ?? -Infinity));
  };
  visit(expression);
  return { equals, from, fromText };
}

interface Alternatives {
  readonly property: Property;
  readonly values: readonly string[];
}

/** `A eq 'x'`, or several of them on one property joined by `or`. */
function alternatives(each: Expression, type: EntityType): Alternatives | undefined {
  if (each.kind !== 'binary') return undefined;
  if (each.operator === 'or') {
    const [left, right] = [alternatives(each.left, type), alternatives(each.right, type)];
    if (left === undefined || left.property !== right?.property) return undefined;
    return { property: left.property, values: [...left.values, ...right.values] };
  }
  if (each.operator !== 'eq') return undefined;
  const { left, right } = each;
  const [named, constant] = left.kind === 'property' ? [left, right] : [right, left];
  if (named.kind !== 'property' || constant.kind !== 'literal' || constant.type !== 'string')
    return undefined;
  const property = type.byName.get(named.path.join('/'));
  if (property?.type !== 'Edm.String') return undefined;
  return { property, values: [property.alpha ? unpadded(constant.text) : constant.text] };
}

const mirrored: Readonly<Record<string, string>> = {
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
  eq: 'eq',
};

function lowerBound(
  each: Expression & { kind: 'binary' },
  type: EntityType,
): { name: string; text: string; ms: number | undefined } | undefined {
  const isNamedLeft = each.left.kind === 'property';
  const named = isNamedLeft ? each.left : each.right;
  const constant = isNamedLeft ? each.right : each.left;
  const operator = isNamedLeft ? each.operator : mirrored[each.operator];
  if (named.kind !== 'property' || constant.kind !== 'literal') return undefined;
  if (operator !== 'gt' && operator !== 'ge' && operator !== 'eq') return undefined;
  const property = type.byName.get(named.path.join('/'));
  if (property === undefined) return undefined;
  const { name } = property;
  const { text } = constant;
  if (property.type === 'Edm.String') return { name, text, ms: undefined };
  const isTime = property.type === 'Edm.DateTimeOffset' || property.type === 'Edm.DateTime';
  const ms = isTime ? literalMs(text) : undefined;
  return ms === undefined ? undefined : { name, text, ms };
}
