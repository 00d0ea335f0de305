/** A control server on a port of its own, asked over HTTP; every answer is held against the contract. */
import { type IncomingHttpHeaders, request } from 'node:http';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Console } from '../console-files.ts';
import { ControlPlane } from '../control-plane.ts';
import { type ControlServer, startControlServer } from '../control-server.ts';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Of a JSON body. */
  readonly json: any;
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { content?: Record<string, unknown>; $ref?: string }>
  >;
}

export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export const token = 'the-token-of-the-tests';

export class ControlBench {
  readonly plane = new ControlPlane();
  /** Faults of ours that the server noticed. */
  readonly faults: unknown[] = [];
  /** Operations that were answered below 400. */
  readonly exercised = new Set<string>();
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false });
  readonly #compiled = new Map<string, ValidateFunction>();
  #contract: Contract | undefined;
  #server: ControlServer | undefined;

  async open(console?: Console): Promise<this> {
    this.#server = await startControlServer({
      plane: this.plane,
      token,
      ...(console === undefined ? {} : { console }),
      onFault: (error) => this.faults.push(error),
    });
    this.#contract = (await this.raw({ method: 'GET', path: '/openapi.json' })).json as Contract;
    this.#ajv.addSchema(this.#contract, 'contract');
    return this;
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await this.plane.close();
  }

  get server(): ControlServer {
    return this.#server as ControlServer;
  }

  get contract(): Contract {
    return this.#contract as Contract;
  }

  /** As a client with the token asks. Throws when the answer is not what the contract says. */
  async call(method: string, path: string, body?: unknown): Promise<Answered> {
    const answered = await this.raw({
      method,
      path,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const complaint = this.complaint(method, path, answered);
    if (complaint !== undefined) throw new Error(complaint);
    return answered;
  }

  /** The same, and the body of a success. */
  async get(method: string, path: string, body?: unknown): Promise<any> {
    const { status, json, text } = await this.call(method, path, body);
    if (status >= 400) throw new Error(`${method} ${path} was refused: ${text}`);
    return json;
  }

  /** Exactly this, with nothing added. */
  raw({ method, path, headers = {}, body }: Asked): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const asking = request(
        { host: '127.0.0.1', port: this.server.port, method, path, headers },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on('data', (chunk: Buffer) => chunks.push(chunk));
          reply.on('error', reject);
          reply.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const isJson = (reply.headers['content-type'] ?? '').endsWith('json');
            const ndjson = reply.headers['content-type'] === 'application/x-ndjson';
            const json = isJson && !ndjson && text !== '' ? JSON.parse(text) : undefined;
            resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text, json });
          });
        },
      );
      asking.on('error', reject);
      asking.end(body);
    });
  }

  /** What is wrong with an answer by the contract; `undefined` when nothing is. */
  complaint(
    method: string,
    target: string,
    { status, headers, json, text }: Answered,
  ): string | undefined {
    const place = `${method} ${target}: ${status}`;
    if (status >= 500) return `${place} ${text}`;
    const found = this.#operation(method, target.split('?')[0] as string);
    if (status >= 400) {
      if (headers['content-type'] !== 'application/problem+json') return `${place} is no problem`;
      if (found && !(String(status) in found.operation.responses))
        return `${place} is undocumented`;
      return this.#invalid('#/components/schemas/Problem', json, place);
    }
    if (found === undefined) return `${place} is of no documented operation`;
    const { path, operation } = found;
    if (!(String(status) in operation.responses)) return `${place} is undocumented`;
    this.exercised.add(operation.operationId);
    const content = operation.responses[String(status)]?.content ?? {};
    const type = headers['content-type'];
    if (type === undefined) return text === '' ? undefined : `${place} has a body and no type`;
    if (!(type in content)) return `${place} is of the undocumented type ${type}`;
    if (type !== 'application/json') return undefined;
    const pointer = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      String(status),
      'content',
      type,
      'schema',
    ]
      .map((each) => encodeURIComponent(each.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    return this.#invalid(`#/${pointer}`, json, place);
  }

  #operation(method: string, path: string): { path: string; operation: Operation } | undefined {
    for (const [template, methods] of Object.entries(this.contract.paths)) {
      const shape = new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
      const operation = methods[method.toLowerCase()];
      if (operation !== undefined && shape.test(path)) return { path: template, operation };
    }
    return undefined;
  }

  #invalid(reference: string, value: unknown, place: string): string | undefined {
    let validate = this.#compiled.get(reference);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: `contract${reference}` });
      this.#compiled.set(reference, validate);
    }
    return validate(value) ? undefined : `${place}: ${this.#ajv.errorsText(validate.errors)}`;
  }
}
