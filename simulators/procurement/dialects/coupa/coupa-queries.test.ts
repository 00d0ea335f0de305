/** Paging, filters, ordering, and the shapes of answers. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CoupaBench, orderBody } from './testing/coupa-bench.ts';

const idsOf = (rows: readonly { id: number }[]): number[] => rows.map(({ id }) => id);

function withOrders(count: number): CoupaBench {
  const bench = new CoupaBench();
  for (let i = 0; i < count; i++) {
    const [line] = orderBody['order-lines'];
    bench.post('/api/purchase_orders', {
      ...orderBody,
      'order-lines': [{ ...line, quantity: String(i + 1) }],
    });
  }
  return bench;
}

describe('paging', () => {
  const bench = withOrders(120);

  test('shows 50 rows and no more, until an empty page', () => {
    const page = (query: string) => idsOf(bench.get(`/api/purchase_orders?${query}`).json);
    expect(page('')).toHaveLength(50);
    expect(page('limit=200')).toHaveLength(50);
    const all = [page('offset=0'), page('offset=50'), page('offset=100'), page('offset=150')];
    expect(all.flat()).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    expect(all.map((each) => each.length)).toEqual([50, 50, 20, 0]);
  });

  test('in any strides sees every row once', () => {
    const property = fc.property(fc.integer({ min: 1, max: 60 }), (limit) => {
      const stride = Math.min(limit, 50);
      const seen: number[] = [];
      for (let offset = 0; offset < 170; offset += stride) {
        const target = `/api/purchase_orders?limit=${limit}&offset=${offset}&return_object=limited`;
        seen.push(...idsOf(bench.get(target).json));
      }
      expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    });
    fc.assert(property, { numRuns: 10 });
  });

  test.each([
    'limit=0',
    'limit=x',
    'offset=-1',
    'dir=up',
    'order_by=nonsense',
    'order_by=supplier',
    'return_object=none',
    'fields=id',
    'fields={"a":1}',
    'filter=mine',
  ])('refuses %s', (query) => {
    expect(bench.get(`/api/purchase_orders?${query}`).status).toBe(400);
  });

  test('orders by an attribute, either way', () => {
    const get = (query: string) =>
      idsOf(bench.get(`/api/purchase_order_lines?limit=3&${query}`).json);
    expect(get('order_by=quantity')).toEqual([1001, 2001, 3001]);
    expect(get('order_by=quantity&dir=desc')).toEqual([120_001, 119_001, 118_001]);
    expect(get('dir=desc&offset=1')).toEqual([119_001, 118_001, 117_001]);
  });
});

describe('filters', () => {
  const bench = withOrders(12);
  bench.put('/api/purchase_orders/2/issue');
  bench.put('/api/purchase_orders/3/issue');
  bench.put('/api/purchase_orders/3?exported=true');
  const get = (query: string) => idsOf(bench.get(`/api/purchase_orders?${query}`).json);

  test.each([
    ['status=issued', [2, 3]],
    ['status=issued&exported=false', [2]],
    ['exported=true', [3]],
    ['id=4', [4]],
    ['id[in]=5,4,4,77', [4, 5]],
    ['po-number=PO-0000007', [7]],
    ['po_number[in]=PO-0000007,PO-0000001', [1, 7]],
    ['po_number[ends_with]=12', [12]],
    ['po-number[contains]=000001', [1, 10, 11, 12]],
    ['po-number[starts-with]=PO-0&id[lt]=3', [1, 2]],
    ['status[not_eq]=draft', [2, 3]],
    ['status[in]=issued,closed', [2, 3]],
    ['status[not_in]=draft,issued', []],
    ['supplier[name]=Supplier%20100001&id[gt_or_eq]=11', [11, 12]],
    ['supplier[name][gt]=Supplier%20100001', []],
    ['supplier_id=1&id[lt_or_eq]=1', [1]],
    ['supplier[nonsense]=1', undefined],
    ['order-lines[quantity][gt]=10.0', [11, 12]],
    ['order_lines[item][item_number]=M-1&id[lt]=2', [1]],
    ['order-lines[account][code]=1000&id[lt]=2', [1]],
    ['requisition-header[id][blank]=true&id[lt]=2', [1]],
    ['last-exported-at[blank]=false', [3]],
    ['updated-at[gt]=2026-11-21T09:00:00+00:00', []],
    ['updated-at[gt_or_eq]=2026-11-21T09:00:00%2B00:00&status=issued', [2, 3]],
    ['updated_at[lt]=2026-11-21', []],
    ['created_at[gt]=2026-11-20&id[lt]=2', [1]],
    ['custom-fields[company-code]=1000&id[lt]=2', [1]],
    ['version[gt]=1', []],
    ['acknowledged-flag=true', []],
  ] as const)('%s', (query, expected) => {
    if (expected === undefined) expect(bench.get(`/api/purchase_orders?${query}`).status).toBe(400);
    else expect(get(query)).toEqual(expected);
  });

  test.each([
    'nonsense=1',
    'status[like]=x',
    'updated-at[contains]=2026',
    'updated-at[gt]=soon',
    'id=one',
    'exported=perhaps',
    'exported[gt]=true',
    'supplier=1',
    'order-lines[quantity]=ten',
    'status[blank]=yes',
    'a[b]c=1',
    '__proto__=1',
    'constructor[name]=x',
  ])('refuses %s', (query) => {
    const refused = bench.get(`/api/purchase_orders?${query}`);
    expect(refused.status).toBe(400);
    expect(refused.json.errors.base).toHaveLength(1);
  });

  test('agree with each other: an index finds what looking at all rows finds', () => {
    const all = bench.get('/api/purchase_orders').json as Record<string, unknown>[];
    const property = fc.property(
      fc.constantFrom('po-number', 'status', 'id', 'exported', 'updated-at', 'version'),
      fc.nat({ max: 11 }),
      fc.constantFrom('', '[in]', '[gt_or_eq]'),
      (name, index, operator) => {
        if (name === 'exported' && operator === '[gt_or_eq]') return;
        const wanted = all[index]?.[name];
        const found = get(`${name}${operator}=${encodeURIComponent(String(wanted))}`);
        const matches = all.filter((each) =>
          operator === '[gt_or_eq]'
            ? (each[name] as string) >= (wanted as string)
            : each[name] === wanted,
        );
        expect(found).toEqual(matches.map((each) => each['id']));
      },
    );
    fc.assert(property, { numRuns: 150 });
  });

  test('see a change in the second it happened, and not before', async () => {
    const own = withOrders(3);
    await own.pass(10_400);
    own.put('/api/purchase_orders/2/issue');
    const since = (time: string) =>
      idsOf(own.get(`/api/purchase_orders?updated-at[gt]=${time}`).json);
    expect(since('2026-11-21T09:00:09Z')).toEqual([2]);
    expect(since('2026-11-21T10:00:09+01:00')).toEqual([2]);
    expect(since('2026-11-21T09:00:10Z')).toEqual([]);
    expect(since('2026-11-21T08:59:59Z')).toEqual([1, 2, 3]);
  });
});

describe('shapes', () => {
  const bench = withOrders(1);

  test('the fields that were asked for, with dashes or underscores', () => {
    const fields =
      '["id","po_number",{"supplier":["name"]},{"order_lines":["line-num",{"uom":["code"]}]},{"custom_fields":{}},"nonsense"]';
    const found = bench.get(`/api/purchase_orders/1?fields=${encodeURIComponent(fields)}`).json;
    expect(found).toMatchObject({
      id: 1,
      'po-number': 'PO-0000001',
      supplier: { name: 'Supplier 100001' },
      'order-lines': [{ 'line-num': '1', uom: { code: 'C62' } }],
      'custom-fields': { 'company-code': '1000' },
    });
    expect(Object.keys(found)).toHaveLength(5);
    expect(Object.keys(found.supplier)).toEqual(['name']);
  });

  test('shallow, limited and nothing', () => {
    const shallow = bench.get('/api/purchase_orders/1?return_object=shallow').json;
    expect(shallow.supplier).toEqual({ id: 1, name: 'Supplier 100001', number: '100001' });
    expect(shallow['order-lines']).toEqual([{ id: 1001, 'order-header-id': 1, 'line-num': '1' }]);
    expect(shallow.status).toBe('draft');
    expect(bench.get('/api/purchase_orders/1?return_object=limited').json).toEqual({ id: 1 });
    expect(bench.put('/api/purchase_orders/1?exported=true&return_object=none')).toMatchObject({
      status: 200,
      text: '',
    });
    const made = bench.post('/api/purchase_orders?return_object=limited', orderBody);
    expect(made).toMatchObject({ status: 201, json: { id: 2 } });
    expect(bench.call('HEAD', '/api/purchase_orders/1')).toMatchObject({ status: 200, text: '' });
  });
});
