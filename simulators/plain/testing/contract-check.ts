/** Holds answers against the contract that the system itself publishes. */
import { type ValidateFunction, Ajv2020 } from 'ajv/dist/2020.js';
import type { Answered, PlainBench } from './plain-bench.ts';

interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ContractOperation>>>>;
}

interface ContractOperation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: { readonly $ref?: string } }>>;
  };
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: ContractOperation;
}

const escape = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');

export class ContractCheck {
  readonly contract: Contract;
  readonly routes: readonly Route[];
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(bench: PlainBench) {
    this.contract = bench.call('GET', '/v1/openapi.json').json as Contract;
    this.#ajv.addSchema(this.contract, 'contract');
    this.routes = Object.entries(this.contract.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        method: method.toUpperCase(),
        path,
        operation,
      })),
    );
  }

  /** What is wrong with the answer; `undefined` when nothing is. */
  complaint(
    { method, path }: Pick<Route, 'method' | 'path'>,
    answered: Answered,
  ): string | undefined {
    const { status, json } = answered;
    const name = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = this.contract.paths[path]?.[name];
    const responses = operation?.responses ?? {};
    if (status >= 400) {
      if (path === '/oauth/token' && 'error' in (json as object)) return undefined;
      return this.problem(answered);
    }
    if (!(String(status) in responses))
      return `${method} ${path}: ${status} is not in the contract`;
    if (status === 304 || method === 'HEAD') return undefined;
    const at = `#/paths/${escape(path)}/${name}/responses/${status}/content/application~1json/schema`;
    return this.#matches(at, json);
  }

  /** What is wrong with a refusal. */
  problem({ status, headers, json }: Answered): string | undefined {
    if (status >= 500) return `status ${status}`;
    if (headers['content-type'] !== 'application/problem+json') return `not a problem: ${status}`;
    if ((json as { status: number }).status !== status) return 'the problem has another status';
    return this.#matches('#/components/schemas/Problem', json);
  }

  #matches(pointer: string, value: unknown): string | undefined {
    let validate = this.#compiled.get(pointer);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: `contract${pointer}` });
      this.#compiled.set(pointer, validate);
    }
    return validate(value) ? undefined : this.#ajv.errorsText(validate.errors);
  }
}
