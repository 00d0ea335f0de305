/** What a warehouse must keep whatever is done to it, and an example for each rule that refuses. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarDate } from '../../domain/calendar-date.ts';
import {
  type Decimal,
  add,
  decimal,
  isNegative,
  multiply,
  negate,
  subtract,
  sum,
  zero,
} from '../../domain/decimal.ts';
import type { Material, Plant, Supplier } from '../../domain/master-data.ts';
import type { ReceiptConfirmation, ReceivedCondition } from '../../domain/warehouse.ts';
import { BusinessError } from '../../harness/business-error.ts';
import type { Context } from '../../harness/context.ts';
import type { DomainEvent } from '../../harness/domain-event.ts';
import { MemoryHistory } from '../../harness/history.ts';
import { KeyedRandom } from '../../harness/random.ts';
import { Store } from '../../harness/store.ts';
import type { ExpectedReceiptDraft, ReceivingLineDraft, ShipNoticeDraft } from './drafts.ts';
import { quantId } from './stock-journal.ts';
import { WmsCore } from './wms-core.ts';

const context: Context = {
  at: 1_795_251_600_000,
  today: '2026-11-21',
  by: 'clerk',
  actor: 'warehouse clerk',
  correlationId: 'c-1',
};
const today = calendarDate('2026-11-21');
const later = calendarDate('2026-12-01');

const supplier = (number: string): Supplier => ({
  number,
  name: `Supplier ${number}`,
  country: 'DE',
  city: 'Kiel',
  street: 'Hafen 1',
  postalCode: '24103',
  email: 'orders@example.com',
  taxNumber: 'DE1',
  currency: 'EUR',
  paymentTerms: 'NT30',
  bankAccount: 'DE02',
  blocked: false,
});

const material = (number: string, baseUnit: string, more: Partial<Material> = {}): Material => ({
  number,
  description: number,
  materialGroup: 'G',
  baseUnit,
  orderUnit: baseUnit,
  alternativeUnits: [],
  valuation: 'movingAverage',
  price: decimal('1'),
  taxCode: 'V1',
  batchManaged: false,
  deleted: false,
  ...more,
});

const plant = (code: string): Plant => ({
  code,
  name: code,
  companyCode: '1000',
  country: 'DE',
  storageLocations: ['0001'],
  negativeStockAllowed: false,
});

const box = { unit: 'BX', numerator: decimal(24), denominator: decimal(1) };
const seed = {
  suppliers: [supplier('10300001'), supplier('10300002')],
  materials: [
    material('BOLT', 'C62', { alternativeUnits: [box] }),
    material('NUT', 'C62'),
    material('MILK', 'KGM', {
      batchManaged: true,
      shelfLifeDays: 10,
      alternativeUnits: [{ ...box, unit: 'CAN', numerator: decimal(2) }],
    }),
    material('CLOTH', 'MTR'),
    material('WIRE', 'MTR', { batchManaged: true }),
  ],
  plants: [plant('1010'), plant('1020')],
};

function warehouse() {
  const history = new MemoryHistory();
  const events: DomainEvent[] = [];
  const store = new Store({ system: 'wms', history, publish: (event) => events.push(event) });
  const core = new WmsCore({ store, random: new KeyedRandom('wms') });
  core.masterData.seed(seed, context);
  return { core, store, history, events };
}

type Warehouse = ReturnType<typeof warehouse>;

const quantity = (value: string | number): Decimal => decimal(value);
const line = (number: string, of: string, amount: string | number, unit: string, more = {}) => ({
  line: number,
  material: of,
  quantity: quantity(amount),
  unit,
  expectedOn: later,
  ...more,
});

const orderOf = (purchaseOrder = 'PO-1', more: Partial<ExpectedReceiptDraft> = {}) => ({
  purchaseOrder,
  revision: 1,
  supplier: '10300001',
  plant: '1010',
  lines: [line('10', 'BOLT', 10, 'C62'), line('20', 'MILK', '2.5', 'KGM')],
  ...more,
});

const noticeOf = (number = 'ASN-1', more: Partial<ShipNoticeDraft> = {}): ShipNoticeDraft => ({
  number,
  supplier: '10300001',
  shippedAt: '2026-11-20T10:00:00.000Z',
  estimatedArrival: today,
  carrier: 'Spedition',
  trackingNumber: 'T-1',
  plant: '1010',
  lines: [
    {
      line: '1',
      purchaseOrder: 'PO-1',
      purchaseOrderLine: '10',
      material: 'BOLT',
      quantity: quantity(10),
      unit: 'C62',
    },
  ],
  ...more,
});

const counted = (
  purchaseOrderLine: string,
  of: string,
  amount: string | number,
  unit: string,
  more: Partial<ReceivingLineDraft> = {},
): ReceivingLineDraft => ({
  purchaseOrderLine,
  material: of,
  quantity: quantity(amount),
  unit,
  condition: 'good',
  ...more,
});

const at = 'DOCK-01';
const bolts = (amount: number, more: Partial<ReceivingLineDraft> = {}) =>
  counted('10', 'BOLT', amount, 'C62', more);
const receiving = (...lines: ReceivingLineDraft[]) => ({ purchaseOrder: 'PO-1', dock: at, lines });

/** Everything that a command could change, as text. */
function snapshot({ store, history, events }: Warehouse): string {
  const state = [...store.collections].map((each) => [each.kind, [...each.entries()]]);
  const plain = JSON.stringify(state, (key, value) => (key === 'previous' ? undefined : value));
  return `${plain} ${history.length} ${events.length}`;
}

/** Runs a command; gives the rule that refused it, having checked that nothing was changed by it. */
function refusal(world: Warehouse, command: () => unknown): string | undefined {
  const before = snapshot(world);
  try {
    command();
    return undefined;
  } catch (error) {
    if (!(error instanceof BusinessError)) throw error;
    expect(snapshot(world)).toBe(before);
    return error.rule;
  }
}

// ---------------------------------------------------------------------------------------------

const perUnit: Record<string, number> = { C62: 1, DZN: 12, BX: 24, KGM: 1 };
/** Base units by a table of this test's own: the core's conversion is what is being checked. */
const inBase = ({ quantity, unit }: { quantity: Decimal; unit: string }): Decimal =>
  multiply(quantity, decimal(perUnit[unit] as number));

function checkStockIsItsJournal({ core, history }: Warehouse): void {
  const sums = new Map<string, Decimal>();
  for (const movement of core.stock.movements.values()) {
    const id = quantId(movement);
    sums.set(id, add(sums.get(id) ?? zero, movement.quantity));
  }
  const quants = [...core.stock.quants.values()];
  expect(new Map(quants.map((each) => [quantId(each), each.quantity]))).toEqual(sums);
  for (const each of quants) expect(isNegative(each.quantity)).toBe(false);
  for (const record of history) {
    if (record.type !== 'commit') continue;
    const posted = ['StockMovement', 'ReceiptConfirmation', 'StockAdjustment'];
    if (posted.includes(record.document)) expect(record.version).toBe(1);
  }
}

