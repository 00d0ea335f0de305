/**
 * A toxic is one function over the stub that it gets for each connection: it receives chunks, waits,
 * and sends them on. Whatever it awaits comes back at once with `interrupt` when the toxic is changed
 * or removed, and then it hands over what it holds and returns.
 */
import type { Chunk } from './channel.ts';
import type { FieldValue, Fields } from './go-json-decode.ts';

/** `end` once the sender closed, `interrupt` when the toxic has to give way, `elapsed` for time. */
export type Received = Chunk | 'end' | 'interrupt';

export interface ToxicStub {
  receive(): Promise<Received>;
  /** As `receive`, but no longer than `withinMs`. */
  receive(withinMs: number): Promise<Received | 'elapsed'>;
  /** Waits, with fractions of a millisecond; `false` when it was interrupted. */
  wait(delayMs: number): Promise<boolean>;
  /** Hands a chunk on and waits until the next has room for more. */
  send(chunk: Chunk): Promise<void>;
  /** Ends what comes after: the link's receiver is closed. */
  close(): void;
  /** The pace's time, in milliseconds. */
  now(): number;
  /** The next draw of this toxic on this connection; the same in every run with one seed. */
  readonly draw: () => number;
  /** What `newState` made for this connection; survives updates of the toxic. */
  readonly state: unknown;
  /** The connection as a whole, for toxics that see requests. */
  readonly connection: ConnectionHandle;
}

/** What a toxic may do to its connection besides delaying and dropping bytes. */
export interface ConnectionHandle {
  /** Cuts both sides with a RST. */
  reset(): void;
  /** Sends bytes to the client as if they came from upstream. */
  answer(bytes: string): void;
  /** Cuts the connection as soon as upstream answers. */
  loseAnswer(): void;
  /** Whether the share `toxicity` strikes this request; the same in every run with one seed. */
  strikes(request: string): boolean;
}

export type Attributes = Readonly<Record<string, number | string>>;

export interface ToxicType {
  /** The name in the API. */
  readonly type: string;
  /** Toxiproxy's name of its struct, which its errors mention. */
  readonly goName: string;
  /** In the order in which they are shown. Numbers default to 0, texts to empty. */
  readonly attributes: Fields;
  readonly defaults?: Readonly<Record<string, FieldValue>>;
  /** Chunks that it may hold besides the one at hand; default 0. */
  readonly bufferSize?: number;
  /** The only stream that it works on. */
  readonly stream?: 'upstream';
  /** Connections opened while it is there end with a RST. */
  readonly resets?: true;
  /** Removing it closes the connection. */
  readonly closesWhenRemoved?: true;
  /** It draws its toxicity for each request by itself. */
  readonly drawsPerRequest?: true;
  newState?(): unknown;
  /** Comes back when it closed the stub or was interrupted. */
  pipe(stub: ToxicStub, attributes: Attributes): Promise<void>;
}
