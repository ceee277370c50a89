"""What may be carried out twice, and what is said when nobody knows."""

from __future__ import annotations

import unittest
from typing import Any

import httpx

from omise_sdk._runtime.error import (
    ApiError,
    ArgumentError,
    CallTimeoutError,
    ConnectError,
    DecodeError,
    LostError,
    RedirectError,
    TooLargeError,
)
from support import Reply, get, ok, outcomes, pay, status

LOST: list[tuple[Reply, type[Exception]]] = [
    (httpx.ReadTimeout("slow"), CallTimeoutError),
    (httpx.WriteTimeout("slow"), CallTimeoutError),
    (httpx.ReadError("reset"), LostError),
    (httpx.WriteError("reset"), LostError),
    (httpx.RemoteProtocolError("closed"), LostError),
    (status(408), ApiError),
    (status(500), ApiError),
    (status(502), ApiError),
    (status(503), ApiError),
]

UNSENT: list[tuple[Reply, type[Exception]]] = [
    (httpx.ConnectError("refused"), ConnectError),
    (httpx.ConnectTimeout("slow"), ConnectError),
    (httpx.PoolTimeout("busy"), ConnectError),
    (httpx.ProxyError("refused"), ConnectError),
    (status(429), ApiError),
]


class WhatIsSentAgain(unittest.TestCase):
    def test_a_payment_whose_fate_is_unknown_is_sent_once(self) -> None:
        for reply, kind in LOST:
            for error, requests in outcomes(pay(), {"amount": 1}, reply, ok()):
                with self.subTest(reply=reply):
                    self.assertIsInstance(error, kind)
                    self.assertEqual(len(requests), 1)
                    self.assertTrue(error.outcome_unknown)
                    self.assertTrue(error.is_retryable)
                    self.assertEqual(error.attempts, 1)
                    self.assertEqual(error.idempotency_key, requests[0].headers["idempotency-key"])

    def test_what_was_certainly_not_carried_out_is_sent_again_with_the_same_key(self) -> None:
        for reply, _ in UNSENT:
            for answer, requests in outcomes(pay(), {"amount": 1}, reply, reply, ok('{"a":1}')):
                with self.subTest(reply=reply):
                    self.assertEqual(answer.value, {"a": 1})
                    self.assertEqual(answer.attempts, 3)
                    self.assertEqual(len({request.headers["idempotency-key"] for request in requests}), 1)
                    self.assertEqual(len({request.content for request in requests}), 1)

    def test_retries_end(self) -> None:
        for reply, kind in UNSENT:
            for error, requests in outcomes(pay(), {"amount": 1}, *[reply] * 4):
                self.assertIsInstance(error, kind)
                self.assertEqual((len(requests), error.attempts), (3, 3))
                self.assertFalse(error.outcome_unknown)

    def test_a_later_refusal_does_not_undo_what_an_earlier_attempt_may_have_done(self) -> None:
        told = {"retry_ambiguous": True}
        for error, requests in outcomes(pay(), {"amount": 1}, status(500), status(402), options=told):  # type: ignore[arg-type]
            self.assertEqual((error.status, len(requests)), (402, 2))
            self.assertTrue(error.outcome_unknown)
        for error, requests in outcomes(
            pay(), {"amount": 1}, status(500), httpx.ConnectError(""), options=told, max_retries=1
        ):  # type: ignore[arg-type]
            self.assertIsInstance(error, ConnectError)
            self.assertEqual(len(requests), 2)
            self.assertTrue(error.outcome_unknown)

    def test_calls_that_do_no_harm_are_sent_again(self) -> None:
        for reply, _ in LOST:
            for operation in (pay("safe"), pay("idempotent")):
                for answer, requests in outcomes(operation, {"amount": 1}, reply, ok()):
                    self.assertEqual((answer.status, len(requests)), (200, 2))

    def test_only_a_call_that_changes_something_has_an_unknown_outcome(self) -> None:
        for retry, is_unknown in (("safe", False), ("idempotent", True), ("unsafe", True)):
            for error, _ in outcomes(pay(retry), {"amount": 1}, *[status(500)] * 3):
                self.assertEqual(error.outcome_unknown, is_unknown, retry)

    def test_a_refusal_is_certain_and_final(self) -> None:
        for code in (400, 401, 402, 403, 404, 409, 422, 498):
            for error, requests in outcomes(pay(), {"amount": 1}, status(code), ok()):
                self.assertEqual((error.status, len(requests)), (code, 1))
                self.assertFalse(error.outcome_unknown or error.is_retryable)

    def test_statuses_that_servers_in_between_invent_are_not_certain(self) -> None:
        for code in (499, 600):
            for error, requests in outcomes(pay(), {"amount": 1}, status(code), ok()):
                self.assertEqual(len(requests), 1)
                self.assertTrue(error.outcome_unknown, code)

    def test_redirects_are_never_followed(self) -> None:
        for code, is_unknown in ((301, True), (302, True), (303, True), (307, False), (308, False)):
            away = status(code, location="https://elsewhere.example.org/things")
            for error, requests in outcomes(pay(), {"amount": 1}, away, ok()):
                self.assertIsInstance(error, RedirectError)
                self.assertEqual(len(requests), 1)
                self.assertEqual(error.outcome_unknown, is_unknown, code)

    def test_a_client_that_follows_redirects_is_told_not_to(self) -> None:
        sent: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request)
            return httpx.Response(307, headers={"location": "https://elsewhere.example.org/"})

        from omise_sdk._runtime.drivers import Driver
        from support import shared

        transport = httpx.MockTransport(answer)
        with (
            httpx.Client(transport=transport, follow_redirects=True, auth=("a", "b")) as http,
            self.assertRaises(RedirectError),
        ):
            Driver(shared(), http).call(pay(), {"amount": 1}, None)
        self.assertEqual([str(request.url) for request in sent], ["https://api.example.org/things"])
        self.assertEqual(sent[0].headers["authorization"], "Basic c2tleV90ZXN0XzAxMjM0NTY3ODk6")

    def test_a_success_that_cannot_be_read_may_have_been_carried_out(self) -> None:
        for error, requests in outcomes(pay(), {"amount": 1}, ok("<html>"), ok()):
            self.assertIsInstance(error, DecodeError)
            self.assertEqual(len(requests), 1)
            self.assertTrue(error.outcome_unknown)
            self.assertEqual(error.body, b"<html>")
        for error, requests in outcomes(pay(), {"amount": 1}, ok('"' + "x" * 100 + '"'), ok(), max_response_bytes=50):
            self.assertIsInstance(error, TooLargeError)
            self.assertEqual(len(requests), 1)
            self.assertTrue(error.outcome_unknown)

    def test_a_server_that_asks_for_too_long_a_wait_ends_the_call(self) -> None:
        for error, requests in outcomes(pay(), {"amount": 1}, status(429, retry_after="31"), ok()):
            self.assertEqual((error.status, error.retry_after, len(requests)), (429, 31.0, 1))

    def test_the_budget_is_shared_by_all_calls(self) -> None:
        for error, requests in outcomes(pay(), {"amount": 1}, *[status(429)] * 3, retry_budget=1):
            self.assertEqual((error.attempts, len(requests)), (2, 2))


