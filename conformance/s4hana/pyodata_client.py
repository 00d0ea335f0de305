"""pyodata (PyPI) against the s4hana dialect: the $metadata of every service, filters, pages, writing."""
import datetime
import warnings

import pyodata
import requests

from check import LANDSCAPE, check, finish

warnings.filterwarnings("ignore")
access = LANDSCAPE["systems"]["erp"]
root = access["url"] + access["basePath"] + "/"
SERVICES = ["API_PURCHASEORDER_PROCESS_SRV", "API_MATERIAL_DOCUMENT_SRV", "API_SUPPLIERINVOICE_PROCESS_SRV",
            "API_BUSINESS_PARTNER", "API_PRODUCT_SRV", "API_MATERIAL_STOCK_SRV", "API_OPLACCTGDOCITEMCUBE_SRV"]
clients = {}


def connect(service):
    session = requests.Session()
    session.auth = (access["clientId"], access["clientSecret"])
    token = session.get(root + service, headers={"x-csrf-token": "Fetch"})
    session.headers.update({"x-csrf-token": token.headers["x-csrf-token"]})
    return pyodata.Client(root + service, session)


for name in SERVICES:
    with check(f"reads $metadata of {name}, and the first rows of each set"):
        clients[name] = connect(name)
        sets = list(clients[name].schema.entity_sets)
        assert sets
        for entity_set in sets:
            proxy = getattr(clients[name].entity_sets, entity_set.name)
            if entity_set.addressable:
                for row in proxy.get_entities().top(2).execute():
                    assert row.entity_key is not None
                assert proxy.get_entities().count().execute() >= 0

orders = clients[SERVICES[0]].entity_sets.A_PurchaseOrder
items = clients[SERVICES[0]].entity_sets.A_PurchaseOrderItem
created = []
with check("creates 120 orders with items"):
    for number in range(120):
        order = orders.create_entity().set(
            CompanyCode="1000", Supplier="100001", DocumentCurrency="EUR",
            PurchaseOrderDate=datetime.datetime(2026, 11, 21, tzinfo=datetime.timezone.utc),
            CorrespncExternalReference=f"PY-{number}",
            to_PurchaseOrderItem=[{"PurchaseOrderItem": "10", "Material": "M-1", "Plant": "1010", "OrderQuantity": "10",
                                   "PurchaseOrderQuantityUnit": "PC", "NetPriceAmount": "5.00"}]).execute()
        created.append(order.PurchaseOrder)
with check("filters"):
    found = orders.get_entities().filter("CorrespncExternalReference eq 'PY-7'").execute()
    assert [each.PurchaseOrder for each in found] == [created[7]], found
    found = orders.get_entities().filter(CorrespncExternalReference__startswith="PY-11").execute()
    assert len(found) == 11, len(found)
with check("expands, and reads dates"):
    one = orders.get_entity(created[3]).expand("to_PurchaseOrderItem").execute()
    assert one.to_PurchaseOrderItem[0].Material == "M-1"
    assert one.PurchaseOrderDate.date() == datetime.date(2026, 11, 21), one.PurchaseOrderDate
with check("follows a navigation and reads a property's $value"):
    assert len(orders.get_entity(created[3]).nav("to_PurchaseOrderItem").get_entities().execute()) == 1
    assert orders.get_entity(created[3]).execute().get_proprty("Supplier").execute() == "100001"
with check("follows the server's pages to the end"):
    seen, pages = [], 1
    page = orders.get_entities().select("PurchaseOrder").execute()
    while True:
        seen += [each.PurchaseOrder for each in page]
        if page.next_url is None:
            break
        page, pages = orders.get_entities().next_url(page.next_url).execute(), pages + 1
    assert (seen, pages) == (created, 3), (len(seen), pages)
with check("counts, alone and inline"):
    assert orders.get_entities().count().execute() == 120
    some = orders.get_entities().top(5).skip(10).count(inline=True).execute()
    assert some.total_count == 120 and len(some) == 5
with check("changes an item"):
    items.update_entity(PurchaseOrder=created[0], PurchaseOrderItem="10").set(OrderQuantity="12").execute()
    changed = items.get_entity(PurchaseOrder=created[0], PurchaseOrderItem="10").execute()
    assert float(str(changed.OrderQuantity)) == 12
with check("deletes an item"):
    items.delete_entity(PurchaseOrder=created[1], PurchaseOrderItem="10").execute()
    assert items.get_entity(PurchaseOrder=created[1], PurchaseOrderItem="10").execute().PurchasingDocumentDeletionCode == "L"
with check("sends a batch with a changeset"):
    client = clients[SERVICES[0]]
    batch, changeset = client.create_batch(), client.create_changeset()
    changeset.add_request(items.update_entity(PurchaseOrder=created[2], PurchaseOrderItem="10").set(OrderQuantity="14"))
    batch.add_request(changeset)
    batch.add_request(orders.get_entity(created[2]))
    results = batch.execute()
    assert results[1].PurchaseOrder == created[2]
with check("posts a goods receipt and cancels it by a function import"):
    receipts = clients["API_MATERIAL_DOCUMENT_SRV"]
    receipt = receipts.entity_sets.A_MaterialDocumentHeader.create_entity().set(
        GoodsMovementCode="01", ReferenceDocument="WR-1",
        to_MaterialDocumentItem=[{"GoodsMovementType": "101", "GoodsMovementRefDocType": "B", "PurchaseOrder": created[0],
                                  "PurchaseOrderItem": "10", "QuantityInEntryUnit": "10", "EntryUnit": "PC"}]).execute()
    cancelled = receipts.functions.Cancel.parameter("MaterialDocumentYear", receipt.MaterialDocumentYear) \
        .parameter("MaterialDocument", receipt.MaterialDocument).execute()
    assert cancelled.MaterialDocument != receipt.MaterialDocument
with check("is told a business error in words"):
    try:
        orders.create_entity().set(CompanyCode="1000", Supplier="NONE", DocumentCurrency="EUR").execute()
        raise AssertionError("nothing was refused")
    except pyodata.exceptions.HttpError as error:
        assert error.response.status_code == 400, error.response.status_code
        assert "NONE" in error.response.json()["error"]["message"]["value"], error.response.text
finish()
