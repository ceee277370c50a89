"""What must not be seen: in errors, in `repr`, in logs."""

from __future__ import annotations

import base64
import logging
import pickle
import traceback
import unittest

import httpx

from omise_sdk._runtime import codec
from omise_sdk._runtime.attempts import call as make
from omise_sdk._runtime.card_number import mask
from omise_sdk._runtime.error import ConfigError
from omise_sdk._runtime.header import Headers
from omise_sdk._runtime.operation import Argument
from omise_sdk._runtime.secret import without
from omise_sdk._runtime.steps import Send
from support import KEY, Script, blocking, get, ok, outcomes, pay, shared, status

CARD = "4242424242424242"


class Errors(unittest.TestCase):
    def test_the_servers_words_lose_keys_and_card_numbers(self) -> None:
        encoded = base64.b64encode(f"{KEY}:".encode()).decode()
        for quoted in (KEY, KEY.upper(), encoded, encoded.rstrip("="), CARD, "4242 4242 4242 4242", "p4ssphrase"):
            body = f'{{"code":"c {quoted}","message":"m {quoted}"}}'
            reply = status(400, body, x_request_id=f"r {quoted}")
            options = {"headers": {"X-Own": "p4ssphrase"}}
            for error, _ in outcomes(pay(), {"amount": 1, "card": CARD}, reply, options=options):  # type: ignore[arg-type]
                shown = f"{error}{error!r}{error.message}{error.code}{error.request_id}{error.headers!r}"
                self.assertNotIn(quoted.lower(), shown.lower())
                self.assertIn("[redacted]", error.message)

    def test_a_mistyped_card_number_is_hidden_too(self) -> None:
        for error, _ in outcomes(
            pay(), {"amount": 1, "card": "x-1234"}, status(400, '{"message":"4242424242424241 x-1234"}')
        ):
            self.assertEqual(error.message, "[redacted] [redacted]")

    def test_nothing_of_a_request_stands_in_a_traceback(self) -> None:
        for error, _ in outcomes(pay(), {"amount": 1, "card": CARD}, httpx.ReadError(f"broken: {KEY}")):
            told = "".join(traceback.format_exception(error))
            for secret in (KEY, CARD, base64.b64encode(f"{KEY}:".encode()).decode()):
                self.assertNotIn(secret, told)
            # What httpx raises holds the request.
            self.assertIsNone(error.__cause__ or error.__context__)

    def test_errors_survive_pickling(self) -> None:
        for error, _ in outcomes(pay(), {"amount": 1}, status(402, '{"code":"c","message":"m"}')):
            copy = pickle.loads(pickle.dumps(error))
            self.assertEqual((str(copy), copy.status, copy.code), (str(error), 402, "c"))

    def test_a_wrong_key_is_not_shown(self) -> None:
        for key in ("skey_\ud800", "pkey_test_secret", "secret", "skey_", "skey_a b", "skey_a\n", ""):
            with self.assertRaises(ConfigError) as raised:
                shared(credentials={"secret_key": key})
            self.assertNotIn("secret ", f"{raised.exception} ".replace("secret_key", "").replace("public_key", ""))


class Shown(unittest.TestCase):
    def test_steps_and_clients_show_no_key(self) -> None:
        own = shared(headers={"X-Own": "p4ssphrase"})
        step = next(make(own, pay(), {"amount": 1, "card": CARD}, None))
        assert isinstance(step, Send)
        for shown in (repr(step), repr(own), repr(own.credentials), repr(step.request)):
            for secret in (KEY, CARD, "p4ssphrase", "Basic"):
                self.assertNotIn(secret, shown)

    def test_headers_that_repeat_a_key_are_hidden(self) -> None:
        headers = Headers([("A", "x"), ("B", "y")]).hiding(["b"])
        self.assertEqual(repr(headers), "Headers({'a': 'x', 'b': '...'})")
        self.assertEqual(headers["B"], "y")

    def test_httpx_logs_no_key_that_travels_in_the_query(self) -> None:
        operation = get(security=[["query_key"]])
        script = Script(ok())
        with self.assertLogs("httpx", logging.INFO) as logged:
            blocking(
                script,
                {"credentials": {"query_key": "k3y-in-query"}},
                lambda driver: driver.call(operation, {"id": "a"}, None),
            )
        self.assertNotIn("k3y-in-query", "".join(logged.output))
        self.assertEqual(script.requests[0].url.raw_path, b"/things/a?key=k3y-in-query")

    def test_httpx_logs_no_secret_argument(self) -> None:
        argument = Argument("pin", "pin", "query", codec.SECRET, style="form*")
        operation = get(arguments=[*get().arguments, argument])
        script = Script(ok())
        with self.assertLogs("httpx", logging.INFO) as logged:
            blocking(script, {}, lambda driver: driver.call(operation, {"id": "a", "pin": "91827"}, None))
        self.assertNotIn("91827", "".join(logged.output))
        self.assertEqual(script.requests[0].url.raw_path, b"/things/a?pin=91827")


class Text(unittest.TestCase):
    def test_numbers_that_may_be_a_cards(self) -> None:
        hidden = ["4242424242424242", "4242-4242-4242-4242", "4242 4242 4242 4242", "378282246310005"]
        mistyped = ["4242424242424241", "5555 5555 5555 4445", "378282246310006", "2223003122003223"]
        for number in [*hidden, *mistyped]:
            self.assertEqual(mask(f"a {number} b"), "a [redacted] b", number)

    def test_digits_beside_a_number_do_not_hide_it(self) -> None:
        for text in (
            "card 4242424242424242 12/27",
            "4242424242424242 123",
            "number 1 4242424242424242",
            "2026-11-26 4242424242424242",
            "4242424242424242 5555555555554444",
            "4242.4242.4242.4242, 4242_4242_4242_4242; 4242  4242\u00a04242 4242",
            "at 1 of 2: 4242424242424242",
        ):
            shown = mask(text)
            self.assertIn("[redacted]", shown)
            self.assertNotIn("4242", shown)

    def test_other_numbers_stay(self) -> None:
        for text in ("", "amount 100000", "2026-11-26", "order 1234567", "order 1234567890123"):
            self.assertEqual(mask(text), text)

    def test_secrets_are_found_in_any_case(self) -> None:
        self.assertEqual(without("a SKEY_x b", "skey_X"), "a [redacted] b")
        self.assertEqual(without("a.b", "."), "a[redacted]b")
        self.assertEqual(without("a", ""), "a")
        self.assertEqual(without("\u212aey", "key"), "\u212aey")


if __name__ == "__main__":
    unittest.main()
