import { describe, expect, test } from 'vitest';
import { delay, duplicate, outage, stale } from '../chaos/index.ts';
import { LandscapeControl } from '../harness/control.ts';
import { NotesLandscape, ending } from '../harness/testing/notes-system.ts';

const links = ['integration -> notes', 'notes -> integration'] as const;
const [calls, messages] = links;

const controlled = (): { notes: NotesLandscape; control: LandscapeControl } => {
  const notes = new NotesLandscape();
  return { notes, control: new LandscapeControl('a', notes.landscape) };
};

describe('a fault that is put in while a landscape runs', () => {
  test('strikes exchanges on a link that none could strike before, until it is healed', async () => {
    const { notes, control } = controlled();
    const put = async (): Promise<number | string> =>
      ending(await notes.call('PUT', '/v1/notes/A', 'x'));
    expect(await put()).toBe(200);
    const label = control.inject(outage(calls));
    expect(await put()).toBe('refused');
    control.heal(label);
    expect(await put()).toBe(200);
    expect(control.faults()).toEqual({
      healed: false,
      faults: [{ fault: label, kind: 'outage', link: calls, fired: 1, healed: true }],
    });
    expect(notes.records('fault.injected')).toMatchObject([{ fault: label, link: calls }]);
    expect(notes.records('fault.healed')).toMatchObject([{ fault: label }]);
  });

  test('strikes messages, and knows the earlier ones from then on', async () => {
    const { notes, control } = controlled();
    const arrivals = notes.follow();
    notes.act('A');
    control.inject(duplicate(messages));
    notes.act('A');
    expect(arrivals.map(({ version, copy }) => [version, copy])).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
    ]);
    control.heal();
    control.inject(stale(messages, { after: 0 }));
    notes.act('A');
    notes.act('A');
    await notes.pass(5000);
    expect(arrivals.slice(3).map(({ version }) => version)).toEqual(expect.arrayContaining([3, 4]));
    expect(control.faults().faults.at(-1)?.fired).toBeGreaterThan(0);
  });

  test('when it alone is healed, what it holds comes when it is due; when all are, at once', async () => {
    const { notes, control } = controlled();
    const arrivals = notes.follow();
    const label = control.inject(delay(messages, { by: '10s' }));
    notes.act('A');
    control.heal(label);
    notes.act('B');
    await notes.pass(9000);
    expect(arrivals.map(({ key }) => key)).toEqual(['B']);
    await notes.pass(2000);
    expect(arrivals.map(({ key }) => key)).toEqual(['B', 'A']);
    control.inject(delay(messages, { by: '10s' }));
    notes.act('C');
    control.heal();
    expect(arrivals.at(-1)?.key).toBe('C');
  });

  test('is refused where it could strike nothing, and once a trial has healed', () => {
    const { notes, control } = controlled();
    expect(() => control.inject(outage('integration -> moon'))).toThrow(/is no link/);
    expect(() => control.heal('nothing')).toThrow(/none of that label/);
    notes.landscape.world.history.append({ type: 'phase', at: 0, phase: 'heal' });
    expect(() => control.inject(outage(calls))).toThrow(/has healed/);
  });
});