class IdempotencyKeys(unittest.TestCase):
    def test_each_call_has_its_own(self) -> None:
        keys = {requests[0].headers["idempotency-key"] for _, requests in outcomes(pay(), {"amount": 1}, ok())}
        self.assertEqual(len(keys), 2)

    def test_the_callers_key_is_sent_and_kept(self) -> None:
        for options in ({"idempotency_key": "order-1"}, {"headers": {"idempotency-KEY": "order-1"}}):
            for error, requests in outcomes(pay(), {"amount": 1}, status(500), options=options):  # type: ignore[arg-type]
                self.assertEqual(requests[0].headers.get_list("idempotency-key"), ["order-1"])
                self.assertEqual(error.idempotency_key, "order-1")

    def test_two_keys_and_empty_ones_are_refused(self) -> None:
        wrong: list[Any] = [
            {"idempotency_key": "a", "headers": {"Idempotency-Key": "b"}},
            {"idempotency_key": " "},
        ]
        for options in wrong:
            for error, requests in outcomes(pay(), {"amount": 1}, ok(), options=options):
                self.assertIsInstance(error, ArgumentError)
                self.assertEqual((requests, error.attempts), ([], 0))

    def test_methods_that_take_none_get_none(self) -> None:
        for _, requests in outcomes(get(), {"id": "a"}, ok(), options={"idempotency_key": "a"}):
            self.assertNotIn("idempotency-key", requests[0].headers)


class Amounts(unittest.TestCase):
    def test_whole_numbers_keep_every_digit(self) -> None:
        for answer, requests in outcomes(pay(), {"amount": 2**53 + 1}, ok('{"amount":9007199254740993}')):
            self.assertEqual(requests[0].content, b'{"amount":9007199254740993}')
            self.assertEqual(answer.value, {"amount": 2**53 + 1})

    def test_an_amount_that_is_no_whole_number_is_refused(self) -> None:
        for amount in (1.0, "100", True, None):
            for error, requests in outcomes(pay(), {"amount": amount}, ok()):
                self.assertIsInstance(error, ArgumentError, amount)
                self.assertEqual(requests, [])


if __name__ == "__main__":
    unittest.main()
