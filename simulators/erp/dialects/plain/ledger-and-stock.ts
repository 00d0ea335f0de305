/** Stock and the general ledger of the ERP on the `plain` wire: to read, for reconciliation. */
import type { AccountingDocument } from '../../../../domain/accounting-document.ts';
import {
  companyCode,
  currency,
  lineNumber,
  materialNumber,
  orderNumber,
  plantCode,
  storageLocation,
  supplierNumber,
  taxCode,
  unit,
} from '../../../plain/documents/shared.ts';
import type { Endpoint, Resource } from '../../../plain/endpoint.ts';
import { byField } from '../../../plain/filters.ts';
import { listOf, readOf } from '../../../plain/resource-endpoints.ts';
import {
  date,
  decimal,
  key,
  list,
  named,
  object,
  oneOf,
  timestamp,
} from '../../../plain/schema.ts';
import type { StockBalance } from '../../erp-documents.ts';
import type { ErpCore } from '../../erp-core.ts';

const stock: Resource<ErpCore, StockBalance> = {
  name: 'stock',
  singular: 'StockBalance',
  plural: 'StockBalances',
  schema: named(
    'StockBalance',
    object({
      material: materialNumber,
      plant: plantCode,
      storageLocation,
      unit,
      quantity: decimal,
      consignment: decimal,
      blocked: decimal,
    }),
    'Unrestricted stock in the base unit; `consignment` is the part that the supplier still owns.',
  ),
  keyPath: '{material}/{plant}/{storageLocation}',
  idOf: ({ material, plant, storageLocation: place }) => `${material}/${plant}/${place}`,
  collection: (core) => core.stock.balances,
  filters: [byField('material'), byField('plant'), byField('storageLocation')],
};

const postingLine = named(
  'PostingLine',
  object({
    line: lineNumber,
    key: oneOf('BSX', 'WRX', 'PRD', 'GBB', 'VST', 'KBS', 'DIF', 'SKE', 'BNK', 'UPF', 'KDM'),
    account: key(10),
    amount: decimal,
    'supplier?': supplierNumber,
    'material?': materialNumber,
    'plant?': plantCode,
    'purchaseOrder?': orderNumber,
    'purchaseOrderLine?': lineNumber,
    'taxCode?': taxCode,
    'costCenter?': key(24),
    'clearedBy?': key(60),
  }),
  'A positive amount is a debit, a negative one a credit.',
);

const accountingDocuments: Resource<ErpCore, AccountingDocument> = {
  name: 'accounting-documents',
  singular: 'AccountingDocument',
  plural: 'AccountingDocuments',
  schema: named(
    'AccountingDocument',
    object({
      number: key(20),
      year: { type: 'string', pattern: '^\\d{4}$' },
      period: key(3),
      companyCode,
      currency,
      documentType: oneOf('WE', 'WA', 'WL', 'RE', 'KG', 'ZP', 'ZR', 'SA', 'WI', 'ML'),
      documentDate: date,
      postingDate: date,
      createdAt: timestamp,
      source: { type: 'string' },
      'reverses?': key(60),
      lines: list(postingLine, 10_000),
    }),
    'A balanced posting.',
  ),
  keyPath: '{companyCode}/{year}/{number}',
  idOf: ({ companyCode: company, year, number }) => `${company}/${year}/${number}`,
  collection: (core) => core.ledger.documents,
  filters: [byField('companyCode'), byField('source'), byField('documentType')],
};

export const ledgerAndStockEndpoints: readonly Endpoint<ErpCore>[] = [
  listOf(stock),
  readOf(stock),
  listOf(accountingDocuments),
  readOf(accountingDocuments),
];
