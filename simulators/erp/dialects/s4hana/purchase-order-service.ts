/** API_PURCHASEORDER_PROCESS_SRV: orders with items, schedule lines, account assignments and notes. */
import type { PurchaseOrder } from '../../../../domain/purchase-order.ts';
import type { Context } from '../../../../harness/context.ts';
import type { Body } from '../../../odata/body-reader.ts';
import { type EntitySet, type Hints, type Service, erased } from '../../../odata/entity-set.ts';
import type { ServiceModel } from '../../../odata/model.ts';
import type { Key } from '../../../odata/resource-path.ts';
import { DocumentLog } from './document-log.ts';
import { Extensions } from './extensions.ts';
import { purchaseOrderFields } from './fields/purchase-order-fields.ts';
import { OrderWriting } from './purchase-order-writing.ts';
import {
  type AccountRow,
  type ItemRow,
  type OrderRow,
  type ScheduleRow,
  accountFields,
  headerOverrides,
  itemFields,
  itemOverrides,
  orderFields,
  pricingFields,
  scheduleFields,
} from './purchase-order-rows.ts';
import { type Surroundings, service, serviceModel, typeOf } from './s4-service.ts';

export const purchaseOrderModel = (): ServiceModel =>
  serviceModel('API_PURCHASEORDER_PROCESS_SRV', purchaseOrderFields);

export const purchaseOrderService = (model: ServiceModel, around: Surroundings): Service =>
  new PurchaseOrderService(model, around).service(around.pageSize);

const itemsOf = (row: OrderRow): ItemRow[] => row.order.lines.map((line) => ({ ...row, line }));

const schedulesOf = (row: ItemRow): ScheduleRow[] =>
  row.line.scheduleLines.map((schedule) => ({ ...row, schedule }));

const accountsOf = (row: ItemRow): AccountRow[] => {
  const { accountAssignment: account } = row.line;
  return account === undefined ? [] : [{ ...row, account }];
};

interface NoteRow extends OrderRow {
  readonly note: Readonly<Record<string, unknown>>;
}

class PurchaseOrderService {
  readonly #model: ServiceModel;
  readonly #around: Surroundings;
  readonly #log: DocumentLog<PurchaseOrder>;
  readonly #extensions: Extensions;
  readonly #writing: OrderWriting;