function checkGoodsAreConserved({ core }: Warehouse): void {
  const total = (of: string, reasons: string[]) =>
    sum(
      [...core.stock.movements.values()]
        .filter((each) => each.material === of && reasons.includes(each.reason))
        .map((each) => each.quantity),
    );
  for (const { number } of seed.materials) {
    expect(total(number, ['putAway'])).toBe(zero);
    expect(total(number, ['statusChange'])).toBe(zero);
    const confirmed = [...core.receiving.documents.values()].flatMap((each) =>
      each.lines
        .filter((line) => line.material === number)
        .map((line) => (each.reverses === undefined ? inBase(line) : negate(inBase(line)))),
    );
    expect(total(number, ['receipt', 'receiptReversal'])).toBe(sum(confirmed));
  }
}

function checkReceivedIsConfirmed({ core }: Warehouse): void {
  for (const order of core.expectedReceipts.documents.values()) {
    const confirmations = core.receiving.byPurchaseOrder.find(order.purchaseOrder);
    for (const each of order.lines) {
      const base = sum(
        confirmations.flatMap(({ reverses, lines }) =>
          lines
            .filter((line) => line.purchaseOrderLine === each.line && line.condition === 'good')
            .map((line) => (reverses === undefined ? inBase(line) : negate(inBase(line)))),
        ),
      );
      const received = inBase({ quantity: each.receivedQuantity, unit: each.unit });
      // A part of a dozen shows three decimals: half a thousandth of a box at most is not seen.
      const off = Math.abs(Number(subtract(received, base)));
      expect(off).toBeLessThanOrEqual(0.0005 * (perUnit[each.unit] as number) * 3);
      if (Number(base) % (perUnit[each.unit] as number) === 0 && each.unit === 'C62') {
        expect(received).toBe(base);
      }
    }
  }
}

function checkConfirmedOnce({ core, events }: Warehouse): void {
  const emitted = events
    .filter((event) => event.document === 'ReceiptConfirmation')
    .map((event) => `${event.type} ${event.key}`);
  const owed = [...core.receiving.documents.values()].map((each) =>
    each.reverses === undefined
      ? `receipt.confirmed ${each.number}`
      : `receipt.reversed ${each.number}`,
  );
  expect(emitted).toEqual(owed);
  const reversed = [...core.receiving.documents.values()].map((each) => each.reverses);
  const taken = reversed.filter((each) => each !== undefined);
  expect(new Set(taken).size).toBe(taken.length);
}

function checkStatuses({ core }: Warehouse): void {
  for (const { status, lines } of core.expectedReceipts.documents.values()) {
    if (status === 'closed' || status === 'cancelled') continue;
    const live = lines.filter((each) => !each.cancelled);
    const full = live.every((each) => Number(each.receivedQuantity) >= Number(each.quantity));
    expect(status === 'received').toBe(full);
    for (const each of live) {
      const most = Number(each.quantity) * (1 + Number(each.overdeliveryTolerancePercent) / 100);
      expect(Number(each.receivedQuantity)).toBeLessThanOrEqual(most);
    }
  }
}

/** Three orders to begin with, so that random steps meet something; two more numbers are free. */
function begun(): Warehouse {
  const world = warehouse();
  const tolerance = { overdeliveryTolerancePercent: decimal(20) };
  const lines = [
    line('10', 'BOLT', 30, 'C62', tolerance),
    line('20', 'MILK', 20, 'KGM'),
    line('30', 'BOLT', 3, 'DZN', tolerance),
  ];
  for (const po of orderNumbers.slice(0, 3)) {
    world.core.expectedReceipts.create(orderOf(po, { lines }), context);
  }
  return world;
}

const orderNumbers = ['PO-1', 'PO-2', 'PO-3', 'PO-4', 'PO-5'];
const somePO = fc.constantFrom(...orderNumbers);
const someLine = fc.constantFrom('10', '20', '30');
const someMaterial = fc.constantFrom('BOLT', 'MILK', 'NUT');
const someUnit = fc.constantFrom('C62', 'C62', 'DZN', 'BX', 'KGM');
const someQuantity = fc
  .oneof(fc.integer({ min: 1, max: 30 }).map(String), fc.constantFrom('0', '-1', '0.5', '12', '24'))
  .map((each) => decimal(each));
const someLot = fc.constantFrom(undefined, undefined, 'L1', 'L2');
const someLocation = fc.constantFrom(at, 'DOCK-02', 'A-01', 'B-02');
const someStatus = fc.constantFrom('available', 'quality', 'blocked' as const);
const someCondition = fc.constantFrom<ReceivedCondition>(
  'good',
  'good',
  'good',
  'damaged',
  'wrongItem',
);
const lot = (value: string | undefined) => (value === undefined ? {} : { lot: value });

const someExpectedLine = fc.record({
  line: someLine,
  material: someMaterial,
  quantity: someQuantity,
  unit: someUnit,
  expectedOn: fc.constant(later),
  overdeliveryTolerancePercent: fc.constantFrom(zero, decimal(20)),
});
const someStockPlace = fc
  .tuple(someMaterial, someLocation, someLot, someStatus)
  .map(([material, location, lotNumber, status]) => ({
    material,
    plant: '1010',
    location,
    status,
    ...lot(lotNumber),
  }));
const wildLine = fc
  .tuple(someLine, someMaterial, someQuantity, someUnit, someCondition, someLot, fc.boolean())
  .map(([purchaseOrderLine, material, quantity, unit, condition, lotNumber, finalDelivery]) => ({
    purchaseOrderLine,
    material,
    quantity,
    unit,
    condition,
    finalDelivery,
    ...lot(lotNumber),
  }));
const tameLine = fc
  .tuple(
    someLine,
    fc.integer({ min: 1, max: 15 }),
    fc.constantFrom('C62', 'DZN', 'BX'),
    someCondition,
  )
  .map(([number, amount, unit, condition]) => {
    const ordered = number === '20' ? 'MILK' : 'BOLT';
    const of = condition === 'wrongItem' ? 'NUT' : ordered;
    const pieces = of === 'NUT' ? 'C62' : unit;
    return of === 'MILK'
      ? counted(number, of, amount, 'KGM', { condition, lot: 'L1' })
      : counted(number, of, amount, pieces, { condition });
  });
const someCountedLine = fc.oneof(wildLine, tameLine, tameLine, tameLine);

type Step = readonly [name: string, run: (world: Warehouse) => unknown];
const numberOf = (prefix: string, serial: number) => `${prefix}-${String(serial).padStart(7, '0')}`;
const someSerial = fc.integer({ min: 1, max: 4 });

/** Counts what is open on an order, in part: the step that random lines alone would seldom hit. */
function receiveOpen({ core }: Warehouse, po: string, share: number, shipNotice?: string) {
  const order = core.expectedReceipts.byPurchaseOrder.first(po);
  const lines = (order?.lines ?? []).map((each) => ({
    purchaseOrderLine: each.line,
    material: each.material,
    quantity: decimal(Math.max(1, Math.floor(Number(each.quantity) * share))),
    unit: each.unit,
    condition: 'good' as const,
    ...(each.material === 'MILK' ? { lot: 'L1' } : {}),
  }));
  const notice = shipNotice === undefined ? {} : { shipNotice };
  return core.receiving.receive({ purchaseOrder: po, dock: at, lines, ...notice }, context);
}

