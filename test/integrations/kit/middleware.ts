/**
 * A middleware between procurement, ERP and WMS: takes webhooks in, keeps them as jobs, works them
 * off by rules, and reconciles now and then. How careful it is, its policies say.
 */
import { CallFailed } from './call-failed.ts';
import { createOnce } from './create-once.ts';
import type { Environment } from './environment.ts';
import { DocumentReader, Overtaken, content } from './document-reader.ts';
import { FileReader } from './file-reader.ts';
import { type DeadLetter, JobQueue } from './job-queue.ts';
import { Journal } from './journal.ts';
import { type Kept, newlyKept } from './kept.ts';
import type { Job, Policies } from './policies.ts';
import type { Ports } from './ports.ts';
import { Reconciler } from './reconciler.ts';
import type { Rule, Tools } from './rule.ts';
import { Seal } from './seal.ts';
import { stored } from './stored.ts';
import { Turns } from './turns.ts';

export interface WebhookRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface WebhookAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export class Middleware {
  readonly #environment: Environment;
  readonly #seal: Seal;
  readonly #policies: Policies;
  readonly #rules: readonly Rule[];
  readonly #tools: Tools;
  readonly #queue: JobQueue;
  readonly #reconciler: Reconciler;
  readonly #files: FileReader | undefined;
  /** All that must survive a crash. */
  readonly #kept: Kept;
  readonly #reader: DocumentReader;
  readonly #turns = new Turns();

