"""coupa-async-client (PyPI) against the coupa dialect: token, pages, filters, throttling."""
import asyncio

import httpx
from coupa_async_client import CoupaAsyncClient
from coupa_async_client.errors import CoupaAuthError

from check import LANDSCAPE, check, finish

address = LANDSCAPE["systems"]["procurement"]
count = LANDSCAPE["orders"]
base = address["url"] + address["basePath"]
token_url = address["url"] + address["tokenPath"]
scopes = ["core.purchase_order.read", "core.supplier.read"]


def connect(secret=address["clientSecret"]):
    return CoupaAsyncClient(base, token_url, address["clientId"], secret, scopes)


async def main():
    async with connect() as client:
        with check("gets a token"):
            token = await client._oauth.get_access_token()
            assert len(token) > 20
        with check("reads three pages of at most 50"):
            pages = [page async for page in client.iter_pages("purchase_orders", params={"status": "issued"}, concurrent=1)]
            assert [len(page) for page in pages] == [50, 50, 30], [len(page) for page in pages]
            assert sorted(row["id"] for page in pages for row in page) == list(range(1, count + 1))
        with check("picks fields, ordered"):
            fields = '["id","po-number",{"supplier":["number"]}]'
            params = {"exported": "false", "order_by": "id", "dir": "desc"}
            rows = [row async for row in client.iter_items("purchase_orders", params=params, fields=fields)]
            assert set(rows[0]) == {"id", "po-number", "supplier"} and rows[0]["id"] == count
        with check("filters by operators, and through associations"):
            params = {"id[in]": "3,5", "order-lines[quantity][gt]": "9.5", "supplier[number]": "100001"}
            some = [row async for row in client.iter_items("purchase_orders", params=params)]
            assert [row["id"] for row in some] == [3, 5]
        with check("is throttled, waits, and in the end is served"):
            headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
            jobs = [client._get(client._url("suppliers"), headers, {"limit": 1}) for _ in range(60)]
            assert all(answer.status_code == 200 for answer in await asyncio.gather(*jobs))
    with check("is told 429 with Retry-After in the vendor's shape"):
        async with httpx.AsyncClient() as raw:
            headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
            burst = await asyncio.gather(*[raw.get(base + "/suppliers?limit=1", headers=headers) for _ in range(60)])
        limited = [answer for answer in burst if answer.status_code == 429]
        assert limited and all(answer.headers["retry-after"].isdigit() for answer in limited)
        assert all("errors" in answer.json() for answer in limited)
    with check("is told that its secret is wrong"):
        try:
            async with connect("wrong") as client:
                await client._oauth.get_access_token()
            raise AssertionError("a token for a wrong secret")
        except CoupaAuthError as error:
            assert "401" in str(error)


asyncio.run(main())
finish()
