/**
 * The smallest system that has everything a fault can strike: versioned documents, events, reads and
 * writes, tokens, refusals. The harness's and the faults' own tests run against it.
 */
import { BusinessError } from '../business-error.ts';
import type { Collection } from '../collection.ts';
import { VirtualClock } from '../clock.ts';
import { defineSystem } from '../define-system.ts';
import type { Fault } from '../fault.ts';
import { Landscape } from '../landscape.ts';
import type { HistoryRecord, RecordType } from '../record.ts';
import type { Store } from '../store.ts';
import type { Dialect, EdgeRefusal, Port } from '../system.ts';
import type { Outcome, WireReply, WireRequest } from '../wire.ts';
import { actorContext } from '../world.ts';

export interface Note {
  readonly key: string;
  readonly text: string;
  readonly revision: number;
}

const json = (status: number, value: unknown, headers: Record<string, string> = {}): WireReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

const edgeStatus: Readonly<Record<EdgeRefusal['kind'], number>> = {
  unavailable: 503,
  serverError: 500,
  throttled: 429,
  expiredToken: 401,
  locked: 423,
  businessError: 422,
  tooLarge: 413,
  gatewayTimeout: 504,
};

class NotesCore {
  readonly #store: Store;
  readonly notes: Collection<Note>;

  constructor(store: Store) {
    this.#store = store;
    this.notes = store.collection<Note>('Note');
  }

  write(key: string, text: string): Note {
    if (text === '') {
      throw new BusinessError({
        refusal: 'invalid',
        rule: 'empty-note',
        message: 'Say something.',
      });
    }
    const revision = (this.notes.get(key)?.revision ?? 0) + 1;
    const note = { key, text, revision };
    this.notes.put(key, note);
    this.#store.emit({
      type: 'note.written',
      document: 'Note',
      key,
      version: revision,
      data: note,
    });
    return note;
  }

  add(text: string): Note {
    return this.write(`N${this.#store.nextNumber('notes')}`, text);
  }
}

function notesPort(core: NotesCore): Port {
  let tokens = 1;
  const keyOf = (path: string): string | undefined => /^\/v1\/notes\/(\w+)$/.exec(path)?.[1];
  return {
    owns: () => true,
    identify: ({ method, path }) => {
      const key = keyOf(path);
      const safe = method === 'GET';
      if (path === '/oauth/token') return { name: 'issueToken', safe: false };
      const name = safe ? 'readNote' : method === 'PUT' ? 'writeNote' : 'addNote';
      return { name, safe, ...(key === undefined ? {} : { key }) };
    },
    handle: ({ method, path, headers, body }) => {
      if (path === '/oauth/token') return json(200, { token: `t${tokens}` });
      const { authorization = `Bearer t${tokens}` } = headers;
      if (authorization !== `Bearer t${tokens}`) return json(401, { error: 'expired' });
      const key = keyOf(path);
      if (method === 'PUT' && key !== undefined) return json(200, core.write(key, body));
      if (method === 'POST') return json(201, core.add(body));
      const note = key === undefined ? [...core.notes.values()] : core.notes.get(key);
      if (note !== undefined) return json(200, note);
      throw new BusinessError({ refusal: 'notFound', rule: 'unknown-note', message: 'No note.' });
    },
    refuse: ({ refusal, rule }) => json(refusal === 'notFound' ? 404 : 422, { rule }),
    refuseAtEdge: (refusal) => {
      const wait = 'retryAfterSeconds' in refusal ? refusal.retryAfterSeconds : undefined;
      const headers: Record<string, string> =
        wait === undefined ? {} : { 'retry-after': String(wait) };
      return json(edgeStatus[refusal.kind], { edge: refusal.kind }, headers);
    },
    renderEvent: (event) => ({ contentType: 'application/json', body: JSON.stringify(event) }),
    revokeTokens: () => void tokens++,
  };
}

const notesDialect: Dialect<NotesCore> = {
  name: 'notes',
  access: { basePath: '/v1', tokenPath: '/oauth/token' },
  mount: ({ core }) => notesPort(core),
};

export const notesSystem = defineSystem<NotesCore>({
  core: (store) => new NotesCore(store),
  dialects: [notesDialect],
});

/** A message as the integration gets it. */
export interface Arrival {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly copy: number;
  readonly atMs: number;
}

/** A landscape of one notes system in virtual time, its faults begun. */
export class NotesLandscape {
  readonly clock = new VirtualClock();
  readonly landscape: Landscape;

  constructor(faults: readonly Fault[] = [], seed = 'seed') {
    this.landscape = new Landscape({
      systems: { notes: notesSystem },
      seed,
      clock: this.clock,
      faults,
    });
    this.landscape.begin();
  }

  call(
    method: string,
    path: string,
    body = '',
    headers: Record<string, string> = {},
  ): Outcome | Promise<Outcome> {
    const request: WireRequest = { method, path, query: '', headers, body };
    return this.landscape.gate('notes').call(request);
  }

  /** Calls and lets trial time pass until the answer is there; ends with the outcome. */
  async answer(...request: Parameters<NotesLandscape['call']>): Promise<Outcome> {
    let ended: Outcome | undefined;
    void (async () => {
      ended = await this.call(...request);
    })();
    await this.clock.run(() => ended !== undefined);
    return ended as Outcome;
  }

  /** Writes from outside the integration. */
  act(key: string, text = 'by an actor'): void {
    const { store, core } = this.landscape.system('notes');
    const context = actorContext(this.landscape.world, 'writer', key);
    store.transaction(context, () => (core as NotesCore).write(key, text));
  }

  /** What comes over the channel from now on, with the trial time since the call. */
  follow(): Arrival[] {
    const arrivals: Arrival[] = [];
    const startedAt = this.clock.now();
    this.landscape.system('notes').onMessage(({ event, copy }) => {
      const { id, key, version } = event;
      arrivals.push({ id, key, version, copy, atMs: this.clock.now() - startedAt });
    });
    return arrivals;
  }

  /** Lets trial time pass. */
  async pass(lastingMs: number): Promise<void> {
    const until = this.clock.now() + lastingMs;
    this.clock.after(lastingMs, () => {});
    await this.clock.run(() => false, until);
  }

  records<T extends RecordType>(type: T): Extract<HistoryRecord, { type: T }>[] {
    return [...this.landscape.world.history].filter((record) => record.type === type) as never;
  }
}

/** Status of an answer, or how the connection ended. */
export const ending = (outcome: Outcome): number | string =>
  outcome.kind === 'reply' ? outcome.reply.status : outcome.cut;
