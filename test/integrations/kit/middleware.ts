/**
 * A middleware between procurement, ERP and WMS: takes webhooks in, keeps them as jobs, works them
 * off by rules, and reconciles now and then. How careful it is, its policies say.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ApiClient, CallFailed } from './api-client.ts';
import type { Environment } from './environment.ts';
import { type DeadLetter, JobQueue } from './job-queue.ts';
import type { Job, Policies } from './policies.ts';
import { Reconciler } from './reconciler.ts';
import type { Creation, Rule, Tools } from './rule.ts';

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
  readonly #memory: Memory = { sent: new Map(), created: new Map() };
  readonly #read = new Map<Job, Applied>();
  /** By rule and key: how often the target refused it for something missing. */
  readonly #knocks = new Map<string, number>();
  /** Content of what became a dead letter. */
  readonly #buried = new Map<string, string>();
  #tickets = 0;

  constructor(environment: Environment, policies: Policies, rules: readonly Rule[]) {
    this.#environment = environment;
    this.#policies = policies;
    this.#rules = rules;
    const client = (name: string): ApiClient => new ApiClient(name, environment, policies);
    this.#tools = {
      procurement: client('procurement'),
      erp: client('erp'),
      wms: client('wms'),
      policies,
      source: (job, from, path) => this.#source(job, from, path),
      fresh: (job, from, path) => this.#fresh(job, from, path),
      wasCreated: (lookup) => this.#memory.created.has(lookup),
      versionOf: (job) => String(this.#read.get(job)?.version ?? job.version),
      createOnce: (job, to, creation) =>
        createOnce(policies, this.#memory, job, this.#isKnown(job), to, creation),
    };
    this.#queue = new JobQueue((job) => this.#work(job), policies, environment.clock);
    this.#reconciler = new Reconciler(rules, this.#tools, environment.clock, (rule, key, item) => {
      const name = `${rule.name} ${key}`;
      const seen = content(item);
      // A dead letter is for a person to look at: the same document again would only be refused again.
      if (this.#applied.get(name)?.content === seen || this.#buried.get(name) === seen) return;
      if ((this.#knocks.get(name) ?? 0) >= mostKnocks) return;
      this.#add(rule, { key, version: 0, correlationId: '', isNew: false });
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
    const system = request.path.split('/').at(-1);
    const type = eventType(String(event.type));
    for (const rule of this.#rules) {
      if (rule.from !== system || !rule.events.includes(type)) continue;
      this.#accept(rule, {
        key: String(event.subject),
        version: Number(event.version ?? 0),
        correlationId: String(event.correlationid ?? ''),
        payload: event.data,
        isNew: type === rule.events[0],
      });
    }
    return answer(204);
  }

  #accept(rule: Rule, told: Told): void {
    if (!this.#isApplied(`${rule.name} ${told.key}`, told.version)) this.#add(rule, told);
  }

  #add(rule: Rule, told: Told): void {
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

  async #source(job: Job, from: ApiClient, path: string): Promise<any> {
    if (this.#policies.truth === 'message' && job.payload !== undefined) return job.payload;
    const read = await this.#fresh(job, from, path, job.version);
    this.#read.set(job, { version: read.version, content: content(read.body) });
    return read.body;
  }

  /** A document no older than what was seen of it before: replicas and caches answer late. */
  async #fresh(job: Job, from: ApiClient, path: string, least = 0): Promise<Fresh> {
    const { body, etag } = await from.get(path, { job });
    const version = Number(etag?.replaceAll('"', '') ?? 0);
    const place = `${from.name}${path}`;
    const seen = Math.max(least, this.#seen.get(place) ?? 0);
    if (version < seen)
      throw new CallFailed('transient', `${path} is older than what is known of it`);
    this.#seen.set(place, version);
    return { body, version };
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

interface Memory {
  /** By idempotency key: the body that was sent with it. */
  readonly sent: Map<string, unknown>;
  /** By look-up: what was answered to its creation. */
  readonly created: Map<string, any>;
}

export interface Fresh {
  readonly body: any;
  readonly version: number;
}

const mostKnocks = 11;

type Told = Omit<Job, 'rule' | 'ticket' | 'attempts'>;

interface Applied {
  readonly version: number;
  readonly content: string;
}

const content = (document: unknown): string =>
  createHash('sha1').update(JSON.stringify(document)).digest('base64');

/** Idempotency by business key: look first, create with a key of its own, look again when the key was used. */
async function createOnce(
  policies: Policies,
  memory: Memory,
  job: Job,
  known: boolean,
  to: ApiClient,
  creation: Creation,
): Promise<any> {
  const idempotencyKey = policies.idempotencyKey(job, creation.step);
  // A key that was never sent protects the first attempt by itself; anything else looks first.
  const first =
    idempotencyKey !== undefined &&
    job.attempts === 1 &&
    !known &&
    !memory.sent.has(idempotencyKey);
  const crosswalk =
    policies.lookBeforeCreate || job.isNew ? undefined : memory.created.get(creation.lookup);
  if (crosswalk !== undefined) return crosswalk;
  if (policies.lookBeforeCreate && !first) {
    const found = await lookUp(job, to, creation);
    if (found !== undefined) return found;
  }
  // A key stands for one body: what changed since the first attempt is a change, made afterwards.
  const body = (idempotencyKey && memory.sent.get(idempotencyKey)) ?? creation.body;
  if (idempotencyKey) memory.sent.set(idempotencyKey, body);
  try {
    const created = await to.call(creation.path, { method: 'POST', body, job, idempotencyKey });
    memory.created.set(creation.lookup, created.body);
    return created.body;
  } catch (error) {
    const refused = error instanceof CallFailed && error.kind !== 'transient';
    if (refused && idempotencyKey) memory.sent.delete(idempotencyKey);
    if (!(error instanceof CallFailed) || !/idempotency|duplicate/.test(error.rule ?? ''))
      throw error;
    const found = await lookUp(job, to, creation);
    if (found !== undefined) return found;
    throw new CallFailed('transient', 'created before, and not to be seen yet');
  }
}

/** The document that is there for the business key, in a list or by itself. */
async function lookUp(job: Job, to: ApiClient, { lookup }: Creation): Promise<any> {
  const found = await to.find(lookup, { job });
  return found?.body.items === undefined ? found?.body : found.body.items[0];
}

/** `seatrial.procurement.purchase-order.issued.v1` -> `purchase-order.issued`. */
const eventType = (type: string): string => type.split('.').slice(2, -1).join('.');

const answer = (status: number): WebhookAnswer => ({ status, headers: {}, body: '' });
