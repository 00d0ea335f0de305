/**
 * A `Response` that costs little: the answer of a simulated system is text that is already there, so
 * the streams of a real Response are made only when somebody asks for them.
 */
import type { WireReply } from '../wire.ts';

export class LeanResponse {
  readonly status: number;
  readonly url: string;
  readonly redirected = false;
  readonly type = 'default';
  readonly statusText = '';
  readonly #reply: WireReply;
  #headers: Headers | undefined;
  #full: Response | undefined;
  #used = false;

  constructor(reply: WireReply, url: string) {
    this.#reply = reply;
    this.status = reply.status;
    this.url = url;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get headers(): Headers {
    this.#headers ??= headersOf(this.#reply);
    return this.#headers;
  }

  get bodyUsed(): boolean {
    return this.#full?.bodyUsed ?? this.#used;
  }

  get body(): ReadableStream<Uint8Array> | null {
    return this.#real().body;
  }

  text(): Promise<string> {
    if (this.#full) return this.#full.text();
    if (this.#used)
      return Promise.reject(new TypeError('Body is unusable: Body has already been read'));
    this.#used = true;
    return Promise.resolve(this.#reply.body);
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async bytes(): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.text());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer as ArrayBuffer;
  }

  blob(): Promise<Blob> {
    return this.#real().blob();
  }

  formData(): Promise<FormData> {
    return this.#real().formData();
  }

  clone(): Response {
    if (this.bodyUsed) throw new TypeError('Response.clone: Body has already been consumed.');
    return this.#full?.clone() ?? asResponse(new LeanResponse(this.#reply, this.url));
  }

  #real(): Response {
    this.#full ??= new Response(bodyless(this.status) ? null : this.#reply.body, {
      status: this.status,
      headers: this.headers,
    });
    return this.#full;
  }
}

// Libraries check `instanceof Response`; every member it would inherit is defined above.
Object.setPrototypeOf(LeanResponse.prototype, Response.prototype);

/** Statuses that the Fetch standard gives a null body. */
export const bodyless = (status: number): boolean =>
  status === 204 || status === 205 || status === 304;

export const asResponse = (lean: LeanResponse): Response => lean as unknown as Response;

export function headersOf(reply: WireReply): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(reply.headers)) {
    for (const each of typeof value === 'string' ? [value] : value) headers.append(name, each);
  }
  return headers;
}
