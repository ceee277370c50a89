"""Writes the charges since a day to standard output, as CSV for a spreadsheet, without blocking.

    export OMISE_SECRET_KEY=skey_test_...
    python list_and_export.py 2026-01-01 > charges.csv

Pages are asked for one after the other, so that any number of charges fits in memory. `OMISE_API_URL` names a mock
in place of the API.
"""

from __future__ import annotations

import asyncio
import csv
import datetime
import os
import sys

from omise_sdk import AsyncClient, Error, types

COLUMNS = ("id", "created_at", "amount", "currency", "status", "refunded_amount")


async def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: list_and_export.py YYYY-MM-DD")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    count = 0
    async with client() as omise:
        # Oldest first: what is made meanwhile comes at the end and shifts nothing.
        charges = omise.charges.list(
            from_=f"{sys.argv[1]}T00:00:00Z",
            order=types.ListOrder.CHRONOLOGICAL,
            limit=100,
        )
        try:
            async for charge in charges:
                out.writerow(row(charge))
                count += 1
        except Error:
            # What was written is whole lines. A program that goes on by itself keeps the `position` of
            # `charges.items()`.
            print(f"stopped after {count} charges: go on from the moment in the last line", file=sys.stderr)
            raise
    print(f"{count} charges", file=sys.stderr)


def row(charge: types.Charge) -> list[object]:
    """Amounts stay whole numbers of the smallest unit: a spreadsheet's fractions are not exact."""
    created = charge.created_at and charge.created_at.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [charge.id, created, charge.amount, charge.currency, charge.status, charge.refunded_amount]


def client() -> AsyncClient:
    key = os.environ.get("OMISE_SECRET_KEY") or sys.exit("set OMISE_SECRET_KEY")
    url = os.environ.get("OMISE_API_URL")
    return AsyncClient(secret_key=key, base_url={"api": url} if url else {})


if __name__ == "__main__":
    asyncio.run(main())
