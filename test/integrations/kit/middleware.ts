/**
 * A middleware between procurement, ERP and WMS: takes webhooks in, keeps them as jobs, works them
 * off by rules, and reconciles now and then. How careful it is, its policies say.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { CallFailed } from './call-failed.ts';
import { type Memory, createOnce } from './create-once.ts';
import type { Environment } from './environment.ts';
import { type DeadLetter, JobQueue } from './job-queue.ts';
import type { Job, Policies } from './policies.ts';
import type { Ports, Read, Source } from './ports.ts';
import { Reconciler } from './reconciler.ts';
import type { Readable, Rule, Tools } from './rule.ts';

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
  readonly #policies: Policies;
  readonly #rules: readonly Rule[];
  readonly #tools: Tools;
  readonly #queue: JobQueue;
  readonly #reconciler: Reconciler;
  /** By rule and key: the version and content of the source that was last carried over. */
  readonly #applied = new Map<string, Applied>();
  /** By system and path: the highest version that was read. */
  readonly #seen = new Map<string, number>();
  readonly #memory: Memory = { sent: new Map(), created: new Map(), asked: new Set() };
  readonly #read = new Map<Job, Applied>();
  /** By rule and key: how often the target refused it for something missing. */
  readonly #knocks = new Map<string, number>();
  /** By rule and key: what the last message said of the business it belongs to. */
  readonly #correlations = new Map<string, string>();
  /** Content of what became a dead letter. */
  readonly #buried = new Map<string, string>();
  #tickets = 0;

  constructor(
    environment: Environment,
    policies: Policies,
    { rules, ports }: { readonly rules: readonly Rule[]; readonly ports: Ports },
  ) {
    this.#environment = environment;
    this.#policies = policies;
    this.#rules = rules;
    this.#tools = {
      ...ports,
      policies,
      source: (job, from) => this.#source(job, from),
      fresh: (job, from, key) => this.#fresh(job, from, key),
      wasCreated: (lookup) => this.#memory.created.has(lookup),
      wasAsked: (lookup) => this.#memory.asked.has(lookup),
      versionOf: (job) => String(this.#read.get(job)?.version ?? job.version),
      createOnce: (job, creation) =>
        createOnce(policies, this.#memory, job, this.#isKnown(job), creation),
    };
    this.#queue = new JobQueue((job) => this.#work(job), policies, environment.clock);
    this.#reconciler = new Reconciler(rules, ports, environment.clock, (rule, key, item) => {
      const name = `${rule.name} ${key}`;
      const seen = content(item);
      // A dead letter is for a person to look at: the same document again would only be refused again.
      if (this.#applied.get(name)?.content === seen || this.#buried.get(name) === seen) return;
      if ((this.#knocks.get(name) ?? 0) >= mostKnocks) return;
      const correlationId = this.#correlations.get(name) ?? '';
      this.#add(rule, { key, version: 0, correlationId, isNew: false });
    });
  }

  get deadLetters(): readonly DeadLetter[] {
    return this.#queue.deadLetters;
  }

  /** Work accepted and not done. */
  get pending(): number {
    return this.#queue.pending;
  }

  start(): void {
    if (this.#policies.reconcile) this.#reconciler.start();
  }

  stop(): void {
    this.#reconciler.stop();
    this.#queue.stop();
  }

  webhook(request: WebhookRequest): WebhookAnswer {
    if (this.#policies.verifySignature && !this.#genuine(request)) return answer(401);
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
    return answer(204);
  }

  #accept(rule: Rule, told: News): void {
    if (told.correlationId) this.#correlations.set(`${rule.name} ${told.key}`, told.correlationId);
    if (!this.#isApplied(`${rule.name} ${told.key}`, told.version)) this.#add(rule, told);
  }

  #add(rule: Rule, told: News): void {
    const ticket = `${rule.name}/${told.key}/${++this.#tickets}`;
    this.#queue.add({ rule: rule.name, ticket, attempts: 0, ...told });
  }

  /** What was refused for something missing again and again is left to people in the end. */
  #settled(error: unknown, name: string): unknown {
    const status = error instanceof CallFailed && error.kind === 'missingParent' && error.status;
    if (!status) return error;
    const knocks = (this.#knocks.get(name) ?? 0) + 1;
    this.#knocks.set(name, knocks);
    return knocks < mostKnocks ? error : new CallFailed('refused', error.message, { status });
  }

  /** Whether the job's document was carried before, or was found by reading and may have been. */
  #isKnown(job: Job): boolean {
    return job.version === 0 || this.#applied.has(`${job.rule} ${job.key}`);
  }

  #isApplied(name: string, version: number): boolean {
    if (!this.#policies.deduplicate || version === 0) return false;
    return (this.#applied.get(name)?.version ?? 0) >= version;
  }

  async #work(job: Job): Promise<void> {
    const rule = this.#rules.find((each) => each.name === job.rule) as Rule;
    const name = `${job.rule} ${job.key}`;
    if (this.#isApplied(name, job.version)) return;
    try {
      await rule.sync(job, this.#tools);
      const read = this.#read.get(job);
      if (read) this.#applied.set(name, read);
    } catch (caught) {
      const error = this.#settled(caught, name);
      const read = this.#read.get(job);
      if (read && error instanceof CallFailed && error.kind === 'refused') {
        this.#buried.set(name, read.content);
      }
      throw error;
    } finally {
      this.#read.delete(job);
    }
  }

  async #source(job: Job, from: Source): Promise<any> {
    if (this.#policies.truth === 'message') {
      if (job.payload !== undefined) return job.payload;
      // A message that carries keys only is read at once, and the first answer is the truth.
      return (await from.read(job.key, { job })).body;
    }
    const read = await this.#fresh(job, from, job.key, job.version);
    this.#read.set(job, { version: read.version, content: content(read.listed ?? read.body) });
    return read.body;
  }

  /** A document no older than what was seen of it before: replicas and caches answer late. */
  async #fresh(job: Job, from: Readable, key: string, least = 0): Promise<Read> {
    const read = await from.read(key, { job });
    const place = `${from.name} ${key}`;
    const seen = Math.max(least, this.#seen.get(place) ?? 0);
    if (read.version < seen)
      throw new CallFailed('transient', `${place} is older than what is known of it`);
    this.#seen.set(place, read.version);
    return read;
  }

  #genuine({ headers, body }: WebhookRequest): boolean {
    const id = headers['webhook-id'] ?? '';
    const at = headers['webhook-timestamp'] ?? '';
    const age = Math.abs(this.#environment.clock.now() / 1000 - Number(at));
    if (!(age < 300)) return false;
    const key = Buffer.from(this.#environment.webhookSecret.replace(/^whsec_/, ''), 'base64');
    const expected = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
    return (headers['webhook-signature'] ?? '').split(' ').some((each) => {
      const given = Buffer.from(each.replace(/^v1,/, ''), 'base64');
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  }
}

const mostKnocks = 11;

type News = Omit<Job, 'rule' | 'ticket' | 'attempts'>;

interface Applied {
  readonly version: number;
  readonly content: string;
}

const content = (document: unknown): string =>
  createHash('sha1').update(JSON.stringify(document)).digest('base64');

const answer = (status: number): WebhookAnswer => ({ status, headers: {}, body: '' });
