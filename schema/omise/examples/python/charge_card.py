"""Charges a card whose token the customer's browser or phone made, so that its number never comes here.

    export OMISE_SECRET_KEY=skey_test_...
    python charge_card.py ORDER tokn_test_... 100000

The amount is in the smallest unit: 100000 satang are 1,000 THB. Run again for the same order, it finds the charge
that was made, and makes none beside it. `OMISE_API_URL` names a mock in place of the API.
"""

from __future__ import annotations

import datetime
import os
import sys

from omise_sdk import Client, Error, types

LOOK_BACK = datetime.timedelta(days=1)
"""How long ago an earlier run for the same order may have been."""


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit("usage: charge_card.py ORDER TOKEN AMOUNT")
    order, token, amount = sys.argv[1:]
    since = datetime.datetime.now(datetime.timezone.utc) - LOOK_BACK
    with client() as omise:
        # An earlier run may have charged the card, and lost the answer. A shop that keeps what it did looks there
        # first.
        charge = find(omise, order, since)
        if charge is not None:
            print(f"{charge.id} was made before")
        else:
            charge = pay(omise, order, token, int(amount), since)
        report(charge)


def pay(omise: Client, order: str, token: str, amount: int, since: datetime.datetime) -> types.Charge:
    try:
        return omise.charges.create(
            amount=amount,
            currency=types.Currency.THB,
            card=token,
            description=f"Order {order}",
            metadata={"order": order},
            return_uri="https://www.example.com/orders/complete",
            # A token pays once, so this names one try to pay the order.
            options={"idempotency_key": f"charge-{order}-{token}"},
        )
    except Error as error:
        if not error.outcome_unknown:
            raise
        # Nobody knows whether the card was charged: look before anything is tried again.
        print(f"{error}; looking for the charge", file=sys.stderr)
    found = find(omise, order, since)
    if found is None:
        sys.exit("there is no such charge yet: look again later, and do not charge another way until then")
    return found


def find(omise: Client, order: str, since: datetime.datetime) -> types.Charge | None:
    """The charge of an order among those made since, but for one that failed and left the order to be paid."""
    over = (types.ChargeStatus.FAILED, types.ChargeStatus.EXPIRED)
    for charge in omise.charges.list(from_=since, order=types.ListOrder.REVERSE_CHRONOLOGICAL):
        if (charge.metadata or {}).get("order") == order and charge.status not in over:
            return charge
    return None


def report(charge: types.Charge) -> None:
    if charge.status == types.ChargeStatus.SUCCESSFUL:
        print(f"{charge.id} is paid")
    elif charge.status == types.ChargeStatus.FAILED:
        # A card that is declined is an answer, not an error.
        print(f"{charge.id} failed: {charge.failure_code} {charge.failure_message}")
    elif charge.authorize_uri:
        # 3-D Secure: the customer approves at the bank, and an event tells how it ended.
        print(f"{charge.id}: send the customer to {charge.authorize_uri}")
    else:
        print(f"{charge.id} is {charge.status}")


def client() -> Client:
    key = os.environ.get("OMISE_SECRET_KEY") or sys.exit("set OMISE_SECRET_KEY")
    url = os.environ.get("OMISE_API_URL")
    return Client(secret_key=key, base_url={"api": url} if url else {})


if __name__ == "__main__":
    main()
