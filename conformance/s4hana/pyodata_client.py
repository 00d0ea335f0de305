"""pyodata (PyPI, 1.12.1) against the s4hana dialect: reads the $metadata of every service, filters, pages, creates."""
import datetime
import json
import subprocess
import sys
import warnings

import pyodata
import requests

warnings.filterwarnings("ignore")
server = subprocess.Popen(["node", "s4hana/serve.ts"], stdout=subprocess.PIPE, text=True)
try:
    access = json.loads(server.stdout.readline())
    root = access["url"] + "/sap/opu/odata/sap/"

    def client(service):
        session = requests.Session()
        session.auth = (access["username"], access["password"])
        token = session.get(root + service, headers={"x-csrf-token": "Fetch"})
        session.headers.update({"x-csrf-token": token.headers["x-csrf-token"]})
        return pyodata.Client(root + service, session)

    services = {}
    for name in ["API_PURCHASEORDER_PROCESS_SRV", "API_MATERIAL_DOCUMENT_SRV", "API_SUPPLIERINVOICE_PROCESS_SRV",
                 "API_BUSINESS_PARTNER", "API_PRODUCT_SRV", "API_MATERIAL_STOCK_SRV",
                 "API_OPLACCTGDOCITEMCUBE_SRV"]:
        services[name] = client(name)
        print("metadata", name, len(list(services[name].schema.entity_sets)), "sets",
              [f.name for f in services[name].schema.function_imports])

    orders = services["API_PURCHASEORDER_PROCESS_SRV"].entity_sets.A_PurchaseOrder
    created = []
    for number in range(120):
        order = orders.create_entity().set(
            CompanyCode="1000", Supplier="100001", DocumentCurrency="EUR",
            PurchaseOrderDate=datetime.datetime(2026, 11, 21, tzinfo=datetime.timezone.utc),
            CorrespncExternalReference=f"PY-{number}",
            to_PurchaseOrderItem=[{"PurchaseOrderItem": "10", "Material": "M-1", "Plant": "1010", "OrderQuantity": "10",
                                   "PurchaseOrderQuantityUnit": "PC", "NetPriceAmount": "5.00"}]).execute()
        created.append(order.PurchaseOrder)
    found = orders.get_entities().filter("CorrespncExternalReference eq 'PY-7'").execute()
    assert [each.PurchaseOrder for each in found] == [created[7]], found
    one = orders.get_entity(created[3]).expand("to_PurchaseOrderItem").execute()
    assert one.to_PurchaseOrderItem[0].Material == "M-1"
    assert one.PurchaseOrderDate.date() == datetime.date(2026, 11, 21), one.PurchaseOrderDate
    seen = []
    page = orders.get_entities().select("PurchaseOrder").execute()
    while True:
        seen += [each.PurchaseOrder for each in page]
        if page.next_url is None:
            break
        page = orders.get_entities().next_url(page.next_url).execute()
    assert seen == created, len(seen)
    assert orders.get_entities().count().execute() == 120
    some = orders.get_entities().top(5).skip(10).count(inline=True).execute()
    assert some.total_count == 120 and len(some) == 5
    items = services["API_PURCHASEORDER_PROCESS_SRV"].entity_sets.A_PurchaseOrderItem
    items.update_entity(PurchaseOrder=created[0], PurchaseOrderItem="10").set(OrderQuantity="12").execute()
    assert str(items.get_entity(PurchaseOrder=created[0], PurchaseOrderItem="10").execute().OrderQuantity) in ("12", "12.0", "12.000")
    receipts = services["API_MATERIAL_DOCUMENT_SRV"]
    receipt = receipts.entity_sets.A_MaterialDocumentHeader.create_entity().set(
        GoodsMovementCode="01", ReferenceDocument="WR-1",
        to_MaterialDocumentItem=[{"GoodsMovementType": "101", "GoodsMovementRefDocType": "B", "PurchaseOrder": created[0],
                                  "PurchaseOrderItem": "10", "QuantityInEntryUnit": "10", "EntryUnit": "PC"}]).execute()
    cancelled = receipts.functions.Cancel.parameter("MaterialDocumentYear", receipt.MaterialDocumentYear) \
        .parameter("MaterialDocument", receipt.MaterialDocument).execute()
    assert cancelled.MaterialDocument != receipt.MaterialDocument
    print("pyodata: all good")
finally:
    server.terminate()
    sys.stdout.flush()
