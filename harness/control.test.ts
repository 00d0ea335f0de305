import { describe, expect, it } from 'vitest';
import { RealClock } from './clock.ts';
import { Control, LandscapeControl } from './control.ts';
import { Landscape } from './landscape.ts';
import { NotesLandscape, notesSystem } from './testing/notes-system.ts';
import { noteInvariants } from './testing/note-trial.ts';

const controlled = (): { notes: NotesLandscape; control: LandscapeControl } => {
  const notes = new NotesLandscape();
  return { notes, control: new LandscapeControl('a', notes.landscape) };
};

describe('the control of a landscape', () => {
  it('shows what an integration must know', () => {
    const { control } = controlled();
    const { systems, token, webhookSecret } = control.view();
    expect(systems[0]).toMatchObject({
      name: 'notes',
      dialect: 'notes',
      url: 'http://notes.seatrial',
      basePath: '/v1',
    });
    expect(token).toBe('st1.seed');
    expect(webhookSecret).toMatch(/^whsec_/);
    expect(JSON.parse(JSON.stringify(control.view()))).toEqual(control.view());
  });

  it('moves a virtual clock exactly, firing what is due, and refuses to move a real one', async () => {
    const { notes, control } = controlled();
    const before = control.clock().now;
    let fired = 0;
    notes.clock.after(500, () => fired++);
    notes.clock.after(1001, () => fired++);
    expect((await control.advance(1000)).now).toBe(before + 1000);
    expect(fired).toBe(1);
    await expect(control.advance(-1)).rejects.toMatchObject({ code: 'control.clock' });
    const real = new Landscape({
      systems: { notes: notesSystem },
      seed: 's',
      clock: new RealClock(),
    });
    await expect(new LandscapeControl('r', real).advance(1)).rejects.toMatchObject({
      code: 'control.clock',
    });
  });

  it('hands out the history in pages and as a stream', async () => {
    const { notes, control } = controlled();
    for (const key of ['A', 'B', 'C']) notes.act(key);
    const whole = control.history().records;
    expect(whole.length).toBeGreaterThan(3);
    const first = control.history(0, 2);
    expect([...first.records, ...control.history(first.next).records]).toEqual(whole);

    const stop = new AbortController();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const { position } of control.stream(stop.signal, 1)) {
        seen.push(position);
        if (seen.length === whole.length - 1) notes.act('D');
        if (control.history(position + 1).records.length === 0) stop.abort();
      }
    })();
    await reading;
    expect(seen).toEqual([...control.history(1).records].map(({ position }) => position));
    expect(seen.length).toBeGreaterThan(whole.length - 1);
  });

  it('ends a stream that waits', async () => {
    const { control } = controlled();
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of control.stream(stop.signal))
        throw new Error('There was nothing to read.');
    })();
    stop.abort();
    await expect(reading).resolves.toBeUndefined();
  });

  it('judges the history as it stands', () => {
    const notes = new NotesLandscape();
    const promises = { flows: [], invariants: noteInvariants };
    const control = new LandscapeControl('a', notes.landscape, promises);
    expect(control.verdict().status).toBe('unknown');
    notes.act('A');
    expect(control.verdict().invariants.map(({ seen }) => seen)).toEqual([1, 1]);
  });

  it('heals', () => {
    const { control } = controlled();
    expect(control.faults().healed).toBe(false);
    expect(control.heal().healed).toBe(true);
  });
});

describe('the control of a process', () => {
  it('keeps landscapes apart by their ids', async () => {
    const control = new Control();
    control.add(controlled().control);
    expect(() => control.add(controlled().control)).toThrow(/the id is taken/);
    expect(control.list().map(({ id }) => id)).toEqual(['a']);
    await control.remove('a');
    expect(control.list()).toEqual([]);
    expect(() => control.get('a')).toThrow(/none of that id/);
  });
});
