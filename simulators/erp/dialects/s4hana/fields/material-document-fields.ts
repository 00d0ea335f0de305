/** The fields of the material document service (API_MATERIAL_DOCUMENT_SRV), as its public `$metadata` lists them; notation: odata/field-notation.ts. */

export const materialDocumentFields = `
A_MaterialDocumentHeader key(MaterialDocumentYear, MaterialDocument) not: updatable, deletable
  MaterialDocumentYear:S4 MaterialDocument:S10 InventoryTransactionType:S2 DocumentDate:DT
  PostingDate:DT CreationDate:DT CreationTime:T CreatedByUser:S12 MaterialDocumentHeaderText:S25
  ReferenceDocument:S16 VersionForPrintingSlip:S1 ManualPrintIsTriggered:S1
  CtrlPostgForExtWhseMgmtSyst:S1 GoodsMovementCode:S2
  nav: to_MaterialDocumentItem=A_MaterialDocumentItem*
A_MaterialDocumentItem key(MaterialDocumentYear, MaterialDocument, MaterialDocumentItem) not: creatable, updatable, deletable
  MaterialDocumentYear:S4 MaterialDocument:S10 MaterialDocumentItem:S4 Material:S40 Plant:S4
  StorageLocation:S4 Batch:S10 GoodsMovementType:S3 InventoryStockType:S2
  InventoryValuationType:S10 InventorySpecialStockType:S1 Supplier:S10 Customer:S10 SalesOrder:S10
  SalesOrderItem:S6 SalesOrderScheduleLine:S4 PurchaseOrder:S10 PurchaseOrderItem:S5
  WBSElement:S24 ManufacturingOrder:S12 ManufacturingOrderItem:S4 GoodsMovementRefDocType:S1
  GoodsMovementReasonCode:S4 Delivery:S10 DeliveryItem:S6 AccountAssignmentCategory:S1
  CostCenter:S10 ControllingArea:S4 CostObject:S12 GLAccount:S10 FunctionalArea:S16
  ProfitabilitySegment:S10 ProfitCenter:S10 MasterFixedAsset:S12 FixedAsset:S4 MaterialBaseUnit:S3
  QuantityInBaseUnit:D13,3 EntryUnit:S3 QuantityInEntryUnit:D13,3 CompanyCodeCurrency:S5
  GdsMvtExtAmtInCoCodeCrcy:D14,3 SlsPrcAmtInclVATInCoCodeCrcy:D14,3 FiscalYear:S4
  FiscalYearPeriod:S7 FiscalYearVariant:S2 IssgOrRcvgMaterial:S40 IssgOrRcvgBatch:S10
  IssuingOrReceivingPlant:S4 IssuingOrReceivingStorageLoc:S4 IssuingOrReceivingStockType:S2
  IssgOrRcvgSpclStockInd:S1 IssuingOrReceivingValType:S10 IsCompletelyDelivered:B
  MaterialDocumentItemText:S50 GoodsRecipientName:S12 UnloadingPointName:S25
  ShelfLifeExpirationDate:DT ManufactureDate:DT SerialNumbersAreCreatedAutomly:B Reservation:S10
  ReservationItem:S4 ReservationIsFinallyIssued:B SpecialStockIdfgSalesOrder:S10
  SpecialStockIdfgSalesOrderItem:S6 SpecialStockIdfgWBSElement:S24 IsAutomaticallyCreated:S1
  MaterialDocumentLine:S6 MaterialDocumentParentLine:S6 HierarchyNodeLevel:S2
  GoodsMovementIsCancelled:B ReversedMaterialDocumentYear:S4 ReversedMaterialDocument:S10
  ReversedMaterialDocumentItem:S4 ReferenceDocumentFiscalYear:S4 InvtryMgmtRefDocumentItem:S4
  InvtryMgmtReferenceDocument:S10 MaterialDocumentPostingType:S1 InventoryUsabilityCode:S1
  EWMWarehouse:S4 EWMStorageBin:S18 StockSegment:S40 IssgOrRcvgStockSegment:S40
  nav: to_MaterialDocumentHeader=A_MaterialDocumentHeader
  to_SerialNumbers=A_SerialNumberMaterialDocument*
A_SerialNumberMaterialDocument key(Material, SerialNumber, MaterialDocument, MaterialDocumentItem, MaterialDocumentYear) not: creatable, updatable, deletable
  Material:S40 SerialNumber:S18 MaterialDocument:S10 MaterialDocumentItem:S4
  MaterialDocumentYear:S4
`;
