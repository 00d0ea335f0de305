/**
 * The smallest trial that has everything: notes written in one system have to arrive in another, once
 * and as they are. The harness's, the reports' and the command line's own tests run it.
 */
import { defineFlow } from '../flow.ts';
import { type Integration, type IntegrationEnvironment, inProcess } from '../integration.ts';
import { type Invariant, defineInvariant } from '../invariant.ts';
import type { CommitRecord } from '../record.ts';
import type { WireReply } from '../wire.ts';
import { type Trial, type TrialOptions, defineTrial } from '../trial.ts';
import type { Narrator, Stage, Workload, WorkloadRun } from '../workload.ts';
import { actorContext } from '../world.ts';
import { notesSystem } from './notes-system.ts';

const copyFlow = defineFlow({
  name: 'note-copy',
  from: { system: 'source', document: 'Note' },
  to: { system: 'target', document: 'Note' },
  key: { from: (note) => note.key, to: (note) => note.key },
  agree: ['text'],
  owner: 'source',
  within: '5s',
});

interface Copies {
  readonly written: number[];
  readonly copied: number[];
}

const commitsOf = (copies: Copies, { system, position }: CommitRecord): Copies => {
  (system === 'source' ? copies.written : copies.copied).push(position);
  return copies;
};

const copyInvariant = (
  name: string,
  promise: string,
  wrong: (copies: Copies) => string | undefined,
): Invariant =>
  defineInvariant<Copies>({
    name,
    promise,
    interests: [{ type: 'commit', document: 'Note' }],
    keysOf: (record) => (record.type === 'commit' ? record.id : undefined),
    begin: () => ({ written: [], copied: [] }),
    step: (copies, record) => commitsOf(copies, record as CommitRecord),
    end: (copies, key) => {
      const sentence = wrong(copies);
      const positions = [...copies.written, ...copies.copied];
      return {
        exercised: true,
        violations:
          sentence === undefined
            ? []
            : [{ keys: [key], positions, sentence: `Note ${key} ${sentence}.` }],
      };
    },
  });

export const noteInvariants: readonly Invariant[] = [
  copyInvariant(
    'note-copy/once',
    'A note is copied once for each time it was written.',
    ({ written, copied }) =>
      copied.length > written.length
        ? `was written ${written.length} times and copied ${copied.length} times`
        : undefined,
  ),
  copyInvariant('note-copy/nothing-lost', 'Every note arrives.', ({ written, copied }) =>
    copied.length === 0 ? `was written ${written.length} times and never arrived` : undefined,
  ),
];

export const narrateNotes: Narrator = (record) =>
  record.type === 'commit' ? `${record.system} committed note ${record.id}.` : undefined;

/** Writes so many notes into `source`, one every 100 ms of trial time. */
export function noteWorkload(notes: number): Workload {
  return {
    name: 'notes',
    durationMs: notes * 100 + 1000,
    flows: [copyFlow],
    invariants: noteInvariants,
    narrate: narrateNotes,
    start: (stage) => writeNotes(stage, notes),
  };
}

function writeNotes(stage: Stage, notes: number): WorkloadRun {
  const { world } = stage;
  const { core, store } = stage.system('source');
  let written = 0;
  let stopped = false;
  const write = (): void => {
    if (stopped || written === notes) return;
    const key = `K${++written}`;
    const context = actorContext(world, 'writer', key);
    store.transaction(context, () => {
      (core as { write(key: string, text: string): void }).write(key, `text of ${key}`);
    });
    world.clock.after(100, write);
  };
  world.clock.after(100, write);
  return {
    get started() {
      return written === notes;
    },
    pending: () => (written < notes ? [{ what: 'notes to write', count: notes - written }] : []),
    stop: () => {
      stopped = true;
    },
  };
}

/** A trial over two systems of notes. */
export const noteTrial = ({
  notes = 10,
  ...options
}: Partial<TrialOptions> & { readonly notes?: number } = {}): Trial =>
  defineTrial({
    name: 'notes',
    systems: { source: notesSystem, target: notesSystem },
    workload: noteWorkload(notes),
    ...options,
  });

const answer = (status: number): WireReply => ({ status, headers: {}, body: '' });

/** Copies every note it hears of; `looksFirst` leaves alone what has arrived already. */
export const copier = ({ looksFirst }: { readonly looksFirst: boolean }): Integration =>
  inProcess(({ fetch, systems }: IntegrationEnvironment) => {
    const target = systems['target']?.url;
    return {
      webhook: async ({ path, body, headers }) => {
        // What it wrote itself comes back as an event of the target.
        if (path !== '/webhooks/source') return answer(204);
        const { key, data } = JSON.parse(body) as { key: string; data: { text: string } };
        const url = `${target}/v1/notes/${key}`;
        try {
          if (looksFirst) {
            const there = await fetch(url);
            if (there.ok && ((await there.json()) as { text: string }).text === data.text)
              return answer(204);
          }
          const correlation = { 'x-correlation-id': headers['x-correlation-id'] ?? '' };
          const put = await fetch(url, { method: 'PUT', body: data.text, headers: correlation });
          return answer(put.ok ? 204 : 502);
        } catch {
          return answer(503);
        }
      },
    };
  });
