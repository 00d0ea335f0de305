/**
 * The fields of the journal item service (API_OPLACCTGDOCITEMCUBE_SRV) that an integration asks for to
 * learn what was paid. Service, set and names are the vendor's (they are those of the released view
 * I_OperationalAcctgDocItem); lengths are from general knowledge and the list is far from whole.
 * Notation: odata/field-notation.ts.
 */

export const journalItemFields = `
A_OperationalAcctgDocItemCube key(CompanyCode, AccountingDocument, FiscalYear, AccountingDocumentItem) not: creatable, updatable, deletable
  CompanyCode:S4 AccountingDocument:S10 FiscalYear:S4 AccountingDocumentItem:S3
  AccountingDocumentType:S2 AccountingDocumentItemType:S1 FinancialAccountType:S1 PostingKey:S2
  DebitCreditCode:S1 GLAccount:S10 Supplier:S10 PostingDate:DT DocumentDate:DT NetDueDate:DT
  FiscalPeriod:S3 AmountInCompanyCodeCurrency:D23,2 CompanyCodeCurrency:S5 TaxCode:S2
  CostCenter:S10 Plant:S4 PurchasingDocument:S10 PurchasingDocumentItem:S5
  ClearingAccountingDocument:S10 ClearingDocFiscalYear:S4 ClearingDate:DT
  OriginalReferenceDocument:S20 ReferenceDocumentType:S5 DocumentReferenceID:S16
  AssignmentReference:S18 InvoiceReference:S10 InvoiceReferenceFiscalYear:S4 PaymentBlockingReason:S1
`;
