/** `$batch` as clients send it: retrievals, changesets that hold together, references between parts. */
import { expect, test } from 'vitest';
import { type S4Answer, S4Bench, orderBody, services } from './testing/s4hana-bench.ts';

const { order } = services;
const json = 'Content-Type: application/json\r\nAccept: application/json';

const http = (line: string, body?: unknown, contentId?: string): string =>
  [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(contentId === undefined ? [] : [`Content-Id: ${contentId}`]),
    '',
    `${line} HTTP/1.1`,
    ...(body === undefined
      ? ['Accept: application/json', '', '']
      : [json, '', JSON.stringify(body)]),
    '',
  ].join('\r\n');

const multipart = (boundary: string, parts: readonly string[]): string =>
  `${parts.map((part) => `--${boundary}\r\n${part}`).join('')}--${boundary}--\r\n`;

const changeset = (...parts: readonly string[]): string =>
  `Content-Type: multipart/mixed; boundary=cs\r\n\r\n${multipart('cs', parts)}\r\n`;

const batch = (bench: S4Bench, ...parts: readonly string[]): S4Answer =>
  bench.call('POST', `${order}/$batch`, {
    body: multipart('b_1', parts),
    headers: { 'content-type': 'multipart/mixed;boundary=b_1' },
  });

const statuses = ({ text }: S4Answer): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));

const count = (bench: S4Bench): string => bench.get(`${order}/A_PurchaseOrder/$count`).text;

test('answers each part in a multipart of its own', () => {
  const bench = new S4Bench();
  const { text, status, headers } = batch(
    bench,
    changeset(
      http('POST A_PurchaseOrder', orderBody('PO-1'), 'first'),
      http(`POST ${order}/A_PurchaseOrder`, orderBody('PO-2')),
    ),
    http("GET A_PurchaseOrder('4500000002')?$select=PurchaseOrder"),
    http(`GET http://s4.example:8000${order}/A_PurchaseOrder?$top=1`),
    http("GET A_PurchaseOrder('1')"),
  );
  expect(status).toBe(202);
  const boundary = /^multipart\/mixed; boundary=(\w+)$/.exec(String(headers['content-type']))?.[1];
  expect(text.startsWith(`--${boundary}\r\n`)).toBe(true);
  expect(text.endsWith(`--${boundary}--`)).toBe(true);
  expect(statuses({ text } as S4Answer)).toEqual([201, 201, 200, 200, 404]);
  expect(text).toContain('content-id: first');
  expect(text).toContain('Content-ID: first\r\n');
  expect(count(bench)).toBe('2');
});

test('a changeset happens as a whole or not at all, and others beside it', () => {
  const bench = new S4Bench();
  const answer = batch(
    bench,
    changeset(
      http('POST A_PurchaseOrder', orderBody('PO-1')),
      http('POST A_PurchaseOrder', { ...orderBody('PO-2'), Supplier: 'NONE' }),
      http('POST A_PurchaseOrder', orderBody('PO-3')),
    ),
    changeset(http('POST A_PurchaseOrder', orderBody('PO-4'))),
  );
  expect(statuses(answer)).toEqual([400, 201]);
  expect(answer.text).toContain('06/321');
  const { d } = bench.get(`${order}/A_PurchaseOrder`);
  expect(d.results).toHaveLength(1);
  // The number of the order that was taken back is given to the next.
  expect(d.results[0]).toMatchObject({
    PurchaseOrder: '4500000001',
    CorrespncExternalReference: 'PO-4',
  });
});

test('a later part of a changeset refers to what an earlier one created', () => {
  const bench = new S4Bench();
  const item = { Material: 'M-1', Plant: '1010', OrderQuantity: '1', NetPriceAmount: '1' };
  const answer = batch(
    bench,
    changeset(
      http('POST A_PurchaseOrder', orderBody(), '1'),
      http('POST $1/to_PurchaseOrderItem', item, '2'),
      http('PATCH $2', { OrderQuantity: '2' }),
    ),
  );
  expect(statuses(answer)).toEqual([201, 201, 204]);
  expect(bench.get(`${order}/A_PurchaseOrder('4500000001')/to_PurchaseOrderItem/$count`).text).toBe(
    '4',
  );
});

test('lists see what the batch has done so far', () => {
  const bench = new S4Bench();
  const answer = batch(
    bench,
    changeset(http('POST A_PurchaseOrder', orderBody('PO-1'))),
    http("GET A_PurchaseOrder?$filter=Supplier%20eq%20'100001'&$select=PurchaseOrder"),
  );
  expect(answer.text).toContain('"PurchaseOrder":"4500000001"}]}');
});

test.each([
  ['no boundary', 'multipart/mixed', multipart('b_1', [])],
  ['no end', 'multipart/mixed;boundary=b_1', '--b_1\r\n'],
  [
    'no request',
    'multipart/mixed;boundary=b_1',
    multipart('b_1', ['Content-Type: application/http\r\n\r\nfoo\r\n']),
  ],
])('%s is 400', (_what, type, body) => {
  const bench = new S4Bench();
  const answer = bench.call('POST', `${order}/$batch`, { body, headers: { 'content-type': type } });
  expect(answer.status).toBe(400);
  expect(answer.error.code).not.toBe('');
});

test('a change outside of a changeset is refused in its place', () => {
  const bench = new S4Bench();
  const answer = batch(bench, http('POST A_PurchaseOrder', orderBody()));
  expect(statuses(answer)).toEqual([400]);
  expect(count(bench)).toBe('0');
});
