/** The fields of the purchase order service (API_PURCHASEORDER_PROCESS_SRV), as its public `$metadata` lists them; notation: odata/field-notation.ts. */

export const purchaseOrderFields = `
A_POSubcontractingComponent key(PurchaseOrder, PurchaseOrderItem, ScheduleLine, ReservationItem, RecordType)
  PurchaseOrder:S10 PurchaseOrderItem:S5 ScheduleLine:S4 ReservationItem:S4 RecordType:S1
  Material:S40 BOMItemDescription:S40° RequiredQuantity:D13,3° BaseUnit:S3° RequirementDate:DT
  QuantityInEntryUnit:D13,3 EntryUnit:S3 WithdrawnQuantity:D13,3° Plant:S4 Batch:S10°
A_PurchaseOrder key(PurchaseOrder)
  PurchaseOrder:S10 CompanyCode:S4 PurchaseOrderType:S4 PurchasingDocumentDeletionCode:S1°
  PurchasingProcessingStatus:S2° CreatedByUser:S12° CreationDate:DT° LastChangeDateTime:DTO°
  Supplier:S10 PurchaseOrderSubtype:S1° Language:S2 PaymentTerms:S4 CashDiscount1Days:D3,0
  CashDiscount2Days:D3,0 NetPaymentDays:D3,0 CashDiscount1Percent:D5,3 CashDiscount2Percent:D5,3
  PurchasingOrganization:S4 PurchasingDocumentOrigin:S1° PurchasingGroup:S3 PurchaseOrderDate:DT
  DocumentCurrency:S5 ExchangeRate:S12 ExchangeRateIsFixed:B ValidityStartDate:DT
  ValidityEndDate:DT SupplierQuotationExternalID:S10 PurchasingCollectiveNumber:S10
  SupplierRespSalesPersonName:S30 SupplierPhoneNumber:S16 SupplyingSupplier:S10 SupplyingPlant:S4
  IncotermsClassification:S3 CorrespncExternalReference:S12 CorrespncInternalReference:S12
  InvoicingParty:S10 ReleaseIsNotCompleted:B° PurchasingCompletenessStatus:B IncotermsVersion:S4
  IncotermsLocation1:S70 IncotermsLocation2:S70 ManualSupplierAddressID:S10°
  IsEndOfPurposeBlocked:S1° AddressCityName:S40 AddressFaxNumber:S30 AddressHouseNumber:S10
  AddressName:S40 AddressPostalCode:S10 AddressStreetName:S60 AddressPhoneNumber:S30
  AddressRegion:S3 AddressCountry:S3 AddressCorrespondenceLanguage:S2
  PurgAggrgdProdCmplncSuplrSts:S1° PurgAggrgdProdMarketabilitySts:S1°
  PurgAggrgdSftyDataSheetStatus:S1° PurgProdCmplncTotDngrsGoodsSts:S1°
  nav: to_PurchaseOrderItem=A_PurchaseOrderItem* to_PurchaseOrderNote=A_PurchaseOrderNote*
A_PurchaseOrderItem key(PurchaseOrder, PurchaseOrderItem)
  PurchaseOrder:S10 PurchaseOrderItem:S5 PurchasingDocumentDeletionCode:S1°
  PurchaseOrderItemText:S40 Plant:S4 StorageLocation:S4 MaterialGroup:S9 PurchasingInfoRecord:S10
  SupplierMaterialNumber:S35 OrderQuantity:D13,3 PurchaseOrderQuantityUnit:S3 OrderPriceUnit:S3
  OrderPriceUnitToOrderUnitNmrtr:D5,0 OrdPriceUnitToOrderUnitDnmntr:D5,0 DocumentCurrency:S5°
  NetPriceAmount:D12,3 NetPriceQuantity:D5,0 TaxCode:S2 ShippingInstruction:S2
  TaxDeterminationDate:DT TaxCountry:S3 PriceIsToBePrinted:B OverdelivTolrtdLmtRatioInPct:D3,1
  UnlimitedOverdeliveryIsAllowed:B UnderdelivTolrtdLmtRatioInPct:D3,1 ValuationType:S10
  IsCompletelyDelivered:B IsFinallyInvoiced:B PurchaseOrderItemCategory:S1
  AccountAssignmentCategory:S1 MultipleAcctAssgmtDistribution:S1 PartialInvoiceDistribution:S1
  GoodsReceiptIsExpected:B GoodsReceiptIsNonValuated:B InvoiceIsExpected:B
  InvoiceIsGoodsReceiptBased:B PurchaseContract:S10 PurchaseContractItem:S5 Customer:S10
  Subcontractor:S10 SupplierIsSubcontractor:B ItemNetWeight:D13,3 ItemWeightUnit:S3
  TaxJurisdiction:S15 PricingDateControl:S1 ItemVolume:D13,3 ItemVolumeUnit:S3
  SupplierConfirmationControlKey:S4 IncotermsClassification:S3 IncotermsTransferLocation:S28
  EvaldRcptSettlmtIsAllowed:B PurchaseRequisition:S10 PurchaseRequisitionItem:S5 IsReturnsItem:B
  RequisitionerName:S12 ServicePackage:S10 EarmarkedFunds:S10 EarmarkedFundsDocument:S10
  EarmarkedFundsItem:S3 EarmarkedFundsDocumentItem:S3 IncotermsLocation1:S70
  IncotermsLocation2:S70 Material:S40 InternationalArticleNumber:S18 ManufacturerMaterial:S40
  ServicePerformer:S10 ProductType:S2 ExpectedOverallLimitAmount:D14,3 OverallLimitAmount:D14,3
  PurContractForOverallLimit:S10 PurchasingParentItem:S5 PurgConfigurableItemNumber:S40°
  PurgDocAggrgdSubitemCategory:S1 PurgDocSubitemCategory:S1° PurgExternalSortNumber:S5° Batch:S10
  PurchasingItemIsFreeOfCharge:B ReferenceDeliveryAddressID:S10 DeliveryAddressID:S10°
  DeliveryAddressName:S40 DeliveryAddressName2:S40 DeliveryAddressFullName:S80°
  DeliveryAddressStreetName:S60 DeliveryAddressHouseNumber:S10 DeliveryAddressCityName:S40
  DeliveryAddressPostalCode:S10 DeliveryAddressRegion:S3 DeliveryAddressCountry:S3
  DeliveryAddressDistrictName:S40 DownPaymentType:S4 DownPaymentPercentageOfTotAmt:D5,2
  DownPaymentAmount:D12,3 DownPaymentDueDate:DT BR_MaterialUsage:S1 BR_MaterialOrigin:S1
  BR_CFOPCategory:S2 BR_IsProducedInHouse:B ConsumptionTaxCtrlCode:S16
  PurgProdCmplncSupplierStatus:S1° PurgProductMarketabilityStatus:S1°
  PurgSafetyDataSheetStatus:S1° PurgProdCmplncDngrsGoodsStatus:S1°
  nav: to_PurchaseOrder=A_PurchaseOrder to_AccountAssignment=A_PurOrdAccountAssignment*
  to_PurchaseOrderItemNote=A_PurchaseOrderItemNote*
  to_PurchaseOrderPricingElement=A_PurOrdPricingElement*
  to_ScheduleLine=A_PurchaseOrderScheduleLine*
A_PurchaseOrderItemNote key(PurchaseOrder, PurchaseOrderItem, TextObjectType, Language)
  PurchaseOrder:S10 PurchaseOrderItem:S5 TextObjectType:S4 Language:S2 PlainLongText:S
A_PurchaseOrderNote key(PurchaseOrder, TextObjectType, Language)
  PurchaseOrder:S10 TextObjectType:S4 Language:S2 PlainLongText:S
A_PurchaseOrderScheduleLine key(PurchasingDocument, PurchasingDocumentItem, ScheduleLine)
  PurchasingDocument:S10 PurchasingDocumentItem:S5 ScheduleLine:S4 DelivDateCategory:S1
  ScheduleLineDeliveryDate:DT PurchaseOrderQuantityUnit:S3° ScheduleLineOrderQuantity:D13,3
  ScheduleLineDeliveryTime:T SchedLineStscDeliveryDate:DT PurchaseRequisition:S10
  PurchaseRequisitionItem:S5 ScheduleLineCommittedQuantity:D13,3 PerformancePeriodStartDate:DT
  PerformancePeriodEndDate:DT
  nav: to_SubcontractingComponent=A_POSubcontractingComponent*
A_PurOrdAccountAssignment key(PurchaseOrder, PurchaseOrderItem, AccountAssignmentNumber)
  PurchaseOrder:S10 PurchaseOrderItem:S5 AccountAssignmentNumber:S2 IsDeleted:B°
  PurchaseOrderQuantityUnit:S3° Quantity:D13,3 MultipleAcctAssgmtDistrPercent:D3,1
  DocumentCurrency:S5° PurgDocNetAmount:D14,3 GLAccount:S10 BusinessArea:S4 CostCenter:S10
  SalesOrder:S10 SalesOrderItem:S6 SalesOrderScheduleLine:S4 MasterFixedAsset:S12 FixedAsset:S4
  GoodsRecipientName:S12 UnloadingPointName:S25 ControllingArea:S4 CostObject:S12 OrderID:S12
  ProfitCenter:S10 WBSElementInternalID:S24 WBSElement:S24 WBSElementExternalID:S24
  ProjectNetwork:S12 NetworkActivity:S4 RealEstateObject:S40 PartnerAccountNumber:S10
  CommitmentItem:S24 JointVentureRecoveryCode:S2 FundsCenter:S16 Fund:S10 FunctionalArea:S16
  SettlementReferenceDate:DT TaxCode:S2 TaxJurisdiction:S15 CostCtrActivityType:S6
  BusinessProcess:S12 EarmarkedFundsDocument:S10 GrantID:S20 BudgetPeriod:S10
A_PurOrdPricingElement key(PurchaseOrder, PurchaseOrderItem, PricingDocument, PricingDocumentItem, PricingProcedureStep, PricingProcedureCounter)
  PurchaseOrder:S10 PurchaseOrderItem:S5 PricingDocument:S10 PricingDocumentItem:S6
  PricingProcedureStep:S3 PricingProcedureCounter:S3 ConditionType:S4 ConditionRateValue:D24,9
  ConditionCurrency:S5 PriceDetnExchangeRate:S12° TransactionCurrency:S5° ConditionAmount:D16,3°
  ConditionQuantityUnit:S3 ConditionQuantity:D5,0 ConditionApplication:S2° PricingDateTime:S14°
  ConditionCalculationType:S3° ConditionBaseValue:D24,9° ConditionToBaseQtyNmrtr:D10,0
  ConditionToBaseQtyDnmntr:D10,0 ConditionCategory:S1° ConditionIsForStatistics:B°
  PricingScaleType:S1° IsRelevantForAccrual:B° CndnIsRelevantForInvoiceList:S1°
  ConditionOrigin:S1° IsGroupCondition:S1° CndnIsRelevantForLimitValue:B°
  ConditionSequentialNumber:S3° ConditionControl:S1° ConditionInactiveReason:S1°
  ConditionClass:S1° FactorForConditionBasisValue:Double° PricingScaleBasis:S3°
  ConditionScaleBasisValue:D24,9° ConditionScaleBasisCurrency:S5° ConditionScaleBasisUnit:S3°
  CndnIsRelevantForIntcoBilling:B° ConditionIsForConfiguration:B° ConditionIsManuallyChanged:B°
  ConditionRecord:S10° AccessNumberOfAccessSequence:S3°
`;
