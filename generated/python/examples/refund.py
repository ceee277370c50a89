"""Gives a payment back, in whole or in part.

    export OMISE_SECRET_KEY=skey_test_...
    python refund.py CASE chrg_test_... 5000

The amount is in the smallest unit. CASE is your own name for this refund: run again with the same one, it finds the
refund that was made. `OMISE_API_URL` names a mock in place of the API.
"""

from __future__ import annotations

import os
import sys

from omise_sdk import Client, Error, types


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit("usage: refund.py CASE CHARGE AMOUNT")
    case, charge, amount = sys.argv[1:]
    with client() as omise:
        # An earlier run may have done it, and lost the answer.
        refund = find(omise, charge, case)
        if refund is not None:
            print(f"{refund.id} was made before")
            return
        refund = give_back(omise, case, charge, int(amount))
        print(f"{refund.id} gives {refund.amount} {refund.currency} back")


def give_back(omise: Client, case: str, charge: str, amount: int) -> types.Refund:
    try:
        return omise.refunds.create(
            charge,
            amount=amount,
            metadata={"case": case},
            options={"idempotency_key": f"refund-{case}"},
        )
    except Error as error:
        if not error.outcome_unknown:
            print(f"refused as {error.code}", file=sys.stderr)
            raise
        # Asking for the refunds of the charge is safe, sending this one again is not.
        print(f"{error}; looking for the refund", file=sys.stderr)
    return find(omise, charge, case) or sys.exit("there is no such refund yet: run this again later")


def find(omise: Client, charge: str, case: str) -> types.Refund | None:
    """The refund of a charge that was made for a case."""
    for refund in omise.charges.list_refunds(charge):
        if (refund.metadata or {}).get("case") == case:
            return refund
    return None


def client() -> Client:
    key = os.environ.get("OMISE_SECRET_KEY") or sys.exit("set OMISE_SECRET_KEY")
    url = os.environ.get("OMISE_API_URL")
    return Client(secret_key=key, base_url={"api": url} if url else {})


if __name__ == "__main__":
    main()
