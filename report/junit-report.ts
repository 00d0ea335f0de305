/**
 * The report for CI servers: JUnit XML by the schema of Jenkins (xunit plugin, junit-10.xsd). One test
 * case for each invariant; an unknown one is skipped with its reason, for a promise that was not put
 * to the test was not kept either.
 */
import { storyLines } from '../harness/story.ts';
import type { InvariantModel, ReportModel, StoryModel } from './report-model.ts';
import { counted } from './terminal-text.ts';

/** One document with one suite; ends with a line end. */
export function junitReport(model: ReportModel): string {
  const { trial, invariants, doubts } = model;
  const suite = `seatrial.${trial.replaceAll('.', '_')}`;
  const count = (status: string): number =>
    invariants.filter((each) => each.status === status).length;
  const totals = { tests: invariants.length + 1, failures: count('violated'), errors: 0 };
  const time = (model.lastedMs / 1000).toFixed(3);
  const skipped = count('unknown') + (doubts.length > 0 ? 1 : 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    element('testsuites', { name: 'seatrial', time, ...totals }, [
      element('testsuite', { name: trial, time, skipped, ...totals }, [
        properties(model),
        ...invariants.map((each) => testcase(each, suite)),
        doubtsCase(doubts, suite),
        element('system-out', {}, [escaped(summary(model))]),
      ]),
    ]),
    '',
  ].join('\n');
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const head = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escaped(String(value), true)}"`,
  );
  const open = `<${name}${head.join('')}`;
  if (children.length === 0) return `${open}/>`;
  const text = name === 'failure' || name === 'skipped' || name === 'system-out';
  const gap = text ? '' : '\n';
  return `${open}>${gap}${children.join('\n')}${gap}</${name}>`;
}

function properties(model: ReportModel): string {
  const { verdict, seed, token, replay, integration, declaredAt = '' } = model;
  const faults = model.faults.map(
    ({ fault, fired }) => [`fault ${fault}`, `fired ${fired}`] as const,
  );
  const all = Object.entries({ verdict, integration, seed, token, replay, declaredAt }).concat(
    faults.map(([name, value]) => [name, value]),
  );
  return element(
    'properties',
    {},
    all.map(([name, value]) => element('property', { name, value })),
  );
}

function testcase(result: InvariantModel, classname: string): string {
  const { invariant, status, promise, reason, seen } = result;
  const attributes = { name: invariant, classname, time: '0' };
  if (status === 'violated') return element('testcase', attributes, [failure(result)]);
  if (status === 'holds') {
    return element('testcase', attributes, [
      element('system-out', {}, [escaped(`${promise}\nSaw ${counted(seen, 'key')}.`)]),
    ]);
  }
  const message = reason ?? 'nothing can be said of it';
  return element('testcase', attributes, [element('skipped', { message }, [escaped(promise)])]);
}

function failure({ promise, violations, stories }: InvariantModel): string {
  const more = violations > 1 ? ` (and ${counted(violations - 1, 'violation')} more)` : '';
  const message = `${stories[0]?.sentence ?? promise}${more}`;
  const body = [promise, ...stories.map(storyText)].join('\n\n');
  return element('failure', { type: 'violated', message }, [escaped(body)]);
}

const storyText = ({ sentence, story, keys, positions }: StoryModel): string =>
  [
    sentence,
    ...storyLines(story).map((each) => `  ${each}`),
    `  keys ${keys.join(', ')}; history ${positions.join(', ')}`,
  ].join('\n');

/** Doubts outside the invariants make a verdict unknown, so they must not look green. */
function doubtsCase(doubts: readonly string[], classname: string): string {
  const attributes = { name: 'the trial leaves no doubt', classname, time: '0' };
  if (doubts.length === 0) return element('testcase', attributes);
  return element('testcase', attributes, [
    element('skipped', { message: doubts.join('; ') }, [escaped(doubts.join('\n'))]),
  ]);
}

function summary({ verdict, doubts, owed, replay, integration }: ReportModel): string {
  return [
    `verdict: ${verdict}`,
    `integration: ${integration}`,
    ...doubts.map((each) => `doubt: ${each}`),
    ...owed.map(({ what, count }) => `still owed: ${count} ${what}`),
    `replay: ${replay}`,
  ].join('\n');
}

const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as XML 1.0 takes it; characters that it forbids even escaped become U+FFFD. */
function escaped(text: string, attribute = false): string {
  const legal = text
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '\ufffd')
    .replaceAll(/[&<>"]/g, (character) => names[character] as string)
    // A parser would read a bare carriage return as a line feed.
    .replaceAll('\r', '&#13;');
  if (!attribute) return legal;
  return legal.replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}