const nut = {
  material: 'NUT',
  plant: '1010',
  location: 'A-01',
  quantity: decimal(1),
  unit: 'C62',
  reason: 'found',
};

/** Takes some or more of a stock that is there, by its place in the books. */
const someBooked = fc
  .tuple(fc.nat(20), fc.constantFrom('1', '2', '12', '99'))
  .map(([index, amount]) => ({ core }: Warehouse) => {
    const booked = [...core.stock.quants.values()];
    const quant = booked[index % booked.length];
    return {
      ...(quant ?? { ...nut, lot: '', status: 'available' as const }),
      quantity: decimal(amount),
    };
  });

const someStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(someBooked, someLocation).map(([booked, to]): Step => [
    'putAway',
    (world) => {
      const { location: from, ...place } = booked(world);
      return world.core.putAway({ ...place, from, to }, context);
    },
  ]),
  fc
    .tuple(someBooked, someStatus)
    .map(([booked, to]): Step => [
      'changeStatus',
      (world) =>
        world.core.stock.changeStatus({ ...booked(world), to, reason: 'inspected' }, context),
    ]),
  fc.tuple(someBooked, fc.boolean()).map(([booked, less]): Step => [
    'adjust',
    (world) => {
      const { quantity: amount, ...place } = booked(world);
      const quantity = less ? negate(amount) : amount;
      return world.core.stock.adjust({ ...place, quantity, reason: 'found' }, context);
    },
  ]),
  fc
    .tuple(somePO, fc.uniqueArray(someExpectedLine, { selector: (e) => e.line, maxLength: 3 }))
    .map(([po, lines]): Step => [
      'create',
      ({ core }) => core.expectedReceipts.create(orderOf(po, { lines }), context),
    ]),
  fc
    .tuple(somePO)
    .map(([po]): Step => [
      'create',
      ({ core }) => core.expectedReceipts.create(orderOf(po), context),
    ]),
  fc
    .tuple(somePO, fc.array(fc.record({ ...recordOf(someExpectedLine) }), { maxLength: 2 }))
    .map(([po, lines]): Step => [
      'change',
      ({ core }) => core.expectedReceipts.change(po, { revision: 2, lines }, context),
    ]),
  fc
    .tuple(somePO, someLine, someQuantity)
    .map(([po, number, to]): Step => [
      'requantify',
      ({ core }) =>
        core.expectedReceipts.change(po, { lines: [{ line: number, quantity: to }] }, context),
    ]),
  fc
    .constantFrom('PO-3', 'PO-4')
    .map((po): Step => ['cancel', ({ core }) => core.expectedReceipts.cancel(po, context)]),
  fc
    .constantFrom('PO-2', 'PO-4')
    .map((po): Step => ['close', ({ core }) => core.expectedReceipts.close(po, context)]),
  fc.tuple(somePO, someLine, someSerial).map(([po, number, serial]): Step => [
    'ship',
    ({ core }) => {
      const found = core.expectedReceipts.byPurchaseOrder.first(po);
      const ordered = found?.lines.find((each) => each.line === number);
      const { material: of = 'NUT', quantity: amount = decimal(1), unit = 'C62' } = ordered ?? {};
      const announced = {
        line: '1',
        purchaseOrder: po,
        purchaseOrderLine: number,
        material: of,
        quantity: amount,
        unit,
      };
      return core.shipNotices.create(
        noticeOf(numberOf('ASN', serial), { lines: [announced] }),
        context,
      );
    },
  ]),
  someSerial.map((serial): Step => [
    'arrive',
    ({ core }) => core.arrivals.arriveUnscheduled(numberOf('ASN', serial), context),
  ]),
  fc
    .tuple(somePO, fc.array(someCountedLine, { minLength: 1, maxLength: 3 }))
    .map(([po, lines]): Step => [
      'receive',
      ({ core }) => core.receiving.receive({ purchaseOrder: po, dock: at, lines }, context),
    ]),
  fc
    .tuple(somePO, fc.constantFrom(0.1, 0.5, 1))
    .map(([po, share]): Step => ['receiveOpen', (world) => receiveOpen(world, po, share)]),
  someSerial.map((serial): Step => [
    'receiveAgainst',
    (world) => {
      const notice = world.core.shipNotices.documents.get(numberOf('ASN', serial));
      const po = notice?.lines[0]?.purchaseOrder ?? 'PO-1';
      return receiveOpen(world, po, 0.5, numberOf('ASN', serial));
    },
  ]),
  someSerial.map((serial): Step => [
    'reverse',
    ({ core }) => core.receiving.reverse(numberOf('WR', serial), context),
  ]),
  fc
    .tuple(someSerial, someLocation)
    .map(([serial, location]): Step => [
      'putAwayReceipt',
      ({ core }) => core.putAwayReceipt(numberOf('WR', serial), location, context),
    ]),
  fc
    .tuple(someStockPlace, someLocation, someQuantity, someUnit)
    .map(([{ location: from, ...place }, to, amount, unit]): Step => [
      'putAway',
      ({ core }) => core.putAway({ ...place, from, to, quantity: amount, unit }, context),
    ]),
  fc
    .tuple(someStockPlace, someQuantity, someUnit, fc.boolean())
    .map(([place, amount, unit, less]): Step => [
      'adjust',
      ({ core }) =>
        core.stock.adjust(
          { ...place, quantity: less ? negate(amount) : amount, unit, reason: 'found' },
          context,
        ),
    ]),
  fc
    .tuple(someStockPlace, someStatus, someQuantity, someUnit)
    .map(([place, to, amount, unit]): Step => [
      'changeStatus',
      ({ core }) =>
        core.stock.changeStatus({ ...place, to, quantity: amount, unit, reason: 'ok' }, context),
    ]),
  fc
    .tuple(
      someLocation,
      fc.array(fc.tuple(someStockPlace, someQuantity, someUnit), { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([location, found, complete]): Step => [
      'count',
      ({ core }) =>
        core.stock.count(
          {
            plant: '1010',
            location,
            complete,
            lines: found.map(([place, amount, unit]) => ({ ...place, quantity: amount, unit })),
          },
          context,
        ),
    ]),
);

function recordOf(lineOf: typeof someExpectedLine) {
  return {
    line: someLine,
    quantity: lineOf.map((each) => each.quantity),
    unit: someUnit,
    material: someMaterial,
    expectedOn: fc.constant(today),
  };
}

describe('whatever is done to a warehouse', () => {
  test('stock is its journal, receipts are their confirmations, and a refusal changes nothing', () => {
    const done = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(someStep, { minLength: 1, maxLength: 60, size: 'max' }), (steps) => {
        const world = begun();
        for (const [name, run] of steps) {
          const rule = refusal(world, () => run(world));
          const key = rule === undefined ? name : 'refused';
          done.set(key, (done.get(key) ?? 0) + 1);
        }
        checkStockIsItsJournal(world);
        checkGoodsAreConserved(world);
        checkReceivedIsConfirmed(world);
        checkConfirmedOnce(world);
        checkStatuses(world);
      }),
      { numRuns: 300 },
    );
    // Every command got through at times, or the property says nothing about it.
    const steps =
      'create change requantify cancel close ship arrive receive receiveOpen receiveAgainst reverse';
    for (const name of `${steps} putAwayReceipt putAway adjust changeStatus count refused`.split(
      ' ',
    )) {
      expect(done.get(name) ?? 0, name).toBeGreaterThan(0);
    }
  });
});

