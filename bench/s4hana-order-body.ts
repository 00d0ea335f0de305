/** The 3-line purchase order as a deep insert into S/4HANA. */
import type { LandscapeData } from '../simulators/landscape-data.ts';

/** As the purchase order service takes it; the materials are bought by the piece. */
export function s4hanaOrderBody(data: LandscapeData): object {
  const supplier = data.suppliers.find((each) => !each.blocked);
  const pieces = data.materials.filter(({ orderUnit }) => orderUnit === 'C62').slice(0, 3);
  return {
    PurchaseOrderType: 'NB',
    CompanyCode: '1000',
    PurchasingOrganization: '1000',
    PurchasingGroup: '001',
    Supplier: supplier?.number,
    DocumentCurrency: 'EUR',
    PurchaseOrderDate: '/Date(1767571200000)/',
    CorrespncExternalReference: 'PO-0000001',
    to_PurchaseOrderItem: pieces.map(({ number }, index) => ({
      PurchaseOrderItem: String((index + 1) * 10),
      Material: number,
      Plant: '1010',
      OrderQuantity: '12',
      PurchaseOrderQuantityUnit: 'PC',
      NetPriceAmount: '9.95',
      NetPriceQuantity: '1',
      to_ScheduleLine: [{ ScheduleLineDeliveryDate: '/Date(1768867200000)/' }],
    })),
  };
}
