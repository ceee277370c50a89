"""Which deliveries are believed."""

from __future__ import annotations

import base64
import unittest

from omise_sdk._runtime import codec
from omise_sdk._runtime.webhook import EventVerifier, Scheme, WebhookError, sign

SCHEME = Scheme("X-Signature", "X-Time", (("timestamp", ""), ("text", "."), ("body", "")), "base64", "hex", ",", 300)
SECRET = base64.b64encode(b"a secret").decode()
OTHER = base64.b64encode(b"another").decode()
BODY = b'{"a":1}'
NOW = 1_700_000_000


def verifier(*secrets: str, now: float = NOW) -> EventVerifier[object]:
    return EventVerifier(SCHEME, codec.JSON, secrets or [SECRET], clock=lambda: now)


class Deliveries(unittest.TestCase):
    def refused(self, headers: object, body: bytes = BODY, now: float = NOW) -> str:
        with self.assertRaises(WebhookError) as raised:
            verifier(now=now).verify(headers, body)  # type: ignore[arg-type]
        self.assertNotIn(SECRET, str(raised.exception))
        return raised.exception.kind

    def test_genuine_ones(self) -> None:
        headers = sign(SCHEME, SECRET, NOW, BODY)
        self.assertEqual(verifier().verify(headers, BODY), {"a": 1})
        self.assertEqual(verifier(OTHER, SECRET + "\n").verify(headers, BODY), {"a": 1})
        raw = [(name.lower().encode(), value.upper().encode()) for name, value in headers.items()]
        self.assertEqual(verifier().verify(raw, BODY), {"a": 1})  # type: ignore[arg-type]

    def test_while_a_secret_is_rolled_both_sign(self) -> None:
        old, new = sign(SCHEME, OTHER, NOW, BODY), sign(SCHEME, SECRET, NOW, BODY)
        both = {**new, "X-Signature": f"{old['X-Signature']}, {new['X-Signature']}"}
        self.assertEqual(verifier().verify(both, BODY), {"a": 1})

    def test_others(self) -> None:
        headers = sign(SCHEME, SECRET, NOW, BODY)
        self.assertEqual(self.refused(sign(SCHEME, OTHER, NOW, BODY)), "mismatch")
        self.assertEqual(self.refused(headers, BODY + b" "), "mismatch")
        self.assertEqual(self.refused({**headers, "X-Time": str(NOW + 1)}), "mismatch")
        for digest in ("", "zz", "é", "0" * 200, headers["X-Signature"][:-2]):
            self.assertEqual(self.refused({**headers, "X-Signature": digest}), "mismatch", digest)

    def test_headers_that_deliveries_have_not(self) -> None:
        headers = sign(SCHEME, SECRET, NOW, BODY)
        self.assertEqual(self.refused({"X-Time": headers["X-Time"]}), "missing_header")
        self.assertEqual(self.refused({"X-Signature": headers["X-Signature"]}), "missing_header")
        self.assertEqual(self.refused([*headers.items(), ("x-time", "1")]), "bad_header")
        self.assertEqual(self.refused({**headers, "X-Signature": ",".join(["aa"] * 17)}), "bad_header")

    def test_a_moment_that_is_none_is_told_once_it_is_genuine(self) -> None:
        for moment in ("", "+5", "1e9", "٣", "9" * 30):
            kind = self.refused({**sign(SCHEME, SECRET, NOW, BODY), "X-Time": moment})
            self.assertIn(kind, ("mismatch", "bad_header"))

    def test_age(self) -> None:
        headers = sign(SCHEME, SECRET, NOW, BODY)
        self.assertEqual(verifier(now=NOW + 300).verify(headers, BODY), {"a": 1})
        self.assertEqual(verifier(now=NOW - 300).verify(headers, BODY), {"a": 1})
        self.assertEqual(self.refused(headers, now=NOW + 301), "too_old")
        self.assertEqual(self.refused(headers, now=NOW - 301), "too_new")

    def test_what_is_genuine_and_no_event_is_not_refused(self) -> None:
        with self.assertRaises(WebhookError) as raised:
            verifier().verify(sign(SCHEME, SECRET, NOW, b"{"), b"{")
        self.assertEqual((raised.exception.kind, raised.exception.is_refusal), ("decode", False))

    def test_secrets_that_are_none(self) -> None:
        for secrets in ([], [""], [" "], ["not base64!"], [SECRET, ""]):
            with self.assertRaises(WebhookError) as raised:
                EventVerifier(SCHEME, codec.JSON, secrets)
            self.assertEqual(raised.exception.kind, "secret")


if __name__ == "__main__":
    unittest.main()
