"""Begins a subscription: a customer with a card, charged on the first of every month by a schedule.

    export OMISE_SECRET_KEY=skey_test_...
    python subscription.py MEMBER someone@example.com tokn_test_... 2030-12-31

The token is made by the customer's browser or phone, and the date is the last day. `OMISE_API_URL` names a mock in
place of the API.
"""

from __future__ import annotations

import datetime
import os
import sys

from omise_sdk import Client, Error, types

PRICE = 29_900
"""299 THB, in satang."""


def main() -> None:
    if len(sys.argv) != 5:
        sys.exit("usage: subscription.py MEMBER EMAIL TOKEN UNTIL")
    member, email, token, until = sys.argv[1:]
    with client() as omise:
        # A customer keeps the card: a token is good for one use.
        customer = omise.customers.create(
            email=email,
            card=token,
            description=f"Member {member}",
            options={"idempotency_key": f"customer-{member}"},
        )
        print(f"{customer.id} keeps the card")
        schedule = charge_monthly(omise, member, customer.id, datetime.date.fromisoformat(until))
    print(f"{schedule.id}: {schedule.in_words or 'every month'}")
    for day in (schedule.next_occurrences_on or [])[:3]:
        print(f"charged on {day}")


def charge_monthly(omise: Client, member: str, customer: str, until: datetime.date) -> types.Schedule:
    try:
        return omise.schedules.create(
            every=1,
            period=types.SchedulePeriod.MONTH,
            end_date=until,
            on={"days_of_month": [1]},
            charge={"amount": PRICE, "customer": customer, "currency": types.Currency.THB},
            options={"idempotency_key": f"schedule-{member}"},
        )
    except Error as error:
        if not error.outcome_unknown:
            raise
        # Two schedules charge twice a month: what the customer has tells whether this one is there.
        print(f"{error}; looking for the schedule", file=sys.stderr)
    found = omise.customers.list_schedules(customer).first(1)
    return found[0] if found else sys.exit("there is no schedule yet: look again before it is made again")


def client() -> Client:
    key = os.environ.get("OMISE_SECRET_KEY") or sys.exit("set OMISE_SECRET_KEY")
    url = os.environ.get("OMISE_API_URL")
    return Client(secret_key=key, base_url={"api": url} if url else {})


if __name__ == "__main__":
    main()
