"""What the package shows, and what it loads."""

from __future__ import annotations

import json
import subprocess
import sys
import unittest
from typing import Any

import httpx

import omise_sdk
from omise_sdk import params, resources, types
from omise_sdk._runtime.retry import Budget, RetryPolicy, Situation


def loaded(program: str) -> set[str]:
    """The modules that a program of its own has loaded in the end."""
    program += "\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return set(json.loads(ran.stdout))


class Loading(unittest.TestCase):
    def test_importing_loads_next_to_nothing(self) -> None:
        modules = loaded("import omise_sdk")
        own = {name for name in modules if name.startswith("omise_sdk")}
        self.assertEqual(own, {"omise_sdk", "omise_sdk._runtime", "omise_sdk._runtime.lazy"})
        self.assertFalse({"httpx", "asyncio", "dataclasses"} & modules)

    def test_a_client_loads_what_it_uses(self) -> None:
        modules = loaded("from omise_sdk import Client\nclient = Client()\nclient.balance")
        self.assertNotIn("httpx", modules)
        groups = {name for name in modules if name.startswith("omise_sdk.resources.")}
        self.assertEqual(groups, {"omise_sdk.resources.balance"})

    def test_everything_that_is_listed_is_there(self) -> None:
        for package in (omise_sdk, types, params, resources):
            for name in dir(package):
                self.assertIsNotNone(getattr(package, name), name)
        for package in (types, params):
            for name in dir(package):
                self.assertIsNotNone(package._codec_of(name).resolved())
        with self.assertRaises(AttributeError):
            _ = omise_sdk.nothing  # type: ignore[attr-defined]


class AnyCall(unittest.TestCase):
    def sent(self, *given: Any, **named: Any) -> httpx.Request:
        requests: list[httpx.Request] = []

        def answer(request: httpx.Request) -> httpx.Response:
            requests.append(request)
            return httpx.Response(200, content=b"[1]")

        with httpx.Client(transport=httpx.MockTransport(answer)) as http:
            client = omise_sdk.Client(secret_key="skey_1", public_key="pkey_1", http_client=http)
            self.assertEqual(client.request(*given, **named).json(), [1])
        return requests[0]

    def test_it_carries_the_keys_of_its_host(self) -> None:
        for host, key in (("api", "Basic c2tleV8xOg=="), ("vault", "Basic cGtleV8xOg=="), (None, "Basic c2tleV8xOg==")):
            request = self.sent("get", "/new/things", query={"a b": "c&d"}, host=host)
            self.assertEqual(request.headers["authorization"], key, host)
            self.assertEqual((request.method, request.url.raw_path), ("GET", b"/new/things?a%20b=c%26d"))

    def test_a_body_and_a_key_for_what_changes_something(self) -> None:
        request = self.sent("POST", "/new", json={"a": 2**53 + 1}, options={"idempotency_key": "mine"})
        self.assertEqual(request.content, b'{"a":9007199254740993}')
        self.assertEqual(request.headers["content-type"], "application/json")
        self.assertEqual(request.headers["idempotency-key"], "mine")

    def test_what_is_no_path_is_refused(self) -> None:
        client = omise_sdk.Client(secret_key="skey_1")
        for method, path in (("GET", "new"), ("GET", "/a?b"), ("GET", "/a/../b"), ("GET", "/a#b"), ("G T", "/a")):
            with self.assertRaises(omise_sdk.ArgumentError):
                client.request(method, path)
        with self.assertRaises(omise_sdk.ConfigError):
            client.request("GET", "/a", host="links")


class Policy(unittest.TestCase):
    def wait(self, remedy: str, chance: float = 0.0, **changes: object) -> float | None:
        said: dict[str, object] = {
            "retry_class": "safe",
            "retry_ambiguous": False,
            "retries": 0,
            "retry_after": None,
            "left": None,
        }
        return RetryPolicy().wait(remedy, Situation(**{**said, **changes}), chance)  # type: ignore[arg-type]

    def test_what_may_have_been_done_is_repeated_only_where_it_is_harmless(self) -> None:
        for kind in ("safe", "idempotent", "unsafe"):
            self.assertIsNone(self.wait("none", retry_class=kind))
            self.assertIsNone(self.wait("none", retry_class=kind, retry_ambiguous=True))
            self.assertIsNotNone(self.wait("again", retry_class=kind))
            self.assertEqual(self.wait("again_if_harmless", retry_class=kind) is None, kind == "unsafe")
            self.assertIsNotNone(self.wait("again_if_harmless", retry_class=kind, retry_ambiguous=True))

    def test_waits_double_up_to_a_limit(self) -> None:
        policy = RetryPolicy(most=10_000)
        waits = [
            policy.wait("again", Situation("safe", False, retries, None, None), 0.5)
            for retries in (0, 1, 2, 4, 31, 5_000)
        ]
        self.assertEqual(waits, [0.25, 0.5, 1.0, 4.0, 4.0, 4.0])

    def test_what_the_server_asks_for_is_kept_or_ends_the_call(self) -> None:
        self.assertEqual(self.wait("again", retry_after=30.0), 30.0)
        self.assertEqual(self.wait("again", 0.5, retry_after=30.0), 30.25)
        self.assertIsNone(self.wait("again", retry_after=30.5))
        self.assertIsNone(self.wait("again", retry_after=float("inf")))

    def test_no_wait_goes_past_the_time_for_the_whole_call(self) -> None:
        self.assertIsNone(self.wait("again", 0.5, left=0.25))
        self.assertEqual(self.wait("again", 0.5, left=0.26), 0.25)
        self.assertIsNone(self.wait("again", left=0.0))

    def test_five_answers_earn_a_retry(self) -> None:
        budget = Budget(2)
        budget.reward()
        self.assertEqual([budget.take() for _ in range(3)], [True, True, False])
        for _ in range(4):
            budget.reward()
        self.assertFalse(budget.take())
        budget.reward()
        self.assertTrue(budget.take())


if __name__ == "__main__":
    unittest.main()