  constructor(
    environment: Environment,
    policies: Policies,
    { rules, ports }: { readonly rules: readonly Rule[]; readonly ports: Ports },
  ) {
    const { storage, clock } = environment;
    this.#environment = environment;
    this.#seal = new Seal(environment.webhookSecret);
    this.#policies = policies;
    this.#rules = rules;
    this.#kept = stored(storage, 'middleware', newlyKept);
    this.#reader = new DocumentReader(policies, clock, this.#kept);
    this.#tools = { ...ports, policies, ...this.#ownTools() };
    const journal = new Journal(storage, policies);
    this.#queue = new JobQueue((job) => this.#work(job), { policies, clock, storage, journal });
    this.#files = this.#fileReader(ports);
    this.#reconciler = new Reconciler({
      rules,
      ports,
      clock,
      storage,
      reading: policies.reading,
      found: (rule, key, item) => this.#found(rule, key, item),
      listed: (rule, keys) => this.#remove(rule, keys),
    });
  }

  #fileReader({ wms }: Ports): FileReader | undefined {
    const { files: reading } = this.#policies;
    const { storage, clock } = this.#environment;
    if (reading === undefined || wms.files === undefined) return undefined;
    const found = (key: string): void => {
      for (const rule of this.#rules.filter(isOfFiles)) {
        const correlationId = this.#kept.correlations.get(`${rule.name} ${key}`) ?? '';
        this.#add(rule, { key, version: 0, correlationId, isNew: true });
      }
    };
    return new FileReader({ files: wms.files, reading, clock, storage, found });
  }

  #ownTools(): Omit<Tools, keyof Ports | 'policies'> {
    const kept = this.#kept;
    return {
      source: (job, from) => this.#reader.source(job, from),
      fresh: (job, from, key) => this.#reader.fresh(job, from, key),
      wasCreated: (lookup) => kept.memory.created.has(lookup),
      wasAsked: (lookup) => kept.memory.asked.has(lookup),
      wasRefused: (rule, key) => kept.buried.has(`${rule} ${key}`),
      versionOf: (job) => String(this.#reader.read.get(job)?.version ?? job.version),
      alone: (what, work) => this.#turns.take(what, work),
      void: (key) => void kept.voided.add(key),
      isVoid: (key) => kept.voided.has(key),
      forget: ({ rule, key }) => void kept.effective.delete(`${rule} ${key}`),
      createOnce: (job, creation) =>
        createOnce(this.#policies, kept.memory, job, this.#isKnown(job), creation),
    };
  }

  /** What reading came across. */
  #found(rule: Rule, key: string, item: object): void {
    const name = `${rule.name} ${key}`;
    const { applied, buried, knocks, correlations } = this.#kept;
    const seen = content(item);
    // A dead letter is for a person to look at: the same document again would only be refused again.
    if (applied.get(name)?.content === seen || buried.get(name) === seen) return;
    if ((knocks.get(name) ?? 0) >= mostKnocks) return;
    const correlationId = correlations.get(name) ?? '';
    this.#add(rule, { key, version: 0, correlationId, isNew: false, payload: item });
    this.#environment.save?.();
  }

  /** Marks copies as gone whose originals are on the list no more. */
  async #remove(rule: Rule, keys: ReadonlySet<string>): Promise<void> {
    for (const name of this.#kept.applied.keys()) {
      const key = name.slice(rule.name.length + 1);
      if (name !== `${rule.name} ${key}` || keys.has(key)) continue;
      const copies = rule.copies?.(this.#tools);
      const known = await copies?.find(key, {});
      if (known === undefined) continue;
      const gone = 'blocked' in known.body ? { blocked: true } : { deleted: true };
      await copies?.put({ ...known.body, ...gone }, known, {});
    }
  }

  get deadLetters(): readonly DeadLetter[] {
    return this.#queue.deadLetters;
  }

  /** Work accepted and not done. */
  get pending(): number {
    return this.#queue.pending;
  }

  start(): void {
    this.#queue.resume();
    this.#files?.start();
    if (this.#policies.reconcile) this.#reconciler.start();
  }

  stop(): void {
    this.#reconciler.stop();
    this.#files?.stop();
    this.#queue.stop();
  }

  webhook(request: WebhookRequest): WebhookAnswer {
    if (this.#policies.verifySignature && !this.#seal.isOn(request, this.#environment.clock.now()))
      return answer(401);
    let event: any;
    try {
      event = JSON.parse(request.body);
    } catch {
      return answer(400);
    }
    const system = request.path.split('/').at(-1) as keyof Ports;
    const told = this.#tools[system]?.event(event);
    if (told === undefined) return answer(204);
    const { type, ...news } = told;
    for (const rule of this.#rules) {
      if (rule.from !== system || !rule.events.includes(type)) continue;
      this.#accept(rule, { ...news, isNew: type === rule.events[0] });
    }
    this.#environment.save?.();
    return answer(204);
  }

  #accept(rule: Rule, news: News): void {
    const { correlation, messages, journal } = this.#policies;
    const told = correlation === 'lost' ? { ...news, correlationId: '' } : news;
    const name = `${rule.name} ${told.key}`;
    if (told.correlationId) {
      this.#kept.correlations.set(name, told.correlationId);
      this.#queue.learn(rule.name, told.key, told.correlationId);
    }
    const byFile = this.#files !== undefined && isOfFiles(rule);
    if (messages === 'note' || byFile || this.#isKnownMessage(name, told)) return;
    if (journal !== 'late') {
      this.#add(rule, told);
      return;
    }
    // The note that the message came is kept at once, and the work that it means a little later.
    if ((this.#kept.noted.get(name) ?? 0) >= told.version && told.version > 0) return;
    this.#kept.noted.set(name, told.version);
    this.#environment.clock.after(publishMs, () => this.#add(rule, told));
  }

  /** Whether the message tells nothing that was not told before. */
  #isKnownMessage(name: string, { version }: News): boolean {
    if (this.#policies.sameMessage === 'version') return this.#isApplied(name, version);
    const second = Math.floor(this.#environment.clock.now() / 1000);
    const isSame = this.#kept.noted.get(name) === second;
    this.#kept.noted.set(name, second);
    return isSame;
  }

  #add(rule: Rule, { payload, ...told }: News): void {
    const number = ++this.#kept.jobs;
    const ticket = `${rule.name}/${told.key}/${number}`;
    this.#queue.add({
      rule: rule.name,
      ticket,
      number,
      attempts: 0,
      ...told,
      ...(this.#isReadAfresh ? {} : { payload }),
    });
  }

  /** Whether nobody asks what the message carried, so that it need not be kept. */
  get #isReadAfresh(): boolean {
    const { truth, lane } = this.#policies;
    return truth === 'source' && lane === 'document';
  }

  /** What was refused for something missing again and again is left to people in the end. */
  #settled(error: unknown, name: string): unknown {
    const status = error instanceof CallFailed && error.kind === 'missingParent' && error.status;
    if (!status) return error;
    const knocks = (this.#kept.knocks.get(name) ?? 0) + 1;
    this.#kept.knocks.set(name, knocks);
    return knocks < mostKnocks ? error : new CallFailed('refused', error.message, { status });
  }

  /** Whether the job's document was carried before, or was found by reading and may have been. */
  #isKnown(job: Job): boolean {
    return job.version === 0 || this.#kept.applied.has(`${job.rule} ${job.key}`);
  }

  #isApplied(name: string, version: number): boolean {
    if (!this.#policies.deduplicate || version === 0) return false;
    return (this.#kept.applied.get(name)?.version ?? 0) >= version;
  }

  async #work(job: Job): Promise<void> {
    const rule = this.#rules.find((each) => each.name === job.rule) as Rule;
    const name = `${job.rule} ${job.key}`;
    if (this.#isApplied(name, job.version)) return;
    try {
      await rule.sync(job, this.#tools);
      const read = this.#reader.read.get(job);
      if (read) this.#kept.applied.set(name, read);
    } catch (caught) {
      if (caught instanceof Overtaken) return;
      const error = this.#settled(caught, name);
      const read = this.#reader.read.get(job);
      if (read && error instanceof CallFailed && error.kind === 'refused') {
        this.#kept.buried.set(name, read.content);
      }
      throw error;
    } finally {
      this.#reader.read.delete(job);
      this.#environment.save?.();
    }
  }
}

/** Rules about what the warehouse counted. */
const isOfFiles = ({ from }: Rule): boolean => from === 'wms';

const mostKnocks = 11;

/** How long after the note the work comes, where both are kept by themselves. */
const publishMs = 40;

type News = Omit<Job, 'rule' | 'ticket' | 'number' | 'attempts'>;

const answer = (status: number): WebhookAnswer => ({ status, headers: {}, body: '' });
