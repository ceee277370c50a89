"""Tokens that the client fetches for itself."""

from __future__ import annotations

import asyncio
import threading
import unittest
from typing import Any

import httpx

from omise_sdk._runtime.drivers import AsyncDriver, Driver
from omise_sdk._runtime.error import ApiError, ConfigError, TokenError
from support import Script, blocking, get, ok, outcomes, pay, shared, status

CREDENTIALS: dict[str, Any] = {"machine": ("me", "s3cret/")}
GET = get(security=[["machine"]], scopes={"machine": ["read", "write"]})
PAY = pay(security=[["machine"]])


def token(text: str = "t0ken-1", **others: Any) -> httpx.Response:
    return httpx.Response(200, json={"access_token": text, "token_type": "Bearer", **others})


class Fetches(unittest.TestCase):
    def test_with_the_clients_id_and_secret(self) -> None:
        for _, requests in outcomes(GET, {"id": "a"}, token(), ok(), credentials=CREDENTIALS):
            first, second = requests
            self.assertEqual((first.method, str(first.url)), ("POST", "https://api.example.org/token"))
            self.assertEqual(first.content, b"grant_type=client_credentials&scope=read+write")
            self.assertEqual(first.headers["authorization"], "Basic bWU6czNjcmV0JTJG")
            self.assertEqual(second.headers["authorization"], "Bearer t0ken-1")

    def test_a_token_of_the_callers_own_is_sent_as_it_is(self) -> None:
        for _, requests in outcomes(GET, {"id": "a"}, ok(), credentials={"machine": "own-token"}):
            self.assertEqual([request.headers["authorization"] for request in requests], ["Bearer own-token"])

    def test_it_is_kept_until_shortly_before_it_expires(self) -> None:
        script = Script(token(expires_in=100), ok(), ok(), token("t0ken-2"), ok())

        def work(driver: Driver) -> None:
            now = [0.0]
            driver.shared.clock = lambda: now[0]
            driver.call(GET, {"id": "a"}, None)
            now[0] = 89.0
            driver.call(GET, {"id": "a"}, None)
            now[0] = 91.0
            driver.call(GET, {"id": "a"}, None)

        blocking(script, {"credentials": CREDENTIALS}, work)
        self.assertEqual(script.replies, [])

    def test_one_that_is_refused_is_replaced_once(self) -> None:
        for answer, requests in outcomes(
            PAY, {"amount": 1}, token(), status(401), token("t0ken-2"), ok(), credentials=CREDENTIALS
        ):
            self.assertEqual((answer.status, len(requests)), (200, 4))
            keys = {request.headers.get("idempotency-key") for request in requests[1::2]}
            self.assertEqual(len(keys), 1)
        refused = [token(), status(401), token("t0ken-2"), status(401, '{"message":"t0ken-2"}')]
        for error, requests in outcomes(PAY, {"amount": 1}, *refused, credentials=CREDENTIALS):
            self.assertIsInstance(error, ApiError)
            self.assertEqual((error.status, len(requests), error.message), (401, 4, "[redacted]"))
            self.assertFalse(error.outcome_unknown)

    def test_without_one_nothing_of_the_call_is_sent(self) -> None:
        wrong = [
            status(400, '{"error":"invalid_client","error_description":"s3cret/ is wrong"}'),
            ok("[]"),
            ok('{"access_token":""}'),
            ok('{"access_token":"a","token_type":"mac"}'),
            status(302, location="/x"),
        ]
        for reply in wrong:
            for error, requests in outcomes(PAY, {"amount": 1}, reply, credentials=CREDENTIALS):
                self.assertIsInstance(error, TokenError)
                self.assertEqual((len(requests), error.attempts, error.outcome_unknown), (1, 0, False))
                self.assertNotIn("s3cret", str(error))

    def test_a_fetch_that_failed_on_the_way_is_made_again_with_the_call(self) -> None:
        for answer, requests in outcomes(PAY, {"amount": 1}, status(503), token(), ok(), credentials=CREDENTIALS):
            self.assertEqual((answer.attempts, len(requests)), (1, 3))

    def test_where_a_secret_may_not_go(self) -> None:
        with self.assertRaises(ConfigError):
            shared(credentials=CREDENTIALS, token_urls={"machine": "http://token.example.org"})
        with self.assertRaises(ConfigError):
            shared(credentials=CREDENTIALS, token_urls={"secret_key": "https://token.example.org"})


class Sharing(unittest.TestCase):
    def test_calls_that_wait_share_one_fetch(self) -> None:
        async def run() -> list[str]:
            sent: list[str] = []

            async def answer(request: httpx.Request) -> httpx.Response:
                sent.append(request.url.path)
                await asyncio.sleep(0)
                return token() if request.url.path == "/token" else httpx.Response(200, content=b"{}")

            async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
                driver = AsyncDriver(shared(credentials=CREDENTIALS), http)
                await asyncio.gather(*(driver.call(GET, {"id": "a"}, None) for _ in range(5)))
            return sent

        self.assertEqual(asyncio.run(run()).count("/token"), 1)

    def test_threads_share_one_fetch(self) -> None:
        sent: list[str] = []
        meeting = threading.Barrier(4)

        def answer(request: httpx.Request) -> httpx.Response:
            sent.append(request.url.path)
            return token() if request.url.path == "/token" else httpx.Response(200, content=b"{}")

        with httpx.Client(transport=httpx.MockTransport(answer)) as http:
            driver = Driver(shared(credentials=CREDENTIALS), http)

            def work() -> None:
                meeting.wait()
                driver.call(GET, {"id": "a"}, None)

            threads = [threading.Thread(target=work) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual((sent.count("/token"), len(sent)), (1, 5))

    def test_those_who_waited_share_a_failure(self) -> None:
        async def run() -> tuple[list[str], list[Any]]:
            sent: list[str] = []

            async def answer(request: httpx.Request) -> httpx.Response:
                sent.append(request.url.path)
                await asyncio.sleep(0.01)
                return httpx.Response(400, content=b'{"error":"invalid_client"}')

            async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
                driver = AsyncDriver(shared(credentials=CREDENTIALS), http)
                calls = (driver.call(GET, {"id": "a"}, None) for _ in range(3))
                return sent, await asyncio.gather(*calls, return_exceptions=True)

        sent, errors = asyncio.run(run())
        self.assertEqual(sent, ["/token"])
        self.assertEqual([type(error) for error in errors], [TokenError] * 3)

    def test_a_call_that_is_given_up_lets_others_fetch(self) -> None:
        async def run() -> int:
            never = asyncio.Event()
            fetches = 0

            async def answer(request: httpx.Request) -> httpx.Response:
                nonlocal fetches
                if request.url.path != "/token":
                    return httpx.Response(200, content=b"{}")
                fetches += 1
                if fetches == 1:
                    await never.wait()
                return token()

            async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
                driver = AsyncDriver(shared(credentials=CREDENTIALS), http)
                first = asyncio.create_task(driver.call(GET, {"id": "a"}, None))
                await asyncio.sleep(0.01)
                second = asyncio.create_task(driver.call(GET, {"id": "a"}, None))
                await asyncio.sleep(0.01)
                first.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await first
                return (await second).status

        self.assertEqual(asyncio.run(run()), 200)


if __name__ == "__main__":
    unittest.main()
