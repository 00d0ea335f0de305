import { describe, expect, it } from 'vitest';
import { Script, orderScript } from '../testing/order-history.ts';
import { type SwimlaneRow, swimlaneRows } from './swimlane-rows.ts';

const rows = swimlaneRows(orderScript().records);

const badgesOf = ({ badges }: SwimlaneRow): string[] => badges.map(({ text }) => text);

describe('the rows of a swimlane', () => {
  it('are in order, each for a record of its own', () => {
    const positions = rows.map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
  });

  it('draw a call and its answer as two arrows, there and back', () => {
    const calls = rows.filter(({ title }) => title === 'Create order');
    expect(calls).toHaveLength(7);
    for (const call of calls) expect(call).toMatchObject({ from: 'integration', to: 'ledger' });
    const answers = rows.filter(({ answer }) => answer === true);
    expect(answers).toHaveLength(7);
    for (const answer of answers)
      expect(answer).toMatchObject({ from: 'ledger', to: 'integration' });
  });

  it('cut the answer that was lost, and say which fault did it', () => {
    const [lost] = rows.filter(({ answer, cut }) => answer === true && cut === true);
    expect(lost).toMatchObject({ title: 'connection broke' });
    expect(badgesOf(lost as SwimlaneRow)).toEqual(['lose response: reset']);
  });

  it('mark copies and attempts', () => {
    expect(rows.flatMap(badgesOf)).toEqual(
      expect.arrayContaining(['duplicate: copy 2', 'attempt 2', 'no idempotency key']),
    );
  });

  it('show a message that never arrived as cut, and one that came late as late', () => {
    const script = orderScript();
    const undelivered = script.records.filter(({ type }) => type !== 'message.delivered');
    const lost = swimlaneRows(undelivered).filter((row) => badgesOf(row).includes('never arrived'));
    expect(lost).toHaveLength(2);
    expect(lost.every(({ cut }) => cut === true)).toBe(true);
    const late = script.records.map((record) =>
      record.type === 'message.delivered' ? { ...record, at: record.at + 60_000 } : record,
    );
    expect(swimlaneRows(late).flatMap(badgesOf)).toContain('late by 1 min');
  });

  it('show a fault on a message where nothing else tells of it', () => {
    const script = new Script().add({
      type: 'fault.fired',
      fault: 'drop',
      kind: 'drop',
      link: 'suite -> integration',
      operation: 'order.issued',
      key: 'O-1',
      message: 'm',
    });
    expect(swimlaneRows(script.records)).toEqual([
      expect.objectContaining({ shape: 'arrow', cut: true, from: 'suite', title: 'Order issued' }),
    ]);
  });
});
