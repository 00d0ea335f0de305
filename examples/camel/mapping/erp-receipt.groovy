// The warehouse's confirmation (body) as a goods receipt for the ERP's order (variable erpOrder).
[
    externalReference: body.number,
    documentDate: body.receivedOn,
    lines: body.lines.findAll { it.condition == 'good' && it.purchaseOrderLine }.collect { line ->
        [
            movementType: '101',
            purchaseOrder: variables.erpOrder.number,
            purchaseOrderLine: line.purchaseOrderLine,
            quantity: line.quantity,
            unit: line.unit,
        ]
    },
]
