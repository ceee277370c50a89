"""Receives events, and asks the API before it believes what they tell.

    export OMISE_SECRET_KEY=skey_test_... OMISE_WEBHOOK_SECRET=...
    python webhook_server.py 127.0.0.1:3000

While a secret is rolled, `OMISE_WEBHOOK_SECRET` holds both with a comma between. `OMISE_API_URL` names a mock in
place of the API. This is the server of the standard library; any other gives headers and body as well.
"""

from __future__ import annotations

import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from omise_sdk import Client, Error, types
from omise_sdk.webhooks import Verifier, WebhookError

MOST_BYTES = 1_000_000
"""No event is larger."""


class Receiver(BaseHTTPRequestHandler):
    omise: Client
    verifier: Verifier

    def do_POST(self) -> None:
        # The body is taken as bytes: the signature is over them, and not over what JSON makes of them.
        length = int(self.headers.get("Content-Length") or 0)
        if self.path != "/webhooks" or not 0 <= length <= MOST_BYTES:
            self.close_connection = True
            self.respond(404)
            return
        self.respond(self.status_of(self.rfile.read(length)))

    def status_of(self, body: bytes) -> int:
        try:
            event = self.verifier.verify(self.headers.items(), body)
        except WebhookError as error:
            # What is genuine and cannot be read would read no better if it were delivered again.
            print(f"{'refused' if error.is_refusal else 'ignored'}: {error}", file=sys.stderr)
            return 401 if error.is_refusal else 200
        try:
            handle(self.omise, event)
        except Error as error:
            # It is delivered again.
            print(f"{event.id}: {error}", file=sys.stderr)
            return 503
        return 200

    def respond(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


def handle(omise: Client, event: types.Event) -> None:
    """An event may come twice, late, or after a later one: it says what happened, and the API says how it stands."""
    if event.key == types.EventKey.CHARGE_COMPLETE and isinstance(event.data, types.Charge):
        charge = omise.charges.retrieve(event.data.id)
        print(f"{charge.id} is {charge.status}", flush=True)
    else:
        print(f"{event.id}: nothing to do for {event.key}", flush=True)


def main() -> None:
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:3000").rpartition(":")
    secrets = os.environ.get("OMISE_WEBHOOK_SECRET") or sys.exit("set OMISE_WEBHOOK_SECRET")
    with client() as omise, ThreadingHTTPServer((host, int(port)), Receiver) as server:
        Receiver.omise = omise
        Receiver.verifier = Verifier(secrets.split(","))
        print(f"listening on http://{host}:{server.server_address[1]}/webhooks", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print("stopped", file=sys.stderr)


def client() -> Client:
    key = os.environ.get("OMISE_SECRET_KEY") or sys.exit("set OMISE_SECRET_KEY")
    url = os.environ.get("OMISE_API_URL")
    return Client(secret_key=key, base_url={"api": url} if url else {})


if __name__ == "__main__":
    main()
