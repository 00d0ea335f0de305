/**
 * A flow is one promise of the integration, as data: documents of one kind born in one system arrive
 * in another, matched by a business key, agreeing on named fields, within a time.
 */
import { type Duration, milliseconds } from './duration.ts';
import { SeatrialError } from './seatrial-error.ts';

/** A document as flows see it: immutable JSON. */
export type FlowDocument = any;

export interface FlowEnd {
  readonly system: string;
  readonly document: string;
}

export interface FlowSource extends FlowEnd {
  /** Which states of the document owe the flow something; default all. */
  readonly when?: (document: FlowDocument) => boolean;
  /** Which states allow a target document to exist, though none is owed yet; default all. */
  readonly known?: (document: FlowDocument) => boolean;
  /** Of several facts for one key the highest is the last word, whatever came last; default equal. */
  readonly rank?: (document: FlowDocument) => number;
}

export interface FlowTarget extends FlowEnd {
  /** Which target documents count (not cancelled ones, say); default all. */
  readonly where?: (document: FlowDocument) => boolean;
}

/** A field that both ends must agree on; a plain path like `lines[].quantity` is the same on both. */
export interface FieldRule {
  readonly field: string;
  readonly from: (document: FlowDocument) => unknown;
  readonly to: (document: FlowDocument) => unknown;
  /** Whether the field is asked of this pair at all (not of a cancelled order, say); default yes. */
  readonly asked?: (source: FlowDocument, target: FlowDocument) => boolean;
  /** Whether both documents mean the same here; default equal texts of `from` and `to`. */
  readonly same?: (source: FlowDocument, target: FlowDocument) => boolean;
}

export interface FlowOptions {
  readonly name: string;
  readonly from: FlowSource;
  readonly to: FlowTarget;
  /** The business key at both ends; several when one document answers for several facts. */
  readonly key: {
    readonly from: (document: FlowDocument) => string | readonly string[] | undefined;
    readonly to: (document: FlowDocument) => string | readonly string[] | undefined;
  };
  /** Paths or rules of fields that must be equal in the end. Lines are matched by their `line`. */
  readonly agree?: readonly (string | FieldRule)[];
  /** `version`: a later version of the source is never overwritten by an earlier one. */
  readonly order?: 'version' | 'none';
  /** Whether one key may have only one target document; default true. */
  readonly unique?: boolean;
  /** Only this system may originate a change. */
  readonly owner: string;
  /** Keys in the same target system that must be there first; what is missing there excuses this. */
  readonly parents?: (document: FlowDocument) => readonly string[];
  /** Whether the target's own state makes the fact moot (its order was deleted, say). */
  readonly moot?: (source: FlowDocument, target: FlowDocument) => boolean;
  /**
   * A document beside the source that ends what its facts owe: an order that was cancelled, say. It may
   * be of the source's own kind; then only those with a key here are such documents, and no facts.
   * With `takesBack` what came of the fact is owed its end: a target that still counts is waited for.
   */
  readonly lapses?: FlowEnd & {
    readonly key: (document: FlowDocument) => string | readonly string[] | undefined;
    readonly when: (document: FlowDocument) => boolean;
    readonly takesBack?: boolean;
  };
  /** The target is there before the fact, for another flow's sake: arriving is agreeing, and nothing is invented. */
  readonly updates?: boolean;
  readonly pattern?: string;
  readonly dataClass?: 'master' | 'transactional' | 'reference' | 'derived';
  readonly criticality?: 'low' | 'medium' | 'high';
  /** After healing (or after the fact, when that is later). */
  readonly within: Duration;
  /** Inside one system: nothing crosses the integration, so correlation and ownership are not asked. */
  readonly internal?: boolean;
}

export interface Flow extends Omit<FlowOptions, 'agree' | 'within' | 'order' | 'unique'> {
  readonly agree: readonly FieldRule[];
  readonly withinMs: number;
  readonly order: 'version' | 'none';
  readonly unique: boolean;
}

/** Completes and checks a flow. Throws `flow.invalid` naming the field that is wrong. */
export function defineFlow(options: FlowOptions): Flow {
  for (const [field, value] of Object.entries({ name: options.name, owner: options.owner })) {
    if (typeof value !== 'string' || value === '') {
      throw new SeatrialError({
        code: 'flow.invalid',
        task: `define the flow ${JSON.stringify(options.name)}`,
        reason: `${field} must be a text that is not empty`,
      });
    }
  }
  return {
    ...options,
    agree: (options.agree ?? []).map((rule) => (typeof rule === 'string' ? samePath(rule) : rule)),
    withinMs: milliseconds(options.within, `${options.name}.within`),
    order: options.order ?? 'none',
    unique: options.unique ?? true,
  };
}

/** Whether both ends agree on a field. Values are compared as texts unless the rule knows better. */
export function agrees(rule: FieldRule, source: FlowDocument, target: FlowDocument): boolean {
  if (rule.asked !== undefined && !rule.asked(source, target)) return true;
  if (rule.same !== undefined) return rule.same(source, target);
  const [from, to] = [rule.from(source), rule.to(target)];
  return from === to || String(from) === String(to);
}

/** The flow's content of a document as one text: equal texts mean that the agreed fields are equal. */
export const contentOf = (flow: Flow, end: 'from' | 'to', document: FlowDocument): string =>
  flow.agree.map((rule) => String(rule[end](document))).join('\u0000');

/** A rule for a path that is the same at both ends: `supplier`, `lines[].quantity`. */
export function samePath(path: string): FieldRule {
  const read = reader(path);
  return { field: path, from: read, to: read };
}

/** Reads `a.b` or `lines[].c`; the latter as a text of `line=value` pairs, so that order does not matter. */
export function reader(path: string): (document: FlowDocument) => unknown {
  const bracket = path.indexOf('[].');
  if (bracket < 0) {
    const steps = path.split('.');
    return (document) => steps.reduce((value, step) => value?.[step], document);
  }
  const list = reader(path.slice(0, bracket));
  const field = reader(path.slice(bracket + 3));
  return (document) => {
    const lines = list(document);
    if (!Array.isArray(lines)) return undefined;
    return lines
      .map((line) => `${line.line}=${String(field(line))}`)
      .toSorted()
      .join(' ');
  };
}
