/**
 * One direction of a connection: from the socket it reads, through the stubs of the toxics, to the
 * socket it writes. Without toxics a chunk goes from socket to socket in the turn it came in.
 */
import type { Socket } from 'node:net';
import { Channel, type Sink } from './channel.ts';
import type { PlacedToxic } from './placed-toxic.ts';
import type { Pace } from './pace.ts';
import { Stub } from './stub.ts';
import type { ConnectionHandle } from './toxic.ts';
import { passAll } from './toxics/noop.ts';

export interface LinkOptions {
  readonly source: Socket;
  readonly receiver: Socket;
  readonly pace: Pace;
  /** The number of the connection, from 1. */
  readonly number: number;
  handle(toxic: PlacedToxic): ConnectionHandle;
  /** Closes the receiver once all is written. */
  finish(): void;
  /** The first bytes to the receiver go through here; `false` keeps them. */
  mayPass(): boolean;
}

const smallBytes = 4096;

interface Stage {
  readonly toxic: PlacedToxic;
  readonly stub: Stub;
}

export class Link implements Sink {
  onRoom: (() => void) | undefined;
  received = 0;
  sent = 0;
  readonly #options: LinkOptions;
  readonly #source: Socket;
  readonly #receiver: Socket;
  readonly #stages: Stage[] = [];
  /** Where the source's bytes go; none without toxics. */
  #entry: Channel | undefined;
  #inputEnded = false;
  #finished = false;

  constructor(options: LinkOptions, toxics: readonly PlacedToxic[]) {
    this.#options = options;
    this.#source = options.source;
    this.#receiver = options.receiver;
    for (const toxic of toxics) this.#append(toxic);
    for (const stage of this.#stages) this.#run(stage);
    this.#source.on('data', (data: Buffer) => this.take(data));
    this.#receiver.on('drain', () => {
      this.onRoom?.();
      if (this.#entry === undefined) this.#flow();
    });
  }

  get finished(): boolean {
    return this.#finished;
  }

  /** The source said that it sends no more, or is gone. */
  inputEnd(): void {
    if (this.#inputEnded) return;
    this.#inputEnded = true;
    if (this.#entry === undefined) this.end();
    else this.#entry.end();
  }

  /** The receiver is gone. */
  abandon(): void {
    this.#finished = true;
    for (const { stub } of this.#stages) stub.abandon();
    this.#source.pause();
  }

  async add(toxic: PlacedToxic): Promise<void> {
    const last = this.#stages.at(-1);
    if (last !== undefined) await last.stub.interrupt();
    if (this.#finished || last?.stub.closed === true) return;
    this.#append(toxic);
    this.#run(this.#stages.at(-1) as Stage);
    if (last !== undefined) this.#run(last);
    this.#flow();
  }

  async update(toxic: PlacedToxic): Promise<void> {
    const stage = this.#stages.find((each) => each.toxic === toxic);
    if (stage !== undefined && (await stage.stub.interrupt())) this.#run(stage);
  }

  /** Hands over at once what the toxic held, and the order of bytes stays. */
  async remove(toxic: PlacedToxic): Promise<void> {
    const stage = this.#stages.find((each) => each.toxic === toxic);
    if (stage === undefined || !(await stage.stub.interrupt())) return;
    const { stub } = stage;
    if (toxic.type.closesWhenRemoved === true) return stub.close();
    const place = this.#stages.indexOf(stage);
    const before = this.#stages[place - 1];
    if (before !== undefined) await before.stub.interrupt();
    stub.drain();
    this.#stages.splice(place, 1);
    if (before !== undefined) {
      before.stub.output = stub.output;
      this.#run(before);
    } else {
      this.#enter(this.#stages[0]?.stub.input);
    }
    this.#flow();
  }

  put({ data }: { readonly data: Buffer }): void {
    if (this.#finished || !this.#options.mayPass()) return;
    this.sent += data.length;
    this.#receiver.write(data);
  }

  get full(): boolean {
    return this.#receiver.writableNeedDrain && !this.#finished;
  }

  end(): void {
    if (this.#finished) return;
    this.#finished = true;
    this.#source.pause();
    this.#options.finish();
  }

  /** Takes what the source sent; says whether the memory is free again. */
  take(data: Buffer): boolean {
    this.received += data.length;
    if (this.#entry !== undefined) {
      // What is kept of a large piece of memory keeps all of it.
      const kept = data.length < smallBytes ? Buffer.from(data) : data;
      this.#entry.put({ data: kept, at: this.#options.pace.now() });
      if (this.#entry.full) this.#source.pause();
      return kept !== data;
    }
    this.put({ data });
    const waiting = this.#receiver.writableLength > 0;
    if (waiting && this.#receiver.writableNeedDrain) this.#source.pause();
    return !waiting;
  }

  /** Reads on when there is room. */
  #flow(): void {
    if (this.#finished || this.#source.destroyed) return;
    if (this.#entry === undefined ? !this.full : !this.#entry.full) this.#source.resume();
  }

  #append(toxic: PlacedToxic): void {
    const { pace, number, handle } = this.#options;
    const input = new Channel(toxic.type.bufferSize ?? 0);
    const last = this.#stages.at(-1);
    if (last === undefined) this.#enter(input);
    else last.stub.output = input;
    let draws = 0;
    const stub = new Stub({
      input,
      output: this,
      pace,
      connection: handle(toxic),
      state: toxic.type.newState?.(),
      draw: () => toxic.draw(number, ++draws),
    });
    this.#stages.push({ toxic, stub });
  }

  #enter(entry: Channel | undefined): void {
    this.#entry = entry;
    if (entry === undefined) return;
    entry.onRoom = () => this.#flow();
    if (this.#inputEnded) entry.end();
  }

  #run({ toxic, stub }: Stage): void {
    const strikes = toxic.strikes(this.#options.number);
    stub.run((each) => (strikes ? toxic.type.pipe(each, toxic.attributes) : passAll(each)));
  }
}
