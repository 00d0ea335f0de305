/** The fields of the supplier invoice service (API_SUPPLIERINVOICE_PROCESS_SRV), as its public `$metadata` lists them; notation: odata/field-notation.ts. */

export const supplierInvoiceFields = `
A_SupplierInvoice key(SupplierInvoice, FiscalYear) not: updatable
  SupplierInvoice:S10° FiscalYear:S4° CompanyCode:S4 DocumentDate:DT PostingDate:DT
  CreationDate:DT° SuplrInvcLstChgDteTmeTxt:S23° SupplierInvoiceIDByInvcgParty:S16
  InvoicingParty:S10 DocumentCurrency:S5 InvoiceGrossAmount:D14,3 UnplannedDeliveryCost:D14,3
  DocumentHeaderText:S25 ReconciliationAccount:S10 ManualCashDiscount:D14,3 PaymentTerms:S4
  DueCalculationBaseDate:DT CashDiscount1Percent:D5,3 CashDiscount1Days:D3,0
  CashDiscount2Percent:D5,3 CashDiscount2Days:D3,0 NetPaymentDays:D3,0 PaymentBlockingReason:S1
  AccountingDocumentType:S2 BPBankAccountInternalID:S4 SupplierInvoiceStatus:S1
  IndirectQuotedExchangeRate:D9,5 DirectQuotedExchangeRate:D9,5 StateCentralBankPaymentReason:S3
  SupplyingCountry:S3 PaymentMethod:S1 PaymentMethodSupplement:S2 PaymentReference:S30
  InvoiceReference:S10 InvoiceReferenceFiscalYear:S4 FixedCashDiscount:S1
  UnplannedDeliveryCostTaxCode:S2 UnplndDelivCostTaxJurisdiction:S15
  UnplndDeliveryCostTaxCountry:S3 AssignmentReference:S18 SupplierPostingLineItemText:S50
  TaxIsCalculatedAutomatically:B BusinessPlace:S4 BusinessSectionCode:S4 BusinessArea:S4
  SuplrInvcIsCapitalGoodsRelated:B SupplierInvoiceIsCreditMemo:S1 PaytSlipWthRefSubscriber:S11
  PaytSlipWthRefCheckDigit:S2 PaytSlipWthRefReference:S27 TaxDeterminationDate:DT
  TaxReportingDate:DT TaxFulfillmentDate:DT InvoiceReceiptDate:DT DeliveryOfGoodsReportingCntry:S3
  SupplierVATRegistration:S20 IsEUTriangularDeal:B SuplrInvcDebitCrdtCodeDelivery:S1
  SuplrInvcDebitCrdtCodeReturns:S1 RetentionDueDate:DT PaymentReason:S4 HouseBank:S5
  HouseBankAccount:S5 AlternativePayeePayer:S10 SupplierInvoiceOrigin:S1° ReverseDocument:S10°
  ReverseDocumentFiscalYear:S4° IsReversal:B° IsReversed:B° SupplierInvoicePaymentStatus:S20°
  IN_GSTPartner:S10 IN_GSTPlaceOfSupply:S3 IN_InvoiceReferenceNumber:S64
  JrnlEntryCntrySpecificRef1:S80 JrnlEntryCntrySpecificDate1:DT JrnlEntryCntrySpecificRef2:S25
  JrnlEntryCntrySpecificDate2:DT JrnlEntryCntrySpecificRef3:S25 JrnlEntryCntrySpecificDate3:DT
  JrnlEntryCntrySpecificRef4:S50 JrnlEntryCntrySpecificDate4:DT JrnlEntryCntrySpecificRef5:S50
  JrnlEntryCntrySpecificDate5:DT JrnlEntryCntrySpecificBP1:S10 JrnlEntryCntrySpecificBP2:S10
  nav: to_SelectedDeliveryNotes=A_SuplrInvcSeldInbDeliveryNote*
  to_SelectedPurchaseOrders=A_SuplrInvcSeldPurgDocument*
  to_SuplrInvcItemAsset=A_SupplierInvoiceItemAsset*
  to_SuplrInvcItemMaterial=A_SupplierInvoiceItemMaterial*
  to_SuplrInvcItemPurOrdRef=A_SuplrInvcItemPurOrdRef*
  to_SuplrInvoiceAdditionalData=A_SuplrInvoiceAdditionalData
  to_SupplierInvoiceItemGLAcct=A_SupplierInvoiceItemGLAcct*
  to_SupplierInvoiceTax=A_SupplierInvoiceTax*
  to_SupplierInvoiceWhldgTax=A_SuplrInvcHeaderWhldgTax*
A_SuplrInvcItemPurOrdRef key(SupplierInvoice, FiscalYear, SupplierInvoiceItem) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° SupplierInvoiceItem:S6 PurchaseOrder:S10
  PurchaseOrderItem:S5 Plant:S4 ReferenceDocument:S10 ReferenceDocumentFiscalYear:S4
  ReferenceDocumentItem:S4 IsSubsequentDebitCredit:S1 TaxCode:S2 TaxJurisdiction:S15
  DocumentCurrency:S5 SupplierInvoiceItemAmount:D14,3 PurchaseOrderQuantityUnit:S3
  PurchaseOrderQtyUnitSAPCode:S3 PurchaseOrderQtyUnitISOCode:S3 QuantityInPurchaseOrderUnit:D13,3
  PurchaseOrderPriceUnit:S3 PurchaseOrderPriceUnitSAPCode:S3 PurchaseOrderPriceUnitISOCode:S3
  QtyInPurchaseOrderPriceUnit:D13,3 SuplrInvcDeliveryCostCndnType:S4
  SuplrInvcDeliveryCostCndnStep:S3 SuplrInvcDeliveryCostCndnCount:S3 SupplierInvoiceItemText:S50
  FreightSupplier:S10 IsNotCashDiscountLiable:B PurchasingDocumentItemCategory:S1° ProductType:S2°
  RetentionAmountInDocCurrency:D14,3 RetentionPercentage:D5,2 RetentionDueDate:DT
  SuplrInvcItmIsNotRlvtForRtntn:B ServiceEntrySheet:S10 ServiceEntrySheetItem:S10 TaxCountry:S3
  IsFinallyInvoiced:B TaxDeterminationDate:DT IN_HSNOrSACCode:S16
  IN_CustomDutyAssessableValue:D14,3 NL_ChainLiabilityStartDate:DT NL_ChainLiabilityEndDate:DT
  NL_ChainLiabilityDescription:S20 NL_ChainLbltyCnstrctnSiteDesc:S20 NL_ChainLiabilityDuration:S10
  NL_ChainLiabilityPercent:D5,2
  nav: to_SupplierInvoiceItmAcctAssgmt=A_SuplrInvcItemAcctAssgmt*
A_SupplierInvoiceItemGLAcct key(SupplierInvoice, FiscalYear, SupplierInvoiceItem) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° SupplierInvoiceItem:S4 CompanyCode:S4 CostCenter:S10
  ControllingArea:S4 BusinessArea:S4 ProfitCenter:S10 FunctionalArea:S16 GLAccount:S10
  SalesOrder:S10 SalesOrderItem:S6 CostObject:S12 CostCtrActivityType:S6 BusinessProcess:S12
  WBSElement:S24 DocumentCurrency:S5 SupplierInvoiceItemAmount:D14,3 TaxCode:S2 PersonnelNumber:S8
  WorkItem:S10 DebitCreditCode:S1 TaxJurisdiction:S15 SupplierInvoiceItemText:S50
  AssignmentReference:S18 IsNotCashDiscountLiable:B InternalOrder:S12 ProjectNetwork:S12
  NetworkActivity:S4 CommitmentItem:S24 FundsCenter:S16 TaxBaseAmountInTransCrcy:D14,3 Fund:S10
  GrantID:S20 QuantityUnit:S3 SuplrInvcItmQtyUnitSAPCode:S3 SuplrInvcItmQtyUnitISOCode:S3
  Quantity:D13,3 PartnerBusinessArea:S4 FinancialTransactionType:S3 TaxCountry:S3
  EarmarkedFundsDocument:S10 EarmarkedFundsDocumentItem:S3 BudgetPeriod:S10 ServiceDocument:S10
  ServiceDocumentItem:S6 ServiceDocumentType:S4
A_SupplierInvoiceItemMaterial key(SupplierInvoice, FiscalYear, SupplierInvoiceItem) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° SupplierInvoiceItem:S6 Material:S40 ValuationArea:S4
  CompanyCode:S4° Plant:S4° InventoryValuationType:S10 TaxCode:S2 TaxJurisdiction:S15
  TaxCountry:S3 TaxDeterminationDate:DT DocumentCurrency:S5 SupplierInvoiceItemAmount:D14,3
  QuantityUnit:S3 SuplrInvcItmQtyUnitSAPCode:S3 SuplrInvcItmQtyUnitISOCode:S3 Quantity:D13,3
  DebitCreditCode:S1 IsNotCashDiscountLiable:B
A_SupplierInvoiceItemAsset key(SupplierInvoice, FiscalYear, SupplierInvoiceItem) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° SupplierInvoiceItem:S4 CompanyCode:S4 MasterFixedAsset:S12
  FixedAsset:S4 ProfitCenter:S10 GLAccount:S10° DocumentCurrency:S5
  SupplierInvoiceItemAmount:D14,3 TaxCode:S2 TaxJurisdiction:S15 TaxCountry:S3
  TaxDeterminationDate:DT DebitCreditCode:S1 SupplierInvoiceItemText:S50 AssignmentReference:S18
  IsNotCashDiscountLiable:B AssetValueDate:DT QuantityUnit:S3 SuplrInvcItmQtyUnitSAPCode:S3
  SuplrInvcItmQtyUnitISOCode:S3 Quantity:D13,3
A_SupplierInvoiceTax key(SupplierInvoice, FiscalYear, TaxCode, SupplierInvoiceTaxCounter) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° TaxCode:S2 SupplierInvoiceTaxCounter:S6° DocumentCurrency:S5
  TaxAmount:D14,3 TaxBaseAmountInTransCrcy:D16,3 TaxJurisdiction:S15 TaxCountry:S3
  TaxDeterminationDate:DT TaxRateValidityStartDate:DT
A_SuplrInvcHeaderWhldgTax key(SupplierInvoice, FiscalYear, WithholdingTaxType) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° WithholdingTaxType:S2 DocumentCurrency:S5
  WithholdingTaxCode:S2 WithholdingTaxBaseAmount:D16,3 ManuallyEnteredWhldgTaxAmount:D16,3
  WhldgTaxIsEnteredManually:B WhldgTaxBaseIsEnteredManually:B
A_SuplrInvcItemAcctAssgmt key(SupplierInvoice, FiscalYear, SupplierInvoiceItem, OrdinalNumber) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° SupplierInvoiceItem:S6 OrdinalNumber:S4 CostCenter:S10
  ControllingArea:S4 BusinessArea:S4 ProfitCenter:S10 FunctionalArea:S16 GLAccount:S10
  SalesOrder:S10 SalesOrderItem:S6 CostObject:S12 CostCtrActivityType:S6° BusinessProcess:S12°
  WBSElement:S24 DocumentCurrency:S5 SuplrInvcAcctAssignmentAmount:D14,3
  PurchaseOrderQuantityUnit:S3 PurchaseOrderQtyUnitSAPCode:S3 PurchaseOrderQtyUnitISOCode:S3
  Quantity:D13,3 TaxCode:S2 AccountAssignmentNumber:S2 AccountAssignmentIsUnplanned:B
  PersonnelNumber:S8 WorkItem:S10° MasterFixedAsset:S12 FixedAsset:S4 DebitCreditCode:S1°
  TaxJurisdiction:S15 InternalOrder:S12 ProjectNetworkInternalID:S10 NetworkActivityInternalID:S10
  ProjectNetwork:S12 NetworkActivity:S4 CommitmentItem:S24 FundsCenter:S16 Fund:S10 GrantID:S20
  PartnerBusinessArea:S4° CompanyCode:S4° SuplrInvcAccountAssignmentText:S50
  PurchaseOrderPriceUnit:S3 PurchaseOrderPriceUnitSAPCode:S3 PurchaseOrderPriceUnitISOCode:S3
  QuantityInPurchaseOrderUnit:D13,3 ProfitabilitySegment:S10 BudgetPeriod:S10 TaxCountry:S3
  TaxDeterminationDate:DT°
A_SuplrInvcSeldPurgDocument key(SupplierInvoice, FiscalYear, PurchaseOrder, PurchaseOrderItem) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° PurchaseOrder:S10 PurchaseOrderItem:S5
A_SuplrInvcSeldInbDeliveryNote key(SupplierInvoice, FiscalYear, InboundDeliveryNote) not: creatable, updatable, deletable
  SupplierInvoice:S10° FiscalYear:S4° InboundDeliveryNote:S16
A_SuplrInvoiceAdditionalData key(SupplierInvoice, FiscalYear) not: creatable, updatable, deletable
  SupplierInvoice:S10 FiscalYear:S4 InvoicingPartyName1:S35 InvoicingPartyName2:S35
  InvoicingPartyName3:S35 InvoicingPartyName4:S35 PostalCode:S10 CityName:S35 Country:S3
  StreetAddressName:S35 POBox:S10 POBoxPostalCode:S10 PostOfficeBankAccount:S16 BankAccount:S18
  Bank:S15 BankCountry:S3 TaxID1:S16 TaxID2:S11 TaxID3:S18 TaxID4:S18 TaxID5:S60
  OneTmeAccountIsVATLiable:B OneTmeAcctIsEqualizationTxSubj:B Region:S3 BankControlKey:S2
  DataExchangeInstructionKey:S2 DataMediumExchangeIndicator:S1 LanguageCode:S2 IsOneTimeAccount:B
  PaymentRecipient:S16 AccountTaxType:S2 TaxNumberType:S2 IsNaturalPerson:B
  BankDetailReference:S20 RepresentativeName:S10 BusinessType:S30 IndustryType:S30
  FormOfAddressName:S15 VATRegistration:S20 OneTimeAcctCntrySpecificRef1:S140 IBAN:S34
  SWIFTCode:S11 OneTimeBusinessPartnerEmail:S130
`;
