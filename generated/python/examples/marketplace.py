"""Takes a payment for a seller, keeps a fee, and pays the seller out.

    export OMISE_SECRET_KEY=skey_test_... SELLER_ACCOUNT=...
    python marketplace.py ORDER tokn_test_... 100000 team_...

The amount is in satang, `SELLER_ACCOUNT` is the number of the seller's bank account, and the last argument is the
seller's sub-merchant. `OMISE_API_URL` names a mock in place of the API.
"""

from __future__ import annotations

import os
import sys

from omise_sdk import Client, Error, types

FEE = 5
"""Of a hundred."""


def main() -> None:
    if len(sys.argv) != 5:
        sys.exit("usage: marketplace.py ORDER TOKEN AMOUNT SUB_MERCHANT")
    order, token, amount, seller = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
    fee = amount // 100 * FEE
    with client() as omise:
        # Accounts that allowed this one to act for them.
        for chain in omise.chains.list().first(10):
            print(f"{chain.id} is linked")
        to = recipient(omise, seller)
        try:
            charge = omise.charges.create(
                amount=amount,
                currency=types.Currency.THB,
                card=token,
                platform_fee={"fixed": fee},
                metadata={"order": order},
                options={
                    # A token pays once, so this names one try to pay the order.
                    "idempotency_key": f"charge-{order}-{token}",
                    "headers": {"SUB_MERCHANT_ID": seller},
                },
            )
            stop_unless_paid(charge)
            print(f"{charge.id} is paid, and {fee} of it is ours")
            transfer = omise.transfers.create(
                amount=amount - fee,
                recipient=to,
                metadata={"order": order},
                options={"idempotency_key": f"transfer-{order}"},
            )
        except Error as error:
            # One whose outcome is unknown ends the program: whoever runs it has to look.
            if error.outcome_unknown:
                sys.exit(f"{error}\nlook for {error.idempotency_key} before this is run again")
            raise
    print(f"{transfer.id} pays {transfer.amount} out")


def stop_unless_paid(charge: types.Charge) -> None:
    if charge.status == types.ChargeStatus.PENDING and charge.authorize_uri:
        sys.exit(f"{charge.id}: nothing is paid out before the customer approves at {charge.authorize_uri}")
    if charge.status != types.ChargeStatus.SUCCESSFUL:
        sys.exit(f"{charge.id} is {charge.status}: nothing is paid out")


def recipient(omise: Client, seller: str) -> str:
    """Where a seller's money goes."""
    number = os.environ.get("SELLER_ACCOUNT") or sys.exit("set SELLER_ACCOUNT")
    made = omise.recipients.create(
        name="Somchai Prasert",
        type=types.RecipientType.INDIVIDUAL,
        bank_account={"name": "Somchai Prasert", "number": number, "brand": "bbl"},
        description=seller,
        options={"idempotency_key": f"recipient-{seller}"},
    )
    return made.id


def client() -> Client:
    key = os.environ.get("OMISE_SECRET_KEY") or sys.exit("set OMISE_SECRET_KEY")
    url = os.environ.get("OMISE_API_URL")
    return Client(secret_key=key, base_url={"api": url} if url else {})


if __name__ == "__main__":
    main()
