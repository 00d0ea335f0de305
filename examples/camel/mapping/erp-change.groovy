// Procurement's order (body) as a change of the ERP's.
[
    revision: body.revision,
    lines: body.lines.collect { it.subMap(['line', 'quantity', 'netPrice']) },
]
