/** What the dialect makes ready once, whatever landscapes it is mounted in: the models of its services. */
import type { Service } from '../../../odata/entity-set.ts';
import type { ServiceModel } from '../../../odata/model.ts';
import { businessPartnerModel, businessPartnerService } from './business-partner-service.ts';
import { journalItemModel, journalItemService } from './journal-item-service.ts';
import { materialDocumentModel } from './material-document-model.ts';
import { materialDocumentService } from './material-document-service.ts';
import { materialStockModel, materialStockService } from './material-stock-service.ts';
import { productModel, productService } from './product-service.ts';
import { purchaseOrderModel, purchaseOrderService } from './purchase-order-service.ts';
import type { Surroundings } from './s4-service.ts';
import { supplierInvoiceModel } from './supplier-invoice-model.ts';
import { supplierInvoiceService } from './supplier-invoice-service.ts';

export interface S4hanaSettings {
  /** Rows of a list that are answered at once; the rest by `$skiptoken`. Default 1000. */
  readonly pageSize?: number;
  /** How long an access token of the token endpoint lives; default 3600. */
  readonly tokenLifetimeSeconds?: number;
}

export interface Prepared {
  readonly settings: S4hanaSettings;
  readonly services: readonly PreparedService[];
}

interface PreparedService {
  readonly name: string;
  readonly mount: (around: Surroundings) => Service;
}

export const basePath = '/sap/opu/odata/sap';
export const tokenPath = '/sap/bc/sec/oauth2/token';

const services: readonly (readonly [
  model: () => ServiceModel,
  mount: (model: ServiceModel, around: Surroundings) => Service,
])[] = [
  [purchaseOrderModel, purchaseOrderService],
  [materialDocumentModel, materialDocumentService],
  [supplierInvoiceModel, supplierInvoiceService],
  [businessPartnerModel, businessPartnerService],
  [productModel, productService],
  [materialStockModel, materialStockService],
  [journalItemModel, journalItemService],
];

export const prepare = (settings: S4hanaSettings): Prepared => ({
  settings,
  services: services.map(([modelOf, mount]) => {
    const model = modelOf();
    return { name: model.name, mount: (around) => mount(model, around) };
  }),
});
