/** Every endpoint of every `plain` dialect against its contract, with good requests and with bad ones. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { erp, procurement, wms } from '../index.ts';
import { type Step, business } from './testing/business.ts';
import { ContractCheck, type Route } from './testing/contract-check.ts';
import { masterData } from './testing/master-data.ts';
import { PlainBench } from './testing/plain-bench.ts';
import { junk, mutatedBody } from '../testing/mutated-body.ts';

const factories = { erp, procurement, wms } as const;
const names = Object.keys(factories) as (keyof typeof factories)[];

const benchOf = (name: keyof typeof factories): PlainBench =>
  new PlainBench(name, factories[name]({ masterData }));

const mutations = {
  junk: junk(['2026-13-01', 'PO-0000001', 'M-2', '100002', 'KGM', 'BX']),
  extra: ['extra', 'a/b~c', ''],
};

const oddHeaders = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'accept',
    'if-match',
    'if-none-match',
    'idempotency-key',
    'x-correlation-id',
    'traceparent',
    'authorization',
  ),
  fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom('*/*', 'application/json', '"1"', 'W/"1"', '*', 'text/html', 'Bearer x', 'k-1'),
  ),
  { maxKeys: 2 },
);

const oddQuery = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(
          'limit',
          'cursor',
          'changedSince',
          'after',
          'status',
          'externalReference',
          'x',
        ),
        fc.string({ maxLength: 30 }),
      )
      .map(([name, value]) => `?${name}=${value.replaceAll('#', '')}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('?%zz', '?limit=0', '?limit=201', '?a&a', '?cursor=cC4x'),
  },
);

const oddSegment = fc.oneof(
  fc
    .string({ unit: 'binary', maxLength: 20 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom('%', '%zz', '..', '4500000000', '2026', '__proto__', 'x'.repeat(300)),
);

/** What stands under a `schema` anywhere in the document. */
function schemasIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'schema' ? [each as object] : name === 'schemas' ? [] : schemasIn(each),
  );
}

describe.each(names)('%s', (name) => {
  test('does ordinary business, and answers as its contract says', () => {
    const bench = benchOf(name);
    const check = new ContractCheck(bench);
    const seen: string[] = [];
    business(bench, (step, status) => seen.push(`${status} ${step.method} ${step.path}`));
    expect(seen.filter((each) => !each.startsWith('2'))).toEqual([]);
    for (const route of check.routes.filter(
      (each) => each.method === 'GET' && !each.path.includes('{'),
    )) {
      const answered = bench.call('GET', route.path);
      expect(check.complaint(route, answered), route.path).toBeUndefined();
      for (const document of (answered.json.items ?? []) as Record<string, string>[]) {
        const one = check.routes.find(
          (each) => each.method === 'GET' && each.path.startsWith(`${route.path}/{`),
        );
        if (one === undefined || route.path === '/v1/events') continue;
        const target = one.path.replaceAll(/\{(\w+)\}/g, (_all, key: string) =>
          encodeURIComponent(document[key] as string),
        );
        const read = bench.call('GET', target);
        expect(check.complaint(one, read), target).toBeUndefined();
        expect(read.json).toEqual(document);
      }
    }
  });

  test('answers each step of the business as its contract says', () => {
    const bench = benchOf(name);
    const check = new ContractCheck(bench);
    const complaints: string[] = [];
    const call = bench.call.bind(bench);
    bench.call = (method, target, asked) => {
      const answered = call(method, target, asked);
      pending = answered;
      return answered;
    };
    let pending = call('GET', '/v1/events');
    business(bench, (step) => {
      const complaint = check.complaint(step, pending);
      if (complaint) complaints.push(`${step.method} ${step.path}: ${complaint}`);
    });
    expect(complaints).toEqual([]);
  });

  test('refuses a bad request as a problem, and is left as it was', () => {
    const bench = benchOf(name);
    const check = new ContractCheck(bench);
    const steps = business(bench, () => undefined);
    const stepFor = (route: Route): Step | undefined =>
      steps.find((step) => step.method === route.method && step.path === route.path);
    let refused = 0;
    const bad = fc.constantFrom(...check.routes).chain((route) => {
      const step = stepFor(route);
      const body = step?.body ?? { reason: 'because', exported: true };
      const blank = fc.array(oddSegment, { minLength: 5, maxLength: 5 }).map((segments) => {
        let index = 0;
        return route.path.replaceAll(/\{\w+\}/g, () => segments[index++] as string);
      });
      const target = step === undefined ? blank : fc.oneof(fc.constant(step.target), blank);
      const sent = route.method === 'GET' ? fc.constant('') : mutatedBody(body, mutations);
      return fc.record({
        route: fc.constant(route),
        target,
        query: oddQuery,
        body: sent,
        headers: oddHeaders,
      });
    });
    const property = fc.property(bad, ({ route, target, query, body, headers }) => {
      const before = bench.state();
      const answered = bench.call(route.method, target + query, { body, headers });
      if (answered.status < 400) {
        expect(check.complaint(route, answered), `${route.method} ${target}`).toBeUndefined();
        return;
      }
      refused++;
      expect(check.complaint(route, answered), `${route.method} ${target}`).toBeUndefined();
      expect(bench.state()).toBe(before);
    });
    fc.assert(property, { numRuns: 1500 });
    expect(refused).toBeGreaterThan(500);
  });

  test('publishes every route in an OpenAPI document whose schemas are schemas', () => {
    const bench = benchOf(name);
    const { contract, routes } = new ContractCheck(bench);
    const operations = new Set(routes.map(({ operation }) => operation.operationId));
    expect(operations.size).toBe(routes.length);
    for (const { method, path, operation } of routes) {
      const target = path.replaceAll(/\{\w+\}/g, 'x');
      const request = bench.request(method, target, {});
      const identified = bench.system.identify(request);
      if (path.startsWith('/v1/') || path === '/oauth/token') {
        expect(identified.name).toBe(operation.operationId);
      }
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (operation.parameters ?? []).filter((each) => each.in === 'path');
      expect(declared.map((each) => each.name)).toEqual(inPath);
      expect(Object.keys(operation.responses)).toContain('default');
    }
    const text = JSON.stringify(contract);
    const schemas = (contract as unknown as { components: { schemas: object } }).components.schemas;
    for (const [, title] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      expect(schemas).toHaveProperty(title as string);
    }
    expect(text).not.toContain('x-decimal');
    const ajv = new Ajv2020({ strict: false });
    const found = schemasIn(contract);
    expect(found.length).toBeGreaterThan(routes.length);
    for (const schema of [...Object.values(schemas), ...found] as object[]) {
      expect(ajv.validateSchema(schema), JSON.stringify(schema).slice(0, 200)).toBe(true);
    }
  });
});
