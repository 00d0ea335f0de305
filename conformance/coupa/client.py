"""Runs the public client coupa-async-client against the coupa dialect: token, paging, throttling.

Usage: client.py <address as printed by serve.ts>. Exits 0 when every check holds.
"""
import asyncio
import json
import sys

import httpx
from coupa_async_client import CoupaAsyncClient
from coupa_async_client.errors import CoupaAuthError


async def main(address: dict) -> int:
    failures: list[str] = []

    def check(name: str, holds: bool, detail: object = "") -> None:
        print(f"{'ok  ' if holds else 'FAIL'} {name} {detail}")
        if not holds:
            failures.append(name)

    base = address["url"] + address["basePath"]
    token_url = address["url"] + address["tokenPath"]
    client_id, secret = address["clientId"], address["clientSecret"]
    scopes = ["core.purchase_order.read", "core.supplier.read"]

    async with CoupaAsyncClient(base, token_url, client_id, secret, scopes) as client:
        token = await client._oauth.get_access_token()
        check("token", len(token) > 20)

        pages = [p async for p in client.iter_pages("purchase_orders", params={"status": "issued"}, concurrent=1)]
        check("three pages of at most 50", [len(p) for p in pages] == [50, 50, 30], [len(p) for p in pages])
        check("every order once", sorted(r["id"] for p in pages for r in p) == list(range(1, address["orders"] + 1)))

        fields = '["id","po-number",{"supplier":["number"]}]'
        rows = [r async for r in client.iter_items("purchase_orders", params={"exported": "false", "order_by": "id", "dir": "desc"}, fields=fields)]
        check("fields", set(rows[0]) == {"id", "po-number", "supplier"} and rows[0]["id"] == address["orders"])

        some = [r async for r in client.iter_items("purchase_orders", params={"id[in]": "3,5", "order-lines[quantity][gt]": "9.5"})]
        check("filters", [r["id"] for r in some] == [3, 5])

        # Sixty at once are far beyond the burst of 20: the client must be told to wait, and get all pages.
        jobs = [client._get(client._url("suppliers"), {"Authorization": f"Bearer {token}", "Accept": "application/json"}, {"limit": 1}) for _ in range(60)]
        answers = await asyncio.gather(*jobs)
        check("throttled and in the end served", all(a.status_code == 200 for a in answers))

    async with httpx.AsyncClient() as raw:
        headers = {"Authorization": f"Bearer {token}"}
        burst = await asyncio.gather(*[raw.get(base + "/suppliers?limit=1", headers=headers) for _ in range(60)])
        limited = [r for r in burst if r.status_code == 429]
        check("429 with Retry-After", bool(limited) and all(r.headers["retry-after"].isdigit() for r in limited), f"{len(limited)} of 60")
        check("429 in the vendor's shape", all("errors" in r.json() for r in limited))

    try:
        async with CoupaAsyncClient(base, token_url, client_id, "wrong", scopes) as client:
            await client._oauth.get_access_token()
        check("wrong secret", False)
    except CoupaAuthError as error:
        check("wrong secret", "401" in str(error))
    return len(failures)


sys.exit(asyncio.run(main(json.loads(sys.argv[1]))))
