/** Reads documents at their source: no older than what is known of them, or as the policies have it. */
import { hash } from 'node:crypto';
import { CallFailed } from './call-failed.ts';
import type { Time } from './environment.ts';
import type { Applied, Kept } from './kept.ts';
import type { Job, Policies } from './policies.ts';
import type { Read, Source } from './ports.ts';
import type { Readable } from './rule.ts';

/** A message that something newer made meaningless. */
export class Overtaken extends Error {}

export class DocumentReader {
  /** What was read for the jobs under way. */
  readonly read = new Map<Job, Applied>();
  readonly #policies: Policies;
  readonly #clock: Time;
  readonly #kept: Kept;
  readonly #cached = new Map<string, { readonly at: number; readonly read: Read }>();

  constructor(policies: Policies, clock: Time, kept: Kept) {
    this.#policies = policies;
    this.#clock = clock;
    this.#kept = kept;
  }

  async source(job: Job, from: Source): Promise<any> {
    if (this.#policies.truth !== 'source') {
      if (this.#policies.truth === 'newest') this.#takeEffect(job);
      if (job.payload !== undefined) return job.payload;
      // A message that carries keys only is read at once, and the first answer is the truth.
      return (await from.read(job.key, { job })).body;
    }
    const read = await this.fresh(job, from, job.key, job.version);
    this.read.set(job, { version: read.version, content: content(read.listed ?? read.body) });
    return read.body;
  }

  /** Nothing older than what had an effect has one. */
  #takeEffect({ rule, key, version }: Job): void {
    const { effective } = this.#kept;
    const name = `${rule} ${key}`;
    if (version < (effective.get(name) ?? 0)) throw new Overtaken();
    effective.set(name, version);
  }

  /** A document no older than what was seen of it before: replicas and caches answer late. */
  async fresh(job: Job, from: Readable, key: string, least = 0): Promise<Read> {
    const place = `${from.name} ${key}`;
    if (this.#policies.cacheMs > 0 && isReference(from, job))
      return this.#cachedRead(job, from, key, least);
    const read = await from.read(key, { job });
    const { seen } = this.#kept;
    const known = Math.max(least, seen.get(place) ?? 0);
    if (read.version < known)
      throw new CallFailed('transient', `${place} is older than what is known of it`);
    seen.set(place, read.version);
    return read;
  }

  /** News makes it read again, once; whatever is answered then serves until it is too old. */
  async #cachedRead(job: Job, from: Readable, key: string, least: number): Promise<Read> {
    const now = this.#clock.now();
    const place = `${from.name} ${key}`;
    const cached = this.#cached.get(place);
    const serves = cached !== undefined && now - cached.at < this.#policies.cacheMs;
    if (serves && (cached.read.version >= least || job.attempts > 1)) return cached.read;
    const read = await from.read(key, { job });
    this.#cached.set(place, { at: now, read });
    return read;
  }
}

/** Orders, for whoever does not wait for news of them. */
const isReference = ({ name }: Readable, { rule }: Job): boolean =>
  name.endsWith('purchase-orders') && !rule.startsWith('acknowledgement');

/** Names of the content of long documents, as long as somebody has them: they are read again and again. */
const contents = new WeakMap<object, string>();
const longCharacters = 2000;

/** Names a document's content. */
export function content(document: object): string {
  const known = contents.get(document);
  if (known !== undefined) return known;
  const text = JSON.stringify(document);
  const name = hash('sha1', text, 'base64');
  if (text.length >= longCharacters) contents.set(document, name);
  return name;
}
