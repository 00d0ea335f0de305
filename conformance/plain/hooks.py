"""Checks of our own for Schemathesis: why a request that fits the contract may still be refused.

Its own check of accepted requests knows statuses only. A supplier that does not exist (422), a version
that is not the current one (412), an approval that waits for somebody else (403) and a cursor that nobody handed out (400) are refusals by the rules of
the system and not by the form of the request, so schemathesis.toml lets these statuses pass. This check
looks at the rule of the refusal instead: whatever the form is at fault for is a departure.
"""
import json
import os
import pathlib
import random

import schemathesis

BY_FORM = {
    "invalid-body", "broken-json", "missing-body", "unsupported-media-type", "not-acceptable", "broken-query",
    "unknown-query-option", "repeated-query-option", "invalid-query-option", "invalid-limit", "invalid-timestamp",
    "invalid-idempotency-key", "body-too-large", "method-not-allowed", "missing-token",
    "invalid-token", "insufficient-scope",
}


@schemathesis.check
def refused_by_rule_and_not_by_form(ctx, response, case):
    mode = case.meta.generation.mode if case.meta is not None else None
    if mode is None or not mode.is_positive or response.status_code < 400:
        return
    problem = response.json()
    if not isinstance(problem, dict) or "rule" not in problem:
        return
    assert problem["rule"] not in BY_FORM, f"a request that fits the contract was refused as {problem['rule']}"


# The system would refuse nearly all random business for unknown suppliers and materials before it looks
# any further. So half of the requests that fit the contract name what there is.
KNOWN = json.loads(pathlib.Path(os.environ["KNOWN"]).read_text()) if "KNOWN" in os.environ else {}
FIELDS = {
    "supplier": ["100001", "100002"], "material": ["M-1", "M-2", "M-3"], "plant": ["1010"], "companyCode": ["1000"],
    "currency": ["EUR"], "unit": ["C62", "BX"], "line": ["10", "20", "30", "1"], "purchaseOrderLine": ["10", "1"],
    "taxCode": ["V1"], "movementType": ["101", "102", "122", "201", "501", "701"], "quantity": ["1", "5", "12.5"],
    "netPrice": ["5.00"], "paymentTerms": ["NT30"], "dock": ["D1"], "storageLocation": ["0001"], "baseUnit": ["C62"],
    "orderUnit": ["C62"],
}


def rows_of(path):
    while path:
        if path in KNOWN:
            return KNOWN[path]
        path = path.rpartition("/")[0]
    return []


def filled(value, draw, names):
    if isinstance(value, list):
        return [filled(each, draw, names) for each in value]
    if not isinstance(value, dict):
        return value
    return {name: draw(names[name]) if isinstance(each, str) and names.get(name) else filled(each, draw, names)
            for name, each in value.items()}


@schemathesis.hook
def map_case(context, case):
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive or not KNOWN:
        return case
    # Chosen by what was generated, so that a run with the same seed is the same run.
    chance = random.Random(repr((case.path_parameters, case.body, case.query)))
    if chance.random() < 0.5:
        return case
    rows = rows_of(case.operation.path.split("/{")[0])
    if rows and case.path_parameters:
        row = chance.choice(rows)
        one = (lambda name, value: row.get(name, value)) if isinstance(row, dict) else (lambda name, value: row)
        case.path_parameters = {name: str(one(name, value)) for name, value in case.path_parameters.items()}
    names = dict(FIELDS)
    for path in ("/v1/purchase-orders", "/v1/expected-receipts"):
        orders = [row.get("purchaseOrder") or row.get("number") for row in KNOWN.get(path, [])]
        if orders:
            names["purchaseOrder"] = orders
    if isinstance(case.body, (dict, list)):
        case.body = filled(case.body, chance.choice, names)
        # A document that is put has the number of its path.
        if isinstance(case.body, dict) and "number" in case.body and "number" in (case.path_parameters or {}):
            if case.operation.method.upper() == "PUT":
                case.body["number"] = case.path_parameters["number"]
    return case
