/** An order as JSON clients send it. */
export const orderDraft = (reference, supplier = '100001') => ({
  CompanyCode: '1000',
  PurchaseOrderType: 'NB',
  Supplier: supplier,
  PurchasingOrganization: '1000',
  PurchasingGroup: '001',
  DocumentCurrency: 'EUR',
  CorrespncExternalReference: reference,
  PurchaseOrderDate: '/Date(1795219200000)/',
  to_PurchaseOrderItem: [
    {
      PurchaseOrderItem: '0010',
      Material: 'M-1',
      Plant: '1010',
      OrderQuantity: '10',
      NetPriceAmount: '5.00',
      NetPriceQuantity: '1',
    },
  ],
});