describe('receiving', () => {
  test('what was counted is confirmed, stocked at the dock, and completes the order', () => {
    const { core, events } = warehouse();
    core.expectedReceipts.create(orderOf(), context);
    const milk = counted('20', 'MILK', '2.5', 'KGM', { lot: 'L7' });
    const confirmation = core.receiving.receive(receiving(bolts(10), milk), context);
    expect(confirmation).toEqual({
      number: 'WR-0000001',
      purchaseOrder: 'PO-1',
      plant: '1010',
      dock: at,
      receivedOn: today,
      receivedAt: '2026-11-21T09:00:00.000Z',
      receivedBy: 'clerk',
      lines: [
        {
          line: '1',
          purchaseOrderLine: '10',
          material: 'BOLT',
          quantity: '10',
          unit: 'C62',
          condition: 'good',
          finalDelivery: true,
        },
        {
          line: '2',
          purchaseOrderLine: '20',
          material: 'MILK',
          quantity: '2.5',
          unit: 'KGM',
          condition: 'good',
          lot: 'L7',
          expiresOn: '2026-12-01',
          finalDelivery: true,
        },
      ],
      discrepancies: [],
    } satisfies Record<keyof Omit<ReceiptConfirmation, 'shipNotice' | 'reverses'>, unknown>);
    expect(core.expectedReceipts.find('PO-1')?.status).toBe('received');
    expect(core.stock.quantity({ material: 'MILK', plant: '1010', location: at, lot: 'L7' })).toBe(
      '2.5',
    );
    expect(events.map((each) => `${each.type} ${each.key} ${each.version}`)).toEqual([
      'expected-receipt.created ER-0000001 1',
      'receipt.confirmed WR-0000001 1',
    ]);
  });

  test('a reversal is a confirmation of its own and opens the order again', () => {
    const { core, events } = warehouse();
    core.expectedReceipts.create(
      orderOf('PO-1', { lines: [line('10', 'BOLT', 10, 'C62')] }),
      context,
    );
    const first = core.receiving.receive(receiving(bolts(10)), context);
    const reversal = core.receiving.reverse(first.number, context);
    expect(reversal).toMatchObject({
      number: 'WR-0000002',
      reverses: 'WR-0000001',
      discrepancies: [],
    });
    expect(reversal.lines).toEqual(first.lines);
    expect(core.receiving.documents.entry('WR-0000001')).toMatchObject({ version: 1, data: first });
    expect(core.receiving.reversalOf('WR-0000001')).toEqual(reversal);
    expect(core.expectedReceipts.find('PO-1')).toMatchObject({
      status: 'open',
      lines: [{ receivedQuantity: '0' }],
    });
    expect(core.stock.byMaterial.find('BOLT')).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'receipt.reversed', key: 'WR-0000002' });
  });

  test('pieces of an ordered dozen make a dozen, and yards of ordered yards stay yards', () => {
    const world = warehouse();
    const { core } = world;
    const lines = [line('10', 'BOLT', 1, 'DZN'), line('20', 'CLOTH', 4, 'YRD')];
    core.expectedReceipts.create(orderOf('PO-1', { lines }), context);
    const received = () =>
      core.expectedReceipts.find('PO-1')?.lines.map((each) => each.receivedQuantity);
    core.receiving.receive(receiving(bolts(5)), context);
    expect(received()).toEqual(['0.417', '0']);
    expect(refusal(world, () => receive({}, counted('10', 'BOLT', 1, 'BX'))(core))).toBe(
      'over-delivery',
    );
    core.receiving.receive(receiving(bolts(7), counted('20', 'CLOTH', 4, 'YRD')), context);
    expect(received()).toEqual(['1', '4']);
    expect(core.expectedReceipts.find('PO-1')?.status).toBe('received');
    expect(core.stock.quantity({ material: 'CLOTH', plant: '1010', location: at })).toBe('3.658');
  });

  test.each([
    ['short of the notice', 'ASN-1', [bolts(8)], [{ kind: 'short', quantity: '2' }]],
    ['more than announced', 'ASN-1', [bolts(11)], [{ kind: 'over', quantity: '1' }]],
    [
      'not there at all',
      'ASN-1',
      [counted('20', 'NUT', 1, 'C62')],
      [{ kind: 'short', quantity: '10' }],
    ],
    [
      'damaged but there',
      'ASN-1',
      [bolts(9), bolts(1, { condition: 'damaged' })],
      [{ kind: 'damaged', quantity: '1' }],
    ],
    ['blind and not final', undefined, [bolts(8)], []],
    [
      'blind and final',
      undefined,
      [bolts(8, { finalDelivery: true })],
      [{ kind: 'short', quantity: '12' }],
    ],
    ['over within tolerance', undefined, [bolts(22)], [{ kind: 'over', quantity: '2' }]],
    [
      'wrong item',
      undefined,
      [counted('10', 'NUT', 3, 'C62', { condition: 'wrongItem' })],
      [{ kind: 'wrongItem', quantity: '3' }],
    ],
    [
      'on no line',
      undefined,
      [counted('', 'WIRE', 3, 'MTR', { lot: 'L1' })],
      [{ kind: 'noOrder', quantity: '3' }],
    ],
  ])('discrepancies: %s', (_name, shipNotice, lines, found) => {
    const { core } = warehouse();
    const tolerance = { overdeliveryTolerancePercent: decimal(10) };
    const expected = [line('10', 'BOLT', 20, 'C62', tolerance), line('20', 'NUT', 5, 'C62')];
    core.expectedReceipts.create(orderOf('PO-1', { lines: expected }), context);
    core.shipNotices.create(noticeOf(), context);
    const notice = shipNotice === undefined ? {} : { shipNotice };
    const confirmation = core.receiving.receive({ ...receiving(...lines), ...notice }, context);
    expect(confirmation.discrepancies).toHaveLength(found.length);
    expect(confirmation.discrepancies).toMatchObject(found);
  });

  test('damaged, wrong and unordered goods are kept apart and fulfil nothing', () => {
    const { core } = warehouse();
    core.expectedReceipts.create(
      orderOf('PO-1', { lines: [line('10', 'BOLT', 10, 'C62')] }),
      context,
    );
    const confirmation = core.receiving.receive(
      receiving(bolts(4), bolts(3, { condition: 'damaged' }), counted('', 'NUT', 2, 'C62')),
      context,
    );
    expect(confirmation.lines.map((each) => each.condition)).toEqual([
      'good',
      'damaged',
      'wrongItem',
    ]);
    const stock = core.stock.byLocation.find(`1010/${at}`);
    expect(stock.map((each) => [each.material, each.status, each.quantity])).toEqual([
      ['BOLT', 'available', '4'],
      ['BOLT', 'quality', '3'],
      ['NUT', 'blocked', '2'],
    ]);
    expect(core.expectedReceipts.find('PO-1')?.lines[0]?.receivedQuantity).toBe('4');
    core.putAwayReceipt(confirmation.number, 'A-01', context);
    expect(core.stock.byLocation.find(`1010/${at}`)).toEqual([]);
    expect(core.stock.byLocation.find('1010/A-01')).toHaveLength(3);
  });

  test('goods without an order are confirmed under the number on their papers and blocked', () => {
    const { core } = warehouse();
    const confirmation = core.receiving.receive(
      {
        purchaseOrder: 'PO-9',
        withoutOrder: true,
        plant: '1020',
        dock: at,
        lines: [counted('', 'NUT', 2, 'C62')],
      },
      context,
    );
    expect(confirmation).toMatchObject({
      purchaseOrder: 'PO-9',
      plant: '1020',
      discrepancies: [{ kind: 'noOrder' }],
    });
    expect(core.stock.byMaterial.find('NUT')).toMatchObject([{ status: 'blocked', quantity: '2' }]);
  });

  test('a ship notice closes when all its orders were counted, and a reversal opens it again', () => {
    const { core } = warehouse();
    core.expectedReceipts.create(orderOf('PO-1'), context);
    core.expectedReceipts.create(orderOf('PO-2'), context);
    const [first] = noticeOf().lines;
    const both = [first!, { ...first!, line: '2', purchaseOrder: 'PO-2' }];
    core.shipNotices.create(noticeOf('ASN-1', { lines: both }), context);
    const status = () => core.shipNotices.documents.get('ASN-1')?.status;
    const count = (po: string, amount: number, partial = false) =>
      core.receiving.receive(
        { ...receiving(bolts(amount)), purchaseOrder: po, shipNotice: 'ASN-1', partial },
        context,
      );
    expect(status()).toBe('inTransit');
    count('PO-1', 4);
    expect(status()).toBe('arrived');
    expect(count('PO-2', 4, true).discrepancies).toEqual([]);
    expect(status()).toBe('arrived');
    expect(count('PO-2', 3).discrepancies).toMatchObject([{ kind: 'short', quantity: '3' }]);
    expect(status()).toBe('closed');
    core.receiving.reverse('WR-0000003', context);
    expect(status()).toBe('arrived');
  });

  test('only the last good line of an order line is final', () => {
    const { core } = warehouse();
    core.expectedReceipts.create(
      orderOf('PO-1', { lines: [line('10', 'MILK', 2, 'KGM')] }),
      context,
    );
    const milk = (lotNumber: string, condition: ReceivedCondition = 'good') =>
      counted('10', 'MILK', 1, 'KGM', { lot: lotNumber, condition });
    const { lines } = core.receiving.receive(
      receiving(milk('L1'), milk('L2'), milk('L1', 'damaged')),
      context,
    );
    expect(lines.map((each) => each.finalDelivery)).toEqual([false, true, false]);
  });
});

