/**
 * The fields of the stock service (API_MATERIAL_STOCK_SRV). From general knowledge of the service, not
 * from a `$metadata` document; notation: odata/field-notation.ts.
 */

export const materialStockFields = `
A_MaterialStock key(Material) not: creatable, updatable, deletable
  Material:S40 MaterialBaseUnit:S3
  nav: to_MatlStkInAcctMod=A_MatlStkInAcctMod*
A_MatlStkInAcctMod key(Material, Plant, StorageLocation, Batch, Supplier, Customer, WBSElementInternalID, SDDocument, SDDocumentItem, InventorySpecialStockType, InventoryStockType) not: creatable, updatable, deletable
  Material:S40 Plant:S4 StorageLocation:S4 Batch:S10 Supplier:S10 Customer:S10
  WBSElementInternalID:S24 SDDocument:S10 SDDocumentItem:S6 InventorySpecialStockType:S1
  InventoryStockType:S2 MaterialBaseUnit:S3 MatlWrhsStkQtyInMatlBaseUnit:D31,14
`;
