/** The 3-line purchase order that the insert benches post, for a landscape's own master data. */
import type { LandscapeData } from '../simulators/landscape-data.ts';

/** As the plain dialect of the ERP takes it. */
export function orderBody(data: LandscapeData): object {
  const supplier = data.suppliers.find((each) => !each.blocked);
  return {
    externalReference: 'PO-0000001',
    companyCode: '1000',
    supplier: supplier?.number,
    currency: 'EUR',
    orderDate: '2026-01-05',
    lines: [0, 1, 2].map((index) => {
      const material = data.materials[index];
      return {
        line: String((index + 1) * 10),
        material: material?.number,
        quantity: '12',
        unit: material?.orderUnit,
        netPrice: '9.95',
        plant: '1010',
        deliveryDate: '2026-01-20',
      };
    }),
  };
}
