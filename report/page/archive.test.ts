import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IndexModel, archiveOf, chunkRecords } from './archive.ts';
import { differences } from './lineage.ts';
import { Script, orderFlows, orderScript } from './testing/order-history.ts';

const unpacked = (base64: string): unknown =>
  JSON.parse(gunzipSync(Buffer.from(base64, 'base64')).toString());

const sums = (steps: readonly number[]): number[] => {
  let at = 0;
  return steps.map((step) => (at += step));
};

const indexOf = (script: Script): IndexModel =>
  unpacked(archiveOf(script.records, orderFlows).index) as IndexModel;

/** Numbers of all documents that belong to a document's fact, or descend from it, or it from them. */
function journey(index: IndexModel, id: string): string[] {
  const { documents, parents } = index;
  const facts = new Set(
    documents.id.flatMap((each, at) => (each === id ? [documents.fact[at]] : [])),
  );
  const down = new Set(facts);
  for (const fact of down) {
    parents.forEach((above, child) => above.includes(fact as number) && down.add(child));
  }
  return documents.id.filter((_, at) => down.has(documents.fact[at]));
}

describe('the history inside the page', () => {
  it('holds every record, in order, in chunks of a fixed size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * chunkRecords }), (length) => {
        const script = new Script();
        for (let n = 0; n < length; n++) script.commit('suite', 'Order', `O-${n}`, 1, { n });
        const { chunks } = archiveOf(script.records, orderFlows);
        const parts = chunks.map((each) => unpacked(each) as unknown[]);
        expect(parts.flat()).toEqual(script.records);
        expect(parts.slice(0, -1).every((part) => part.length === chunkRecords)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('writes places as differences that add up to them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), (numbers) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        expect(sums(differences(sorted))).toEqual(sorted);
      }),
    );
  });

  it('knows where each key was spoken of, and the call that made a document', () => {
    const script = orderScript();
    const { keys } = indexOf(script);
    const typesAt = (key: string) => sums(keys[key] ?? []).map((at) => script.records[at]?.type);
    expect(typesAt('O-1')).toContain('message.delivered');
    expect(typesAt('O-1')).toContain('fault.fired');
    // Nobody named L-1 in the call that made it.
    expect(typesAt('L-1')).toEqual(['exchange.invoked', 'fault.fired', 'exchange.completed']);
  });

  it('takes keys that are names of JavaScript for keys', () => {
    const script = new Script();
    for (const key of ['__proto__', 'constructor', 'toString']) script.message(key);
    const { keys } = indexOf(script);
    expect(Object.keys(keys).toSorted()).toEqual(['__proto__', 'constructor', 'toString']);
  });
});

describe('the lineage of documents', () => {
  const index = indexOf(orderScript());

  it('takes copies of one fact in several systems for one', () => {
    const { id, fact } = index.documents;
    const factOf = (wanted: string) => fact[id.indexOf(wanted)];
    expect(factOf('L-1')).toBe(factOf('O-1'));
    expect(factOf('L-2')).toBe(factOf('O-1'));
    expect(factOf('L-3')).toBe(factOf('O-2'));
    expect(factOf('O-2')).not.toBe(factOf('O-1'));
  });

  it('leads from an order to its invoice and payment, and not on to what else was paid', () => {
    expect(journey(index, 'O-1')).toEqual(['O-1', 'L-1', 'L-2', 'I-1', 'P-1']);
    expect(journey(index, 'O-2')).toEqual(['O-2', 'L-3', 'I-2', 'P-1']);
  });

  it('finds a fact by a key of a flow that is no number', () => {
    const script = new Script();
    script.commit('ledger', 'Invoice', 'I-1', 1, { number: 'I-1', order: 'Miller 17' });
    expect(indexOf(script).names).toEqual({ 'Miller 17': 0 });
  });
});
