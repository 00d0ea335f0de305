import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sideBySide } from './side-by-side.ts';
import { terminalReport, verdictLine } from './terminal-report.ts';
import { wantsColour, wrapped } from './terminal-text.ts';
import { fullModel } from './testing/models.ts';

const lineWith = (text: string, part: string): string =>
  text.split('\n').find((line) => line.includes(part)) ?? `no line has ${part}`;

describe('the report in the terminal', () => {
  const text = terminalReport(fullModel());

  it('has a row for each invariant: what it saw, its verdict, what it found; the broken ones first', () => {
    expect(lineWith(text, 'ledger/balanced')).toMatch(/✔ +ledger\/balanced +holds +1,234/);
    expect(lineWith(text, 'order-to-erp/no-duplicates ')).toMatch(
      /✘ +\S+ +violated +300 +5 violations/,
    );
    expect(lineWith(text, 'payments/never-unreceived')).toMatch(
      /\? +\S+ +unknown +0 +nothing in this trial/,
    );
    expect(text.indexOf('order-to-erp/no-duplicates')).toBeLessThan(
      text.indexOf('ledger/balanced'),
    );
  });

  it('says how often each fault fired, and how far each flow got', () => {
    expect(lineWith(text, 'duplicate wms')).toMatch(/ 17$/);
    expect(lineWith(text, 'outage integration -> erp  ')).toMatch(/ never$/);
    expect(lineWith(text, 'order-to-erp   ')).toMatch(/300 +298$/);
  });

  it('tells the stories that there are and counts the others', () => {
    expect(text).toContain('PO-0000017 exists twice in erp');
    expect(lineWith(text, '+2.5 s')).toContain('The answer was lost');
    expect(text).toContain('4 violations more');
    expect(text).not.toContain('PO-0000099');
  });

  it('ends with the verdict, the token and the command on one line', () => {
    expect(text).toContain('✘ VIOLATED  1 violated, 1 unknown, 1 held of 3 invariants');
    expect(lineWith(text, 'replay  ')).toContain('st1.5e1f00d');
    expect(lineWith(text, 'seatrial run')).toContain(fullModel().replay);
  });

  it('shows doubts, what is owed, and the last words of an integration that died', () => {
    expect(text).toContain('never fired');
    expect(text).toContain('2 documents of order-to-erp, for example PO-0000042');
    expect(text).not.toContain('stack overflow');
    expect(
      terminalReport(fullModel({ doubts: ['the integration ended with exit code 7'] })),
    ).toContain('| stack overflow');
  });

  it('keeps to the width it is given, but for the command', () => {
    for (const columns of [60, 80, 100, 200]) {
      const lines = terminalReport(fullModel(), { columns })
        .split('\n')
        .filter((line) => !line.includes('seatrial run'));
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(
        Math.min(100, columns),
      );
    }
  });

  it('colours only when asked, and says the same without', () => {
    const coloured = terminalReport(fullModel(), { colour: true });
    expect(coloured).toContain('\u001b[31m');
    expect(stripVTControlCharacters(coloured)).toBe(text);
    expect(text).not.toContain('\u001b');
  });

  it('lets no text move the cursor', () => {
    const evil = '\u001b[2J\u0007\u009b31mgone';
    const model = fullModel({ trial: evil, doubts: [evil], integration: evil, replay: evil });
    const shown = terminalReport(model);
    expect([...shown].filter((each) => each !== '\n' && /\p{Cc}/u.test(each))).toEqual([]);
    expect(shown).toContain('gone');
  });

  it('has a short form', () => {
    expect(verdictLine(fullModel())).toBe(
      'violated: a bad day (1 violated, 1 unknown, 1 held of 3 invariants; replay st1.5e1f00d)\n',
    );
  });
});

describe('two results side by side', () => {
  const better = fullModel({
    verdict: 'holds',
    invariants: fullModel().invariants.map((each) => ({
      ...each,
      status: 'holds' as const,
      violations: 0,
      seen: 7,
    })),
    flows: [{ flow: 'order-to-erp', owed: 300, arrived: 300 }],
  });
  const text = sideBySide([
    { name: 'naive', model: fullModel() },
    { name: 'sound', model: better },
  ]);

  it('has a column for each', () => {
    expect(lineWith(text, 'verdict')).toMatch(/✘ VIOLATED +✔ HOLDS/);
    expect(lineWith(text, 'no-duplicates')).toMatch(/✘ 5 violations +✔ holds \(7\)/);
    expect(lineWith(text, '298')).toMatch(/298 of 300 +300 of 300/);
    expect(lineWith(text, 'outage')).toMatch(/never +never/);
  });

  it('counts what all of them keep', () => {
    expect(lineWith(text, '1 other')).toMatch(/✔ holds +✔ holds/);
    expect(text).not.toContain('ledger/balanced');
  });

  it('shows what only one of them has', () => {
    const fewer = { ...better, invariants: better.invariants.slice(1), faults: [] };
    const both = sideBySide([
      { name: 'naive', model: fullModel() },
      { name: 'sound', model: fewer },
    ]);
    expect(lineWith(both, 'ledger/balanced')).toMatch(/holds \(1234\) +-$/);
  });

  it('tells what nobody had occasion to ask from what could not be answered', () => {
    const idle = fullModel().invariants.map((each) =>
      each.status === 'unknown' ? { ...each, idle: true } : each,
    );
    const both = sideBySide([
      { name: 'naive', model: fullModel() },
      { name: 'sound', model: { ...fullModel(), invariants: idle } },
    ]);
    expect(lineWith(both, 'payments/never-unreceived')).toMatch(/\? unknown +- not asked$/);
  });

  it('keeps to the width', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

describe('text for a terminal', () => {
  it('wraps to the width and loses no letter', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '-'), maxLength: 200 });
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (text, width) => {
        const lines = wrapped(text, width);
        expect(lines.every((line) => line.length <= width)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });

  it('is coloured on a terminal only, and never against NO_COLOR', () => {
    expect(wantsColour({ isTTY: true }, {})).toBe(true);
    expect(wantsColour({}, {})).toBe(false);
    expect(wantsColour({}, { CI: '1', FORCE_COLOR: '1' })).toBe(false);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(wantsColour({ isTTY: true }, { NO_COLOR: '' })).toBe(true);
    expect(wantsColour({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
  });
});
