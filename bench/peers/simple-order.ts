/** The 3-line order for peers that know no ERP: the same lines as the ERPs get. */
const line = (number: string) => ({
  line: number,
  material: 'MAT-00001',
  quantity: '12',
  unit: 'C62',
  netPrice: '9.95',
  plant: '1010',
  deliveryDate: '2026-01-20',
});

export const simpleOrder = {
  externalReference: 'PO-0000001',
  companyCode: '1000',
  supplier: '10300001',
  currency: 'EUR',
  orderDate: '2026-01-05',
  lines: ['10', '20', '30'].map(line),
};