describe('expected receipts', () => {
  test('a change keeps what was received, adds lines, and opens a full order again', () => {
    const { core, events } = warehouse();
    core.expectedReceipts.create(
      orderOf('PO-1', { lines: [line('10', 'BOLT', 10, 'C62')] }),
      context,
    );
    core.receiving.receive(receiving(bolts(10)), context);
    const changed = core.expectedReceipts.change(
      'PO-1',
      { revision: 2, lines: [{ line: '10', quantity: decimal(12) }, line('20', 'NUT', 1, 'C62')] },
      context,
    );
    expect(changed).toMatchObject({
      revision: 2,
      status: 'receiving',
      lines: [
        { quantity: '12', receivedQuantity: '10', expectedOn: later },
        { line: '20', receivedQuantity: '0' },
      ],
    });
    expect(events.at(-1)).toMatchObject({ type: 'expected-receipt.changed', version: 3 });
  });

  test('an older revision is taken: order is the integration’s business', () => {
    const { core } = warehouse();
    core.expectedReceipts.create(orderOf('PO-1', { revision: 3 }), context);
    expect(core.expectedReceipts.change('ER-0000001', { revision: 2 }, context).revision).toBe(2);
  });

  test('cancelling the last line cancels the order', () => {
    const { core, events } = warehouse();
    core.expectedReceipts.create(
      orderOf('PO-1', { lines: [line('10', 'BOLT', 10, 'C62')] }),
      context,
    );
    const after = core.expectedReceipts.change(
      'PO-1',
      { lines: [{ line: '10', cancelled: true }] },
      context,
    );
    expect(after.status).toBe('cancelled');
    expect(events.at(-1)?.type).toBe('expected-receipt.cancelled');
  });

  test('a cancelled line no longer keeps an order from being complete', () => {
    const { core } = warehouse();
    core.expectedReceipts.create(orderOf(), context);
    core.receiving.receive(receiving(bolts(10)), context);
    const after = core.expectedReceipts.change(
      'PO-1',
      { lines: [{ line: '20', cancelled: true }] },
      context,
    );
    expect(after.status).toBe('received');
  });
});

describe('stock', () => {
  test('a complete count takes off what was not found and posts the differences with their reason', () => {
    const { core, events } = warehouse();
    const place = { plant: '1010', location: 'A-01', reason: 'initial' };
    core.stock.adjust({ ...place, material: 'BOLT', quantity: decimal(1), unit: 'BX' }, context);
    core.stock.adjust({ ...place, material: 'NUT', quantity: decimal(5), unit: 'C62' }, context);
    const paper = core.stock.count(
      {
        plant: '1010',
        location: 'A-01',
        complete: true,
        lines: [{ material: 'BOLT', quantity: decimal(20), unit: 'C62' }],
      },
      context,
    );
    expect(paper).toMatchObject({
      number: 'CC-0000001',
      reason: 'cycle count',
      lines: [
        { material: 'BOLT', bookQuantity: '24', difference: '-4' },
        { material: 'NUT', bookQuantity: '5', difference: '-5' },
      ],
    });
    expect(
      core.stock.movementsByReference
        .find('CC-0000001')
        .map((each) => [each.reason, each.quantity]),
    ).toEqual([
      ['count', '-4'],
      ['count', '-5'],
    ]);
    expect(core.stock.byLocation.find('1010/A-01')).toMatchObject([
      { material: 'BOLT', quantity: '20' },
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'stock.adjusted', key: 'CC-0000001' });
  });

  test('a count that agrees is kept, moves nothing and tells nobody', () => {
    const { core, events } = warehouse();
    core.stock.count(
      {
        plant: '1010',
        location: 'A-01',
        lines: [{ material: 'NUT', quantity: zero, unit: 'C62' }],
      },
      context,
    );
    expect(core.stock.adjustments.size).toBe(1);
    expect(core.stock.movements.size).toBe(0);
    expect(events).toEqual([]);
  });
});