  constructor(model: ServiceModel, around: Surroundings) {
    this.#model = model;
    this.#around = around;
    this.#log = new DocumentLog(
      around.core.purchaseOrders.documents,
      (order) => order.supplier,
      around.commits,
    );
    this.#extensions = new Extensions(around.store, 'PurchaseOrder');
    this.#writing = new OrderWriting(around.core, this.#extensions);
  }

  service(pageSize: number): Service {
    const sets = [this.#orders(), this.#items(), this.#schedules(), ...this.#details()];
    return service(this.#model, sets, {}, pageSize);
  }

  #row(order: PurchaseOrder): OrderRow {
    return { order, more: this.#extensions.get(order.number) };
  }

  #order(number: string | undefined): OrderRow | undefined {
    const order = this.#around.core.purchaseOrders.documents.get(number ?? '');
    return order === undefined ? undefined : this.#row(order);
  }

  #item(number: string | undefined, line: string | undefined): ItemRow | undefined {
    const row = this.#order(number);
    const found = row?.order.lines.find((each) => each.line === line);
    return row === undefined || found === undefined ? undefined : { ...row, line: found };
  }

  *#candidates({ equals, from }: Hints, keyName: string): IterableIterator<OrderRow> {
    for (const order of this.#documents(equals, from, keyName)) yield this.#row(order);
  }

  #documents(
    equals: Hints['equals'],
    from: Hints['from'],
    keyName: string,
  ): Iterable<PurchaseOrder> {
    const { documents, byExternalReference } = this.#around.core.purchaseOrders;
    const numbers = equals.get(keyName);
    if (numbers !== undefined)
      return numbers.toSorted().flatMap((each) => documents.get(each) ?? []);
    const references = equals.get('CorrespncExternalReference');
    if (references !== undefined && !references.includes('')) {
      return references.flatMap((each) => byExternalReference.find(each));
    }
    const suppliers = equals.get('Supplier');
    if (suppliers?.length === 1) return this.#log.ofPartners(suppliers);
    const since = from.get('LastChangeDateTime');
    return since === undefined ? this.#log.all() : this.#log.changedSince(since);
  }

  #orders(): EntitySet {
    return erased<OrderRow>({
      type: typeOf(this.#model, 'A_PurchaseOrder'),
      fields: orderFields(this.#around.core),
      overrides: headerOverrides,
      navigations: {
        to_PurchaseOrderItem: itemsOf,
        to_PurchaseOrderNote: (row) =>
          (row.more?.notes ?? []).map((note): NoteRow => ({ ...row, note })),
      },
      find: ({ PurchaseOrder: number }: Key) => this.#order(number),
      rows: (hints) => this.#candidates(hints, 'PurchaseOrder'),
      create: (body: Body, context: Context) => this.#writing.create(body, context),
      update: ({ order }, body, context) => this.#writing.changeHeader(order, body, context),
      remove: ({ order }, context) => this.#writing.remove(order, undefined, context),
    });
  }

  #items(): EntitySet {
    return erased<ItemRow>({
      type: typeOf(this.#model, 'A_PurchaseOrderItem'),
      fields: itemFields(this.#around.core),
      overrides: itemOverrides,
      navigations: {
        to_PurchaseOrder: (row) => [row],
        to_ScheduleLine: schedulesOf,
        to_AccountAssignment: accountsOf,
        to_PurchaseOrderPricingElement: (row) => [row],
      },
      find: (key) => this.#item(key['PurchaseOrder'], key['PurchaseOrderItem']),
      rows: (hints) => flat(this.#candidates(hints, 'PurchaseOrder'), itemsOf),
      create: (body, context) => {
        const number = String(body.values['PurchaseOrder'] ?? '');
        const { order, line } = this.#writing.addItem(number, body, context);
        return this.#item(order.number, line) as ItemRow;
      },
      update: (row, body, context) => this.#writing.changeItem(row, body, context),
      remove: ({ order, line }, context) => this.#writing.remove(order, line.line, context),
    });
  }

  #schedules(): EntitySet {
    return erased<ScheduleRow>({
      type: typeOf(this.#model, 'A_PurchaseOrderScheduleLine'),
      fields: scheduleFields,
      find: (key) => {
        const item = this.#item(key['PurchasingDocument'], key['PurchasingDocumentItem']);
        const rows = item === undefined ? [] : schedulesOf(item);
        return rows.find(({ schedule }) => schedule.scheduleLine === key['ScheduleLine']);
      },
      rows: (hints) =>
        flat(this.#candidates(hints, 'PurchasingDocument'), (row) =>
          itemsOf(row).flatMap(schedulesOf),
        ),
      update: (row, body, context) => this.#writing.changeSchedule(row, body, context),
    });
  }

  #details(): EntitySet[] {
    const find = (key: Key) => this.#item(key['PurchaseOrder'], key['PurchaseOrderItem']);
    const rows = (hints: Hints) => flat(this.#candidates(hints, 'PurchaseOrder'), itemsOf);
    return [
      erased<AccountRow>({
        type: typeOf(this.#model, 'A_PurOrdAccountAssignment'),
        fields: accountFields,
        find: (key) => {
          const item = key['AccountAssignmentNumber'] === '1' ? find(key) : undefined;
          return item === undefined ? undefined : accountsOf(item)[0];
        },
        rows: (hints) => flat(rows(hints), accountsOf),
      }),
      erased<ItemRow>({
        type: typeOf(this.#model, 'A_PurOrdPricingElement'),
        fields: pricingFields,
        find: (key) => (key['PricingProcedureStep'] === '1' ? find(key) : undefined),
        rows,
      }),
      this.#notes(),
    ];
  }

  #notes(): EntitySet {
    const member = (name: string) => (row: NoteRow) => String(row.note[name] ?? '');
    const notesOf = (row: OrderRow): NoteRow[] =>
      (row.more?.notes ?? []).map((note) => ({ ...row, note }));
    return erased<NoteRow>({
      type: typeOf(this.#model, 'A_PurchaseOrderNote'),
      fields: {
        PurchaseOrder: ({ order }) => order.number,
        TextObjectType: member('TextObjectType'),
        Language: member('Language'),
        PlainLongText: member('PlainLongText'),
      },
      find: (key) => {
        const row = this.#order(key['PurchaseOrder']);
        const notes = row === undefined ? [] : notesOf(row);
        return notes.find(
          ({ note }) =>
            note['TextObjectType'] === key['TextObjectType'] &&
            note['Language'] === key['Language'],
        );
      },
      rows: (hints) => flat(this.#candidates(hints, 'PurchaseOrder'), notesOf),
    });
  }
}

function* flat<A, B>(source: Iterable<A>, each: (one: A) => readonly B[]): IterableIterator<B> {
  for (const one of source) yield* each(one);
}
