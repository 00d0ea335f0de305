import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { junitReport } from './junit-report.ts';
import type { ReportModel } from './report-model.ts';
import { fullModel } from './testing/models.ts';
import { type XmlElement, parseXml } from './testing/parse-xml.ts';

/** What junit-10.xsd of Jenkins' xunit plugin allows, of what we write. */
const schema: Readonly<
  Record<string, { required: string[]; optional: string[]; children: string[]; text?: true }>
> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests', 'failures', 'errors'],
    optional: [
      'group',
      'time',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
      'file',
      'log',
      'url',
    ],
    children: ['testsuite', 'properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  testcase: {
    required: ['name'],
    optional: ['time', 'classname', 'group'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  failure: { required: [], optional: ['type', 'message'], children: [], text: true },
  skipped: { required: [], optional: ['type', 'message'], children: [], text: true },
  'system-out': { required: [], optional: [], children: [], text: true },
};

function conform(element: XmlElement): void {
  const rule = schema[element.name];
  if (rule === undefined) throw new Error(`<${element.name}> is not in the schema.`);
  const given = Object.keys(element.attributes);
  expect(rule.required.filter((each) => !given.includes(each))).toEqual([]);
  expect(
    given.filter((each) => !rule.required.includes(each) && !rule.optional.includes(each)),
  ).toEqual([]);
  expect(element.children.filter(({ name }) => !rule.children.includes(name))).toEqual([]);
  if (rule.text !== true) expect(element.text.trim()).toBe('');
  const { time } = element.attributes;
  if (time !== undefined) expect(time).toMatch(/^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/);
  element.children.forEach(conform);
}

const read = (model: ReportModel): XmlElement => {
  const root = parseXml(junitReport(model));
  conform(root);
  return root.children[0] as XmlElement;
};

const cases = (suite: XmlElement): XmlElement[] =>
  suite.children.filter(({ name }) => name === 'testcase');
const caseOf = (suite: XmlElement, name: string): XmlElement =>
  cases(suite).find(({ attributes }) => attributes['name'] === name) as XmlElement;

describe('the JUnit report', () => {
  it('has a test case for each invariant, and one for the doubts', () => {
    const suite = read(fullModel());
    expect(suite.attributes).toMatchObject({
      tests: '4',
      failures: '1',
      skipped: '2',
      errors: '0',
      time: '21.500',
    });
    expect(cases(suite)).toHaveLength(4);
    expect(caseOf(suite, 'ledger/balanced').children.map(({ name }) => name)).toEqual([
      'system-out',
    ]);
  });

  it('tells the story of a violation', () => {
    const [failure] = caseOf(read(fullModel()), 'order-to-erp/no-duplicates').children;
    expect(failure?.attributes['message']).toContain('PO-0000017 exists twice');
    expect(failure?.attributes['message']).toContain('4 violations more');
    expect(failure?.text).toContain('+2.5 s  The answer was lost');
    expect(failure?.text).toContain('PO-0000099');
  });

  it('skips what is unknown, with the reason, and what is in doubt', () => {
    const suite = read(fullModel());
    const [skipped] = caseOf(suite, 'payments/never-unreceived').children;
    expect(skipped?.attributes['message']).toBe('nothing in this trial exercised it');
    const [doubt] = caseOf(suite, 'the trial leaves no doubt').children;
    expect(doubt?.name).toBe('skipped');
    expect(doubt?.attributes['message']).toContain('never fired');
    expect(caseOf(read(fullModel({ doubts: [] })), 'the trial leaves no doubt').children).toEqual(
      [],
    );
  });

  it('counts what it holds, for any statuses', () => {
    const statuses = fc.array(fc.constantFrom('holds', 'violated', 'unknown'));
    fc.assert(
      fc.property(statuses, (given) => {
        const invariants = given.map((status, index) => ({
          invariant: `i${index}`,
          promise: 'p',
          status,
          seen: 1,
          violations: status === 'violated' ? 1 : 0,
          stories: [],
        }));
        const suite = read(fullModel({ invariants }));
        const having = (name: string): number =>
          cases(suite).filter(({ children }) => children.some((each) => each.name === name)).length;
        expect(Number(suite.attributes['tests'])).toBe(cases(suite).length);
        expect(Number(suite.attributes['failures'])).toBe(having('failure'));
        expect(Number(suite.attributes['skipped'])).toBe(having('skipped'));
      }),
    );
  });

  it('stays well-formed whatever the texts say, and gives legal ones back unchanged', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ']]>',
        '<script>',
        '&amp;',
        '"\'',
        'a\r\nb',
        '\u0000\u001b[31m',
        '\ud800',
        '\uffff',
        '\t',
      ),
    );
    fc.assert(
      fc.property(text, (odd) => {
        const [first, second, third] = fullModel().invariants;
        const story = {
          sentence: odd,
          story: [{ position: 1, afterMs: 0, sentence: odd }],
          keys: [odd],
          positions: [1],
        };
        const suite = read(
          fullModel({
            trial: odd,
            integration: odd,
            doubts: [odd],
            invariants: [
              { ...first, promise: odd } as never,
              { ...second, invariant: `${odd}!`, stories: [story] } as never,
              { ...third, reason: odd } as never,
            ],
          }),
        );
        const legal = odd.toWellFormed().replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '\ufffd');
        expect(suite.attributes['name']).toBe(legal);
        expect(cases(suite)[1]?.children[0]?.text).toContain(legal);
      }),
      { numRuns: 300 },
    );
  });
});