describe('arrivals', () => {
  test('an appointment reserves its window, and arrival marks the ship notice', () => {
    const { core } = warehouse();
    core.expectedReceipts.create(orderOf(), context);
    core.shipNotices.create(noticeOf(), context);
    const window = { plant: '1010', dock: at, date: today, hour: 8 };
    const { number } = core.arrivals.schedule({ ...window, shipNotice: 'ASN-1' }, context);
    expect(core.arrivals.arrive(number, context)).toMatchObject({ status: 'arrived' });
    expect(core.shipNotices.documents.get('ASN-1')?.status).toBe('arrived');
    const next = core.arrivals.schedule({ ...window, hour: 9, purchaseOrder: 'PO-1' }, context);
    core.arrivals.cancel(next.number, context);
    core.arrivals.schedule({ ...window, hour: 9, purchaseOrder: 'PO-1' }, context);
  });
});

// ---------------------------------------------------------------------------------------------

/** A warehouse in the middle of things: PO-1 part received, PO-2 cancelled, PO-3 closed, PO-4 untouched. */
function busy(): Warehouse {
  const world = warehouse();
  const { core } = world;
  for (const po of ['PO-1', 'PO-2', 'PO-3', 'PO-4'])
    core.expectedReceipts.create(orderOf(po), context);
  core.shipNotices.create(noticeOf('ASN-1'), context);
  core.shipNotices.create(noticeOf('ASN-2'), context);
  core.shipNotices.create(noticeOf('ASN-3'), context);
  core.shipNotices.cancel('ASN-2', context);
  core.receiving.receive({ ...receiving(bolts(4)), shipNotice: 'ASN-3', partial: true }, context);
  core.receiving.receive({ ...receiving(bolts(3)), purchaseOrder: 'PO-3' }, context);
  core.expectedReceipts.cancel('PO-2', context);
  core.expectedReceipts.close('PO-3', context);
  core.expectedReceipts.change('PO-4', { lines: [{ line: '20', cancelled: true }] }, context);
  core.receiving.reverse(
    core.receiving.receive({ ...receiving(bolts(3)), purchaseOrder: 'PO-4' }, context).number,
    context,
  );
  core.arrivals.schedule(
    { plant: '1010', dock: at, date: today, hour: 8, purchaseOrder: 'PO-1' },
    context,
  );
  core.arrivals.arrive('AP-0000001', context);
  return world;
}

type Refused = readonly [rule: string, name: string, command: (core: WmsCore) => unknown];

const create = (more: Partial<ExpectedReceiptDraft>) => (core: WmsCore) =>
  core.expectedReceipts.create(orderOf('PO-9', more), context);
const createLine = (of: string, amount: string, unit: string, more = {}) =>
  create({ lines: [line('10', of, amount, unit, more)] });
const changeLine =
  (more: object, po = 'PO-1') =>
  (core: WmsCore) =>
    core.expectedReceipts.change(po, { lines: [{ line: '10', ...more }] }, context);
const ship = (more: Partial<ShipNoticeDraft>) => (core: WmsCore) =>
  core.shipNotices.create(noticeOf('ASN-9', more), context);
const shipLine = (more: object) => ship({ lines: [{ ...noticeOf().lines[0]!, ...more }] });
const receive =
  (more: object, ...lines: ReceivingLineDraft[]) =>
  (core: WmsCore) =>
    core.receiving.receive(
      { ...receiving(...(lines.length > 0 ? lines : [bolts(1)])), ...more },
      context,
    );
const adjust = (more: object) => (core: WmsCore) => core.stock.adjust({ ...nut, ...more }, context);
const bolt = {
  material: 'BOLT',
  plant: '1010',
  from: at,
  to: 'A-01',
  quantity: decimal(1),
  unit: 'C62',
};
const move = (more: object) => (core: WmsCore) => core.putAway({ ...bolt, ...more }, context);
const countOf =
  (...lines: { material: string; quantity: Decimal; unit: string }[]) =>
  (core: WmsCore) =>
    core.stock.count({ plant: '1010', location: 'A-01', lines }, context);
const schedule = (more: object) => (core: WmsCore) =>
  core.arrivals.schedule(
    { plant: '1010', dock: at, date: today, hour: 9, purchaseOrder: 'PO-1', ...more },
    context,
  );
const upsertMaterial = (more: Partial<Material>) => (core: WmsCore) =>
  core.materials.upsert({ ...material('NUT', 'C62'), ...more }, context);

