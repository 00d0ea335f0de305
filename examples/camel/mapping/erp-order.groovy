// Procurement's order (body) as the ERP is told to create it.
[
    externalReference: body.number,
    companyCode: body.companyCode,
    supplier: body.supplier,
    currency: body.currency,
    paymentTerms: body.paymentTerms,
    orderDate: body.orderDate,
    buyer: body.buyer,
    revision: body.revision,
    lines: body.lines.collect { line ->
        def fields = ['line', 'category', 'material', 'quantity', 'unit', 'netPrice', 'priceQuantity',
                      'priceUnit', 'taxCode', 'plant', 'storageLocation', 'accountAssignment']
        line.subMap(fields.findAll { line[it] != null }) + [deliveryDate: line.scheduleLines[0].deliveryDate]
    },
]
