"""Takes a payment by PromptPay: the customer scans a QR code with a banking app.

    export OMISE_SECRET_KEY=skey_test_... OMISE_PUBLIC_KEY=pkey_test_...
    python promptpay.py ORDER 100000

The amount is in satang. The event `charge.complete` tells that it is paid: see `webhook_server.py`. `OMISE_API_URL`
names a mock in place of the API.
"""

from __future__ import annotations

import os
import sys

from omise_sdk import Client, Error, types


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit("usage: promptpay.py ORDER AMOUNT")
    order, amount = sys.argv[1], int(sys.argv[2])
    with client() as omise:
        # A source alone moves no money, so that one too many does no harm.
        source = omise.sources.create(
            amount=amount,
            currency=types.Currency.THB,
            type=types.SourceType.PROMPTPAY,
        )
        try:
            charge = omise.charges.create(
                amount=amount,
                currency=types.Currency.THB,
                source=source.id,
                metadata={"order": order},
                options={"idempotency_key": f"promptpay-{order}-{source.id}"},
            )
        except Error as error:
            if error.outcome_unknown:
                # Without its QR code nobody can pay such a charge, and it expires by itself.
                print(f"{error}; the next run makes a source and a charge of its own", file=sys.stderr)
            raise
    code = charge.source.scannable_code if charge.source else None
    image = code.image if code else None
    print(f"{charge.id} is pending")
    print(f"show this QR code: {image.download_uri if image else '(none was given)'}")
    if charge.expires_at:
        print(f"it is good until {charge.expires_at}")


def client() -> Client:
    key = os.environ.get("OMISE_SECRET_KEY") or sys.exit("set OMISE_SECRET_KEY")
    url = os.environ.get("OMISE_API_URL")
    public_key = os.environ.get("OMISE_PUBLIC_KEY")
    return Client(secret_key=key, public_key=public_key, base_url={"api": url} if url else {})


if __name__ == "__main__":
    main()