const refused: readonly Refused[] = [
  [
    'duplicate',
    'a second expected receipt of an order',
    (core) => core.expectedReceipts.create(orderOf('PO-1'), context),
  ],
  [
    'duplicate',
    'even of a cancelled order',
    (core) => core.expectedReceipts.create(orderOf('PO-2'), context),
  ],
  [
    'invalid-number',
    'an order without a number',
    (core) => core.expectedReceipts.create(orderOf(''), context),
  ],
  ['invalid-number', 'a line without a number', create({ lines: [line('', 'NUT', 1, 'C62')] })],
  ['invalid-revision', 'revision 0', create({ revision: 0 })],
  ['unknown-supplier', 'an order', create({ supplier: '99' })],
  ['unknown-plant', 'an order', create({ plant: '9999' })],
  ['no-lines', 'an order', create({ lines: [] })],
  [
    'duplicate-line',
    'an order',
    create({ lines: [line('10', 'NUT', 1, 'C62'), line('10', 'NUT', 1, 'C62')] }),
  ],
  ['unknown-material', 'an order', createLine('GOLD', '1', 'C62')],
  ['unknown-unit', 'an order', createLine('NUT', '1', 'PAR')],
  ['no-conversion', 'pieces in litres', createLine('NUT', '1', 'LTR')],
  ['quantity-not-positive', 'zero', createLine('NUT', '0', 'C62')],
  ['quantity-not-positive', 'negative', createLine('NUT', '-1', 'C62')],
  ['quantity-decimals', 'half a piece', createLine('NUT', '0.5', 'C62')],
  ['quantity-too-large', 'an order', createLine('NUT', '1000000000000', 'C62')],
  [
    'quantity-too-small',
    'a thousandth of a pound in kilograms',
    createLine('MILK', '0.001', 'LBR'),
  ],
  [
    'tolerance-negative',
    'an order',
    createLine('NUT', '1', 'C62', { overdeliveryTolerancePercent: decimal(-1) }),
  ],
  [
    'unknown-expected-receipt',
    'a change',
    (core) => core.expectedReceipts.change('PO-9', {}, context),
  ],
  [
    'unknown-expected-receipt',
    'a cancellation',
    (core) => core.expectedReceipts.cancel('PO-9', context),
  ],
  ['unknown-expected-receipt', 'a close', (core) => core.expectedReceipts.close('PO-9', context)],
  ['expected-receipt-closed', 'a change', changeLine({}, 'PO-3')],
  [
    'expected-receipt-closed',
    'a cancellation',
    (core) => core.expectedReceipts.cancel('PO-3', context),
  ],
  [
    'expected-receipt-closed',
    'a second close',
    (core) => core.expectedReceipts.close('PO-3', context),
  ],
  ['expected-receipt-cancelled', 'a change', changeLine({}, 'PO-2')],
  ['expected-receipt-cancelled', 'a close', (core) => core.expectedReceipts.close('PO-2', context)],
  ['version-mismatch', 'a change', (core) => core.expectedReceipts.change('PO-1', {}, context, 1)],
  ['below-received', 'a change', changeLine({ quantity: decimal(3) })],
  ['already-received', 'another material', changeLine({ material: 'NUT' })],
  ['already-received', 'another unit', changeLine({ unit: 'DZN' })],
  ['already-received', 'a cancelled line', changeLine({ cancelled: true })],
  [
    'already-received',
    'another plant',
    (core) => core.expectedReceipts.change('PO-1', { plant: '1020' }, context),
  ],
  [
    'already-received',
    'another supplier',
    (core) => core.expectedReceipts.change('PO-1', { supplier: '10300002' }, context),
  ],
  ['already-received', 'a cancellation', (core) => core.expectedReceipts.cancel('PO-1', context)],
  ['incomplete-line', 'a new line by a change', changeLine({ line: '30', quantity: decimal(1) })],
  ['unknown-material', 'a change', changeLine({ material: 'GOLD' }, 'PO-4')],
  ['duplicate', 'a ship notice', (core) => core.shipNotices.create(noticeOf('ASN-1'), context)],
  ['invalid-number', 'a ship notice', ship({ number: '' })],
  ['no-lines', 'a ship notice', ship({ lines: [] })],
  [
    'duplicate-line',
    'a ship notice',
    ship({ lines: [noticeOf().lines[0]!, noticeOf().lines[0]!] }),
  ],
  ['unknown-supplier', 'a ship notice', ship({ supplier: '99' })],
  ['unknown-plant', 'a ship notice', ship({ plant: '9999' })],
  ['supplier-mismatch', 'a ship notice', ship({ supplier: '10300002' })],
  ['unknown-material', 'a ship notice', shipLine({ material: 'GOLD' })],
  ['unknown-order', 'a ship notice', shipLine({ purchaseOrder: 'PO-9' })],
  ['unknown-order-line', 'a ship notice', shipLine({ purchaseOrderLine: '99' })],
  ['material-mismatch', 'a ship notice', shipLine({ material: 'NUT' })],
  [
    'line-cancelled',
    'a ship notice',
    shipLine({ purchaseOrder: 'PO-4', purchaseOrderLine: '20', material: 'MILK', unit: 'KGM' }),
  ],
  ['expected-receipt-closed', 'a ship notice', shipLine({ purchaseOrder: 'PO-3' })],
  ['expected-receipt-cancelled', 'a ship notice', shipLine({ purchaseOrder: 'PO-2' })],
  ['quantity-decimals', 'a ship notice', shipLine({ quantity: decimal('1.5') })],
  ['unknown-ship-notice', 'its cancellation', (core) => core.shipNotices.cancel('ASN-9', context)],
  [
    'ship-notice-cancelled',
    'its cancellation',
    (core) => core.shipNotices.cancel('ASN-2', context),
  ],
  [
    'already-received',
    'cancelling a ship notice',
    (core) => core.shipNotices.cancel('ASN-3', context),
  ],
  [
    'unknown-ship-notice',
    'an arrival',
    (core) => core.arrivals.arriveUnscheduled('ASN-9', context),
  ],
  [
    'ship-notice-cancelled',
    'an arrival',
    (core) => core.arrivals.arriveUnscheduled('ASN-2', context),
  ],
  ['unknown-plant', 'an appointment', schedule({ plant: '9999' })],
  ['unknown-dock', 'an appointment', schedule({ dock: 'DOCK-99' })],
  ['invalid-hour', 'an appointment', schedule({ hour: 24 })],
  ['unknown-order', 'an appointment', schedule({ purchaseOrder: 'PO-9' })],
  ['unknown-ship-notice', 'an appointment', schedule({ shipNotice: 'ASN-9' })],
  ['dock-taken', 'an appointment', schedule({ hour: 8 })],
  [
    'nothing-to-arrive',
    'an appointment',
    (core) => core.arrivals.schedule({ plant: '1010', dock: at, date: today, hour: 9 }, context),
  ],
  ['unknown-appointment', 'an arrival', (core) => core.arrivals.arrive('AP-9', context)],
  ['appointment-over', 'a second arrival', (core) => core.arrivals.arrive('AP-0000001', context)],
  ['appointment-over', 'a cancellation', (core) => core.arrivals.cancel('AP-0000001', context)],
  ['unknown-order', 'a receiving', receive({ purchaseOrder: 'PO-9' })],
  ['order-known', 'a receiving without order', receive({ withoutOrder: true, plant: '1010' })],
  [
    'unknown-plant',
    'a receiving without order or plant',
    receive({ purchaseOrder: '', withoutOrder: true }),
  ],
  ['expected-receipt-closed', 'a receiving', receive({ purchaseOrder: 'PO-3' })],
  ['expected-receipt-cancelled', 'a receiving', receive({ purchaseOrder: 'PO-2' })],
  ['unknown-dock', 'a receiving', receive({ dock: 'A-01' })],
  ['future-date', 'a receiving', receive({ receivedOn: later })],
  ['no-lines', 'a receiving', (core) => core.receiving.receive(receiving(), context)],
  ['duplicate-line', 'a receiving', receive({}, bolts(1), bolts(2))],
  ['unknown-material', 'a receiving', receive({}, counted('10', 'GOLD', 1, 'C62'))],
  ['unknown-order-line', 'a receiving', receive({}, counted('99', 'BOLT', 1, 'C62'))],
  [
    'line-cancelled',
    'a receiving',
    receive({ purchaseOrder: 'PO-4' }, counted('20', 'MILK', 1, 'KGM', { lot: 'L1' })),
  ],
  ['wrong-material', 'a receiving', receive({}, counted('10', 'NUT', 1, 'C62'))],
  ['not-a-wrong-item', 'a receiving', receive({}, bolts(1, { condition: 'wrongItem' }))],
  ['over-delivery', 'a receiving on top of another', receive({}, bolts(7))],
  ['over-delivery', 'in another unit', receive({}, counted('10', 'BOLT', 1, 'DZN'))],
  [
    'over-delivery',
    'in two conditions of lots',
    receive({}, ...['L1', 'L2'].map((l) => counted('20', 'MILK', 2, 'KGM', { lot: l }))),
  ],
  ['quantity-not-positive', 'a receiving', receive({}, bolts(0))],
  ['lot-required', 'a receiving', receive({}, counted('20', 'MILK', 1, 'KGM'))],
  ['lot-not-managed', 'a receiving', receive({}, bolts(1, { lot: 'L1' }))],
  ['invalid-lot', 'a receiving', receive({}, counted('20', 'MILK', 1, 'KGM', { lot: 'A/B' }))],
  [
    'expired',
    'a receiving',
    receive(
      {},
      counted('20', 'MILK', 1, 'KGM', { lot: 'L1', expiresOn: calendarDate('2026-11-20') }),
    ),
  ],
  ['unknown-ship-notice', 'a receiving', receive({ shipNotice: 'ASN-9' })],
  ['ship-notice-cancelled', 'a receiving', receive({ shipNotice: 'ASN-2' })],
  ['ship-notice-mismatch', 'a receiving', receive({ purchaseOrder: 'PO-4', shipNotice: 'ASN-1' })],
  ['unknown-confirmation', 'a reversal', (core) => core.receiving.reverse('WR-9', context)],
  ['is-reversal', 'a reversal', (core) => core.receiving.reverse('WR-0000004', context)],
  ['already-reversed', 'a reversal', (core) => core.receiving.reverse('WR-0000003', context)],
  [
    'expected-receipt-closed',
    'a reversal',
    (core) => core.receiving.reverse('WR-0000002', context),
  ],
  ['unknown-confirmation', 'a put-away', (core) => core.putAwayReceipt('WR-9', 'A-01', context)],
  ['already-reversed', 'a put-away', (core) => core.putAwayReceipt('WR-0000003', 'A-01', context)],
  ['unknown-plant', 'a put-away', move({ plant: '9999' })],
  ['unknown-material', 'a put-away', move({ material: 'GOLD' })],
  ['invalid-location', 'a put-away from', move({ from: '' })],
  ['invalid-location', 'a put-away to', move({ to: 'A/1' })],
  ['same-location', 'a put-away', move({ to: at })],
  ['insufficient-stock', 'a put-away of more than there is', move({ quantity: decimal(99) })],
  ['insufficient-stock', 'a put-away of another status', move({ status: 'blocked' })],
  ['lot-required', 'a put-away', move({ material: 'MILK', unit: 'KGM' })],
  ['quantity-not-positive', 'a put-away', move({ quantity: decimal(-1) })],
  ['quantity-zero', 'an adjustment', adjust({ quantity: zero })],
  ['reason-missing', 'an adjustment', adjust({ reason: ' ' })],
  ['unknown-plant', 'an adjustment', adjust({ plant: '9999' })],
  ['unknown-material', 'an adjustment', adjust({ material: 'GOLD' })],
  ['invalid-location', 'an adjustment', adjust({ location: '' })],
  ['lot-not-managed', 'an adjustment', adjust({ lot: 'L1' })],
  ['insufficient-stock', 'an adjustment', adjust({ quantity: decimal(-1) })],
  [
    'same-status',
    'a change of status',
    (core) => core.stock.changeStatus({ ...nut, to: 'available' }, context),
  ],
  [
    'insufficient-stock',
    'a change of status',
    (core) => core.stock.changeStatus({ ...nut, to: 'blocked' }, context),
  ],
  ['no-lines', 'a count', countOf()],
  [
    'quantity-negative',
    'a count',
    countOf({ material: 'NUT', quantity: decimal(-1), unit: 'C62' }),
  ],
  [
    'duplicate-line',
    'a count',
    countOf(
      { material: 'NUT', quantity: zero, unit: 'C62' },
      { material: 'NUT', quantity: zero, unit: 'C62' },
    ),
  ],
  [
    'invalid-number',
    'a supplier',
    (core) => core.suppliers.upsert(supplier('12345678901'), context),
  ],
  [
    'name-missing',
    'a supplier',
    (core) => core.suppliers.upsert({ ...supplier('1'), name: '' }, context),
  ],
  ['invalid-number', 'a material', upsertMaterial({ number: 'A/B' })],
  ['unknown-unit', 'a material', upsertMaterial({ baseUnit: 'XXX' })],
  [
    'invalid-conversion',
    'a material',
    upsertMaterial({ alternativeUnits: [{ ...box, denominator: zero }] }),
  ],
  ['no-conversion', 'a material', upsertMaterial({ orderUnit: 'LTR' })],
  ['invalid-shelf-life', 'a material', upsertMaterial({ shelfLifeDays: 0 })],
  ['price-negative', 'a material', upsertMaterial({ price: decimal(-1) })],
  [
    'base-unit-fixed',
    'a material',
    (core) => core.materials.upsert(material('BOLT', 'KGM'), context),
  ],
];

