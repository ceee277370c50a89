"""What the built-in HTTP clients do, over the loopback interface."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socketserver
import threading
import unittest
from collections.abc import Callable
from typing import Any
from unittest import mock

from omise_sdk._runtime.drivers import AsyncDriver, Driver
from omise_sdk._runtime.error import ApiError, CallTimeoutError, ConfigError, Error, LostError
from support import get, pay, shared

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"

Answering = Callable[[Any, threading.Event], None]


class SocketTest(unittest.TestCase):
    def served(self, answer: Answering) -> str:
        """The URL of a server that answers so, and says nothing more once the test is over."""
        over = threading.Event()

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                while self.rfile.readline().strip():
                    pass
                with contextlib.suppress(OSError):
                    answer(self.wfile, over)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

        server = Server(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()

        def stop() -> None:
            over.set()
            server.shutdown()
            thread.join()
            server.server_close()

        self.addCleanup(stop)
        return f"http://127.0.0.1:{server.server_address[1]}"

    def results(self, operation: Any, arguments: dict[str, Any], **settings: Any) -> list[Any]:
        async def awaited() -> Any:
            driver = AsyncDriver(shared(**settings), None)
            try:
                return await driver.call(operation, arguments, None)
            finally:
                await driver.close()

        def blocking() -> Any:
            driver = Driver(shared(**settings), None)
            try:
                return driver.call(operation, arguments, None)
            finally:
                driver.close()

        found: list[Any] = []
        for make in (blocking, lambda: asyncio.run(awaited())):
            try:
                found.append(make())
            except Error as error:
                found.append(error)
        return found


class Clients(SocketTest):
    def test_no_proxy_of_the_environment_sees_a_key_in_plain_http(self) -> None:
        url = self.served(lambda out, _: out.write(HEAD % 2 + b"{}"))
        proxy = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"), "http://127.0.0.1:1")
        with mock.patch.dict(os.environ, {**proxy, "NO_PROXY": "", "no_proxy": ""}):
            for answer in self.results(get(), {"id": "a"}, base_url={"api": url}, max_retries=0):
                self.assertEqual(answer.status, 200)

    def test_an_answer_that_never_begins(self) -> None:
        url = self.served(lambda _, over: over.wait() and None)
        for error in self.results(pay(), {"amount": 1}, base_url={"api": url}, timeout=0.1):
            self.assertIsInstance(error, CallTimeoutError)
            self.assertEqual((error.attempts, error.outcome_unknown), (1, True))

    def test_an_answer_that_trickles(self) -> None:
        def answer(out: Any, over: threading.Event) -> None:
            out.write(HEAD % 1_000_000)
            while not over.wait(0.02):
                out.write(b" ")

        url = self.served(answer)
        for error in self.results(pay(), {"amount": 1}, base_url={"api": url}, timeout=0.2):
            self.assertIsInstance(error, CallTimeoutError)
            self.assertTrue(error.outcome_unknown)

    def test_an_answer_that_stands_still(self) -> None:
        def answer(out: Any, over: threading.Event) -> None:
            out.write(HEAD % 9 + b"{}")
            over.wait()

        url = self.served(answer)
        for error in self.results(pay(), {"amount": 1}, base_url={"api": url}, timeout=0.2):
            self.assertIsInstance(error, CallTimeoutError)
            self.assertTrue(error.outcome_unknown)

    def test_an_answer_that_ends_early(self) -> None:
        for sent in (b"", b"HTTP/1.1 200 OK\r\n", HEAD % 9 + b"{}"):
            url = self.served(lambda out, _, sent=sent: out.write(sent))  # type: ignore[misc]
            for error in self.results(pay(), {"amount": 1}, base_url={"api": url}):
                self.assertIsInstance(error, LostError)
                self.assertEqual((error.attempts, error.outcome_unknown), (1, True))

    def test_a_time_without_end(self) -> None:
        url = self.served(lambda out, _: out.write(HEAD % 2 + b"{}"))
        for answer in self.results(get(), {"id": "a"}, base_url={"api": url}, timeout=float("inf")):
            self.assertEqual(answer.status, 200)

    def test_the_head_of_a_refusal_says_enough(self) -> None:
        url = self.served(lambda out, _: out.write(b"HTTP/1.1 402 No\r\nContent-Length: 9\r\n\r\n{}"))
        for error in self.results(pay(), {"amount": 1}, base_url={"api": url}):
            self.assertIsInstance(error, ApiError)
            self.assertEqual((error.status, error.body, error.outcome_unknown), (402, b"", False))

    def test_a_total_time_bounds_all_attempts(self) -> None:
        url = self.served(lambda _, over: over.wait() and None)
        for error in self.results(get(), {"id": "a"}, base_url={"api": url}, total_timeout=0.1):
            self.assertIsInstance(error, CallTimeoutError)
            self.assertEqual(error.attempts, 1)

    def test_a_closed_client_sends_nothing(self) -> None:
        driver = Driver(shared(), None)
        driver.close()
        with self.assertRaises(ConfigError):
            driver.call(pay(), {"amount": 1}, None)


if __name__ == "__main__":
    unittest.main()
