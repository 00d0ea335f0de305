/**
 * Finds the requests in the bytes of a connection that speaks HTTP/1.1: where each begins, and which
 * bytes are its own. What is no HTTP, or stops being it (an upgrade), passes as it is.
 */

export interface RequestPart {
  readonly bytes: Buffer;
  /** With the first bytes of a request: `POST /v1/orders`. */
  readonly request?: { readonly method: string; readonly target: string };
  /** The last bytes of the request. */
  readonly last?: true;
}

const longestHead = 64 * 1024;
const requestLine = /^([A-Z]+) (\S+) HTTP\/1\.[01]\r\n/;

export class RequestReader {
  #held: Buffer = Buffer.alloc(0);
  /** Bytes of the body still to come; a chunked one is read chunk by chunk. */
  #left = 0;
  #chunked = false;
  /** The last chunk was announced; what is left is the line that ends it. */
  #trailer = false;
  #raw = false;

  /** The parts that are complete enough to be let through, in order. */
  read(data: Buffer): RequestPart[] {
    const parts: RequestPart[] = [];
    this.#held = this.#held.length === 0 ? data : Buffer.concat([this.#held, data]);
    for (let part = this.#next(); part !== undefined; part = this.#next()) parts.push(part);
    return parts;
  }

  /** Gives up looking for requests, and gives back what is held of one. */
  release(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    if (held.length > 0) this.#raw = true;
    return held;
  }

  #next(): RequestPart | undefined {
    if (this.#held.length === 0) return undefined;
    if (this.#raw) return { bytes: this.#cut(this.#held.length) };
    if (this.#left > 0) return this.#body();
    return this.#chunked ? this.#chunkSize() : this.#head();
  }

  #cut(length: number): Buffer {
    const bytes = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return bytes;
  }

  #body(): RequestPart {
    const bytes = this.#cut(Math.min(this.#left, this.#held.length));
    this.#left -= bytes.length;
    if (this.#left > 0 || this.#chunked) return { bytes };
    return { bytes, last: true };
  }

  #chunkSize(): RequestPart | undefined {
    const end = this.#held.indexOf('\r\n');
    if (end < 0) return undefined;
    if (this.#trailer) {
      const bytes = this.#cut(end + 2);
      if (bytes.length > 2) return { bytes };
      this.#chunked = false;
      this.#trailer = false;
      return { bytes, last: true };
    }
    const size = Number.parseInt(this.#held.subarray(0, end).toString('latin1'), 16);
    const bytes = this.#cut(end + 2);
    if (Number.isNaN(size)) this.#raw = true;
    else if (size === 0) this.#trailer = true;
    else this.#left = size + 2;
    return { bytes };
  }

  #head(): RequestPart | undefined {
    const end = this.#held.indexOf('\r\n\r\n');
    if (end < 0 && this.#held.length < longestHead && couldBegin(this.#held)) return undefined;
    const head = this.#held.subarray(0, end + 2).toString('latin1');
    const line = end < 0 ? null : requestLine.exec(head);
    if (line === null) {
      this.#raw = true;
      return this.#next();
    }
    const bytes = this.#cut(end + 4);
    const request = { method: line[1] as string, target: line[2] as string };
    if (/\r\nupgrade:/i.test(head) || request.method === 'CONNECT') this.#raw = true;
    this.#chunked = /\r\ntransfer-encoding:[^\r]*chunked/i.test(head);
    this.#left = this.#chunked ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    return this.#left === 0 && !this.#chunked ? { bytes, request, last: true } : { bytes, request };
  }
}

/** Whether the bytes may be the beginning of a request: TLS and the like are let through at once. */
const couldBegin = (held: Buffer): boolean =>
  /^[A-Z]+($| )/.test(held.subarray(0, 16).toString('latin1'));