describe('refused, and nothing changed', () => {
  test.each(refused)('%s: %s', (rule, _name, command) => {
    const world = busy();
    expect(refusal(world, () => command(world.core))).toBe(rule);
  });

  test('ship-notice-closed: a receiving, an arrival', () => {
    const world = busy();
    world.core.receiving.receive({ ...receiving(bolts(1)), shipNotice: 'ASN-1' }, context);
    expect(refusal(world, () => receive({ shipNotice: 'ASN-1' })(world.core))).toBe(
      'ship-notice-closed',
    );
    expect(refusal(world, () => world.core.arrivals.arriveUnscheduled('ASN-1', context))).toBe(
      'ship-notice-closed',
    );
  });

  test('insufficient-stock: a reversal of goods that were put away', () => {
    const world = busy();
    world.core.putAwayReceipt('WR-0000001', 'A-01', context);
    expect(refusal(world, () => world.core.receiving.reverse('WR-0000001', context))).toBe(
      'insufficient-stock',
    );
  });

  test('no-conversion: a count after the conversion of what came before was taken away', () => {
    const world = busy();
    world.core.receiving.receive(
      receiving(counted('20', 'MILK', '0.5', 'CAN', { lot: 'L1' })),
      context,
    );
    world.core.materials.upsert(material('MILK', 'KGM', { batchManaged: true }), context);
    const more = counted('20', 'MILK', '0.5', 'KGM', { lot: 'L1' });
    expect(refusal(world, () => receive({}, more)(world.core))).toBe('no-conversion');
  });

  test('a number that a refusal drew is not lost', () => {
    const { core } = busy();
    expect(() => move({ quantity: decimal(99) })(core)).toThrow(BusinessError);
    const [first] = core.putAway(bolt, context);
    expect(first?.reference).toBe('PT-0000001');
  });
});

describe('seeding', () => {
  test('2,000 suppliers and 5,000 materials take no time and tell nobody', () => {
    const events: DomainEvent[] = [];
    const history = new MemoryHistory();
    const store = new Store({ system: 'wms', history, publish: (event) => events.push(event) });
    const core = new WmsCore({ store, random: new KeyedRandom('wms') });
    const many = {
      plants: seed.plants,
      suppliers: Array.from({ length: 2000 }, (_, i) => supplier(`103${i}`)),
      materials: Array.from({ length: 5000 }, (_, i) => material(`MAT-${i}`, 'C62')),
    };
    const cpu = process.cpuUsage();
    core.masterData.seed(many, context);
    expect(process.cpuUsage(cpu).user / 1000).toBeLessThan(1000);
    expect(history.length).toBe(7000);
    expect(events).toEqual([]);
  });
});
