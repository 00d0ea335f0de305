/** The fields of the supplier side of the business partner service (API_BUSINESS_PARTNER), as its public `$metadata` lists them; notation: odata/field-notation.ts. */

export const businessPartnerFields = `
A_BusinessPartner key(BusinessPartner) not: deletable
  BusinessPartner:S10 Customer:S10° Supplier:S10° AcademicTitle:S4 AuthorizationGroup:S4
  BusinessPartnerCategory:S1 BusinessPartnerFullName:S81° BusinessPartnerGrouping:S4
  BusinessPartnerName:S81° BusinessPartnerUUID:Guid° CorrespondenceLanguage:S2 CreatedByUser:S12°
  CreationDate:DT° CreationTime:T° FirstName:S40 FormOfAddress:S4 Industry:S10
  InternationalLocationNumber1:S7 InternationalLocationNumber2:S5 IsFemale:B IsMale:B
  IsNaturalPerson:S1 IsSexUnknown:B GenderCodeName:S1 Language:S2 LastChangeDate:DT°
  LastChangeTime:T° LastChangedByUser:S12° LastName:S40 LegalForm:S2 OrganizationBPName1:S40
  OrganizationBPName2:S40 OrganizationBPName3:S40 OrganizationBPName4:S40
  OrganizationFoundationDate:DT OrganizationLiquidationDate:DT SearchTerm1:S20 SearchTerm2:S20
  AdditionalLastName:S40 BirthDate:DT BusinessPartnerBirthDateStatus:S1
  BusinessPartnerBirthplaceName:S40 BusinessPartnerDeathDate:DT BusinessPartnerIsBlocked:B
  BusinessPartnerType:S4 ETag:S26° GroupBusinessPartnerName1:S40 GroupBusinessPartnerName2:S40
  IndependentAddressID:S10° InternationalLocationNumber3:S1 MiddleName:S40 NameCountry:S3
  NameFormat:S2 PersonFullName:S80 PersonNumber:S10° IsMarkedForArchiving:B
  BusinessPartnerIDByExtSystem:S20 BusinessPartnerPrintFormat:S1 BusinessPartnerOccupation:S4
  BusPartMaritalStatus:S1 BusPartNationality:S3 BusinessPartnerBirthName:S40
  BusinessPartnerSupplementName:S4 NaturalPersonEmployerName:S35 LastNamePrefix:S4
  LastNameSecondPrefix:S4 Initials:S10 BPDataControllerIsNotRequired:B TradingPartner:S6
  nav: to_BuPaIdentification=A_BuPaIdentification*
  to_BusinessPartnerAddress=A_BusinessPartnerAddress*
  to_BusinessPartnerBank=A_BusinessPartnerBank* to_BusinessPartnerRole=A_BusinessPartnerRole*
  to_BusinessPartnerTax=A_BusinessPartnerTaxNumber* to_Supplier=A_Supplier
A_BusinessPartnerAddress key(BusinessPartner, AddressID)
  BusinessPartner:S10 AddressID:S10 ValidityStartDate:DTO ValidityEndDate:DTO
  AuthorizationGroup:S4 AddressUUID:Guid° AdditionalStreetPrefixName:S40
  AdditionalStreetSuffixName:S40 AddressTimeZone:S6 CareOfName:S40 CityCode:S12 CityName:S40
  CompanyPostalCode:S10 Country:S3 County:S40 DeliveryServiceNumber:S10 DeliveryServiceTypeCode:S4
  District:S40 FormOfAddress:S4° FullName:S80° HomeCityName:S40 HouseNumber:S10
  HouseNumberSupplementText:S10 Language:S2 POBox:S10 POBoxDeviatingCityName:S40
  POBoxDeviatingCountry:S3 POBoxDeviatingRegion:S3 POBoxIsWithoutNumber:B POBoxLobbyName:S40
  POBoxPostalCode:S10 Person:S10° PostalCode:S10 PrfrdCommMediumType:S3 Region:S3 StreetName:S60
  StreetPrefixName:S40 StreetSuffixName:S40 TaxJurisdiction:S15 TransportZone:S10
  AddressIDByExternalSystem:S20 CountyCode:S8 TownshipCode:S8 TownshipName:S40
  nav: to_EmailAddress=A_AddressEmailAddress*
A_BusinessPartnerRole key(BusinessPartner, BusinessPartnerRole) not: deletable
  BusinessPartner:S10 BusinessPartnerRole:S6 ValidFrom:DTO ValidTo:DTO AuthorizationGroup:S4
A_BusinessPartnerBank key(BusinessPartner, BankIdentification)
  BusinessPartner:S10 BankIdentification:S4 BankCountryKey:S3 BankName:S60° BankNumber:S15
  SWIFTCode:S11° BankControlKey:S2 BankAccountHolderName:S60 BankAccountName:S40
  ValidityStartDate:DTO ValidityEndDate:DTO IBAN:S34 IBANValidityStartDate:DT BankAccount:S18
  BankAccountReferenceText:S20 CollectionAuthInd:B CityName:S35° AuthorizationGroup:S4
A_BusinessPartnerTaxNumber key(BusinessPartner, BPTaxType)
  BusinessPartner:S10 BPTaxType:S4 BPTaxNumber:S20 BPTaxLongNumber:S60 AuthorizationGroup:S4
A_BuPaIdentification key(BusinessPartner, BPIdentificationType, BPIdentificationNumber)
  BusinessPartner:S10 BPIdentificationType:S6 BPIdentificationNumber:S60
  BPIdnNmbrIssuingInstitute:S40 BPIdentificationEntryDate:DT Country:S3 Region:S3
  ValidityStartDate:DT ValidityEndDate:DT AuthorizationGroup:S4
A_AddressEmailAddress key(AddressID, Person, OrdinalNumber)
  AddressID:S10 Person:S10 OrdinalNumber:S3 IsDefaultEmailAddress:B EmailAddress:S241
  SearchEmailAddress:S20° AddressCommunicationRemarkText:S50
A_Supplier key(Supplier) not: creatable, deletable
  Supplier:S10 AlternativePayeeAccountNumber:S10 AuthorizationGroup:S4
  BusinessPartnerPanNumber:S40 CreatedByUser:S12° CreationDate:DT° Customer:S10
  PaymentIsBlockedForSupplier:B PostingIsBlocked:B PurchasingIsBlocked:B SupplierAccountGroup:S4
  SupplierFullName:S220° SupplierName:S80° VATRegistration:S20° BirthDate:DT
  ConcatenatedInternationalLocNo:S20° DeletionIndicator:B FiscalAddress:S10 Industry:S4°
  InternationalLocationNumber1:S7° InternationalLocationNumber2:S5°
  InternationalLocationNumber3:S1° IsNaturalPerson:S1° PaymentReason:S4 ResponsibleType:S2
  SuplrQltyInProcmtCertfnValidTo:DT SuplrQualityManagementSystem:S4 SupplierCorporateGroup:S10
  SupplierProcurementBlock:S2 TaxNumber1:S16° TaxNumber2:S11° TaxNumber3:S18° TaxNumber4:S18°
  TaxNumber5:S60° TaxNumberResponsible:S18 TaxNumberType:S2 SuplrProofOfDelivRlvtCode:S1
  BR_TaxIsSplit:B DataExchangeInstructionKey:S2 JP_SuplrAmtInCapitalAmount:D16,3
  JP_SupplierCapitalAmountCrcy:S5
  nav: to_SupplierCompany=A_SupplierCompany* to_SupplierPurchasingOrg=A_SupplierPurchasingOrg*
A_SupplierCompany key(Supplier, CompanyCode) not: deletable
  Supplier:S10 CompanyCode:S4 AuthorizationGroup:S4 CompanyCodeName:S25° PaymentBlockingReason:S1
  SupplierIsBlockedForPosting:B AccountingClerk:S2 AccountingClerkFaxNumber:S31
  AccountingClerkPhoneNumber:S30 SupplierClerk:S15 SupplierClerkURL:S130 PaymentMethodsList:S10
  PaymentReason:S4 PaymentTerms:S4 ClearCustomerSupplier:B IsToBeLocallyProcessed:B
  ItemIsToBePaidSeparately:B PaymentIsToBeSentByEDI:B HouseBank:S5 CheckPaidDurationInDays:D3,0
  Currency:S5 BillOfExchLmtAmtInCoCodeCrcy:D14,3 SupplierClerkIDBySupplier:S12
  ReconciliationAccount:S10 InterestCalculationCode:S2 InterestCalculationDate:DT
  IntrstCalcFrequencyInMonths:S2 SupplierHeadOffice:S10 AlternativePayee:S10 LayoutSortingRule:S3
  APARToleranceGroup:S4 SupplierCertificationDate:DT SupplierAccountNote:S30
  WithholdingTaxCountry:S3 DeletionIndicator:B CashPlanningGroup:S10 IsToBeCheckedForDuplicates:B
  MinorityGroup:S3 SupplierAccountGroup:S4
  nav: to_Supplier=A_Supplier
A_SupplierPurchasingOrg key(Supplier, PurchasingOrganization) not: deletable
  Supplier:S10 PurchasingOrganization:S4 AutomaticEvaluatedRcptSettlmt:B
  CalculationSchemaGroupCode:S2 DeletionIndicator:B EvaldReceiptSettlementIsActive:B
  IncotermsClassification:S3 IncotermsTransferLocation:S28 IncotermsVersion:S4
  IncotermsLocation1:S70 IncotermsLocation2:S70 IncotermsSupChnLoc1AddlUUID:Guid
  IncotermsSupChnLoc2AddlUUID:Guid IncotermsSupChnDvtgLocAddlUUID:Guid IntrastatCrsBorderTrMode:S1
  InvoiceIsGoodsReceiptBased:B InvoiceIsMMServiceEntryBased:B MaterialPlannedDeliveryDurn:D3,0
  MinimumOrderAmount:D14,3 PaymentTerms:S4 PlanningCycle:S3 PricingDateControl:S1
  ProdStockAndSlsDataTransfPrfl:S4 ProductUnitGroup:S4 PurOrdAutoGenerationIsAllowed:B
  PurchaseOrderCurrency:S5 PurchasingGroup:S3 PurchasingIsBlockedForSupplier:B RoundingProfile:S4
  ShippingCondition:S2 SuplrDiscountInKindIsGranted:B SuplrInvcRevalIsAllowed:B
  SuplrIsRlvtForSettlmtMgmt:B SuplrPurgOrgIsRlvtForPriceDetn:B SupplierABCClassificationCode:S1
  SupplierAccountNumber:S12 SupplierIsReturnsSupplier:B SupplierPhoneNumber:S16
  SupplierRespSalesPersonName:S30 SupplierConfirmationControlKey:S4 IsOrderAcknRqd:B
  AuthorizationGroup:S4 SupplierAccountGroup:S4
  nav: to_PartnerFunction=A_SupplierPartnerFunc*
A_SupplierPartnerFunc key(Supplier, PurchasingOrganization, SupplierSubrange, Plant, PartnerFunction, PartnerCounter)
  Supplier:S10 PurchasingOrganization:S4 SupplierSubrange:S6 Plant:S4 PartnerFunction:S2
  PartnerCounter:S3 DefaultPartner:B CreationDate:DT° CreatedByUser:S12° ReferenceSupplier:S10
  AuthorizationGroup:S4
`;
