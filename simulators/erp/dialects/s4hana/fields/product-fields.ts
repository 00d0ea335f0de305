/** The fields of the product service (API_PRODUCT_SRV), as its public `$metadata` lists them; notation: odata/field-notation.ts. */

export const productFields = `
A_Product key(Product) not: deletable
  Product:S40 ProductType:S4 CrossPlantStatus:S2 CrossPlantStatusValidityDate:DT CreationDate:DT°
  CreatedByUser:S12° LastChangeDate:DT° LastChangedByUser:S12° LastChangeDateTime:DTO°
  IsMarkedForDeletion:B ProductOldID:S40 GrossWeight:D13,3 PurchaseOrderQuantityUnit:S3
  SourceOfSupply:S1 WeightUnit:S3 NetWeight:D13,3 CountryOfOrigin:S3 CompetitorID:S10
  ProductGroup:S9 BaseUnit:S3 ItemCategoryGroup:S4 ProductHierarchy:S18 Division:S2
  VarblPurOrdUnitIsActive:S1 VolumeUnit:S3 MaterialVolume:D13,3 ANPCode:S9 Brand:S4
  ProcurementRule:S1 ValidityStartDate:DT LowLevelCode:S3 ProdNoInGenProdInPrepackProd:S40
  SerialIdentifierAssgmtProfile:S4 SizeOrDimensionText:S32 IndustryStandardName:S18
  ProductStandardID:S18 InternationalArticleNumberCat:S2 ProductIsConfigurable:B
  IsBatchManagementRequired:B ExternalProductGroup:S18 CrossPlantConfigurableProduct:S40
  SerialNoExplicitnessLevel:S1 ProductManufacturerNumber:S40 ManufacturerNumber:S10
  ManufacturerPartProfile:S4 QltyMgmtInProcmtIsActive:B IndustrySector:S1 ChangeNumber:S12
  MaterialRevisionLevel:S2 HandlingIndicator:S4 WarehouseProductGroup:S4
  WarehouseStorageCondition:S2 StandardHandlingUnitType:S4 SerialNumberProfile:S4
  AdjustmentProfile:S3 PreferredUnitOfMeasure:S3 IsPilferable:B IsRelevantForHzdsSubstances:B
  QuarantinePeriod:D3,0 TimeUnitForQuarantinePeriod:S3 QualityInspectionGroup:S4
  AuthorizationGroup:S4 DocumentIsCreatedByCAD:B HandlingUnitType:S4 HasVariableTareWeight:B
  MaximumPackagingLength:D15,3 MaximumPackagingWidth:D15,3 MaximumPackagingHeight:D15,3
  UnitForMaxPackagingDimensions:S3
  nav: to_Description=A_ProductDescription* to_Plant=A_ProductPlant*
  to_ProductUnitsOfMeasure=A_ProductUnitsOfMeasure* to_Valuation=A_ProductValuation*
A_ProductDescription key(Product, Language)
  Product:S40 Language:S2 ProductDescription:S40
A_ProductPlant key(Product, Plant) not: deletable
  Product:S40 Plant:S4 PurchasingGroup:S3 CountryOfOrigin:S3 RegionOfOrigin:S3
  ProductionInvtryManagedLoc:S4 ProfileCode:S2 ProfileValidityStartDate:DT
  AvailabilityCheckType:S2 FiscalYearVariant:S2 PeriodType:S1 ProfitCenter:S10 Commodity:S17
  GoodsReceiptDuration:D3,0 MaintenanceStatusName:S15 IsMarkedForDeletion:B MRPType:S2
  MRPResponsible:S3 ABCIndicator:S1 MinimumLotSizeQuantity:D13,3 MaximumLotSizeQuantity:D13,3
  FixedLotSizeQuantity:D13,3 ConsumptionTaxCtrlCode:S16 IsCoProduct:B ProductIsConfigurable:S40
  StockDeterminationGroup:S4 StockInTransferQuantity:D13,3 StockInTransitQuantity:D13,3
  HasPostToInspectionStock:B IsBatchManagementRequired:B SerialNumberProfile:S4
  IsNegativeStockAllowed:B GoodsReceiptBlockedStockQty:D13,3 HasConsignmentCtrl:S1
  FiscalYearCurrentPeriod:S4 FiscalMonthCurrentPeriod:S2 ProcurementType:S1
  IsInternalBatchManaged:B ProductCFOPCategory:S2 ProductIsExciseTaxRelevant:B BaseUnit:S3
  ConfigurableProduct:S40 GoodsIssueUnit:S3 MaterialFreightGroup:S8
  OriginalBatchReferenceMaterial:S40 OriglBatchManagementIsRequired:S1 ProductIsCriticalPrt:B
  ProductLogisticsHandlingGroup:S4
  nav: to_ProductPlantProcurement=A_ProductPlantProcurement
  to_StorageLocation=A_ProductStorageLocation*
A_ProductPlantProcurement key(Product, Plant) not: deletable
  Product:S40 Plant:S4 IsAutoPurOrdCreationAllowed:B IsSourceListRequired:B
  SourceOfSupplyCategory:S1 ItmIsRlvtToJITDelivSchedules:S1
A_ProductStorageLocation key(Product, Plant, StorageLocation) not: deletable
  Product:S40 Plant:S4 StorageLocation:S4 WarehouseStorageBin:S10 MaintenanceStatus:S15°
  PhysicalInventoryBlockInd:S1 CreationDate:DT° IsMarkedForDeletion:B
  DateOfLastPostedCntUnRstrcdStk:DT InventoryCorrectionFactor:Double
  InvtryRestrictedUseStockInd:S3 InvtryCurrentYearStockInd:S3 InvtryQualInspCurrentYrStkInd:S3
  InventoryBlockStockInd:S3 InvtryRestStockPrevPeriodInd:S3 InventoryStockPrevPeriod:S3
  InvtryStockQltyInspPrevPeriod:S3 HasInvtryBlockStockPrevPeriod:S3 FiscalYearCurrentPeriod:S4
  FiscalMonthCurrentPeriod:S2 FiscalYearCurrentInvtryPeriod:S4 LeanWrhsManagementPickingArea:S3
A_ProductUnitsOfMeasure key(Product, AlternativeUnit)
  Product:S40 AlternativeUnit:S3 QuantityNumerator:D5,0 QuantityDenominator:D5,0
  MaterialVolume:D13,3 VolumeUnit:S3 GrossWeight:D13,3 WeightUnit:S3 GlobalTradeItemNumber:S18
  GlobalTradeItemNumberCategory:S2 UnitSpecificProductLength:D13,3 UnitSpecificProductWidth:D13,3
  UnitSpecificProductHeight:D13,3 ProductMeasurementUnit:S3 LowerLevelPackagingUnit:S3
  RemainingVolumeAfterNesting:D3,0 MaximumStackingFactor:Byte CapacityUsage:D15,3 BaseUnit:S3
  nav: to_InternationalArticleNumber=A_ProductUnitsOfMeasureEAN*
A_ProductUnitsOfMeasureEAN key(Product, AlternativeUnit, ConsecutiveNumber)
  Product:S40 AlternativeUnit:S3 ConsecutiveNumber:S5 ProductStandardID:S18
  InternationalArticleNumberCat:S2 IsMainGlobalTradeItemNumber:B
A_ProductValuation key(Product, ValuationArea, ValuationType) not: deletable
  Product:S40 ValuationArea:S4 ValuationType:S10 ValuationClass:S4 PriceDeterminationControl:S1
  StandardPrice:D12,3 PriceUnitQty:D5,0 InventoryValuationProcedure:S1 IsMarkedForDeletion:B
  MovingAveragePrice:D12,3 ValuationCategory:S1 ProductUsageType:S1 ProductOriginType:S1
  IsProducedInhouse:B ProdCostEstNumber:S12 ProjectStockValuationClass:S4
  ValuationClassSalesOrderStock:S4 PlannedPrice1InCoCodeCrcy:D12,3 PlannedPrice2InCoCodeCrcy:D12,3
  PlannedPrice3InCoCodeCrcy:D12,3 FuturePlndPrice1ValdtyDate:DT FuturePlndPrice2ValdtyDate:DT
  FuturePlndPrice3ValdtyDate:DT TaxBasedPricesPriceUnitQty:D5,0 PriceLastChangeDate:DT
  PlannedPrice:D12,3 PrevInvtryPriceInCoCodeCrcy:D12,3 Currency:S5 BaseUnit:S3
`;
