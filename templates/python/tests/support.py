"""A made-up API behind a scripted transport. No test reaches a network, and none waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import httpx

from omise_sdk._runtime import codec
from omise_sdk._runtime.drivers import AsyncDriver, Driver
from omise_sdk._runtime.error import Error
from omise_sdk._runtime.operation import Argument, Body, Operation, Response
from omise_sdk._runtime.options import RequestOptions
from omise_sdk._runtime.profile import Host, Idempotency, Profile, RateLimitHeaders, Scheme
from omise_sdk._runtime.shared import Shared

PROFILE = Profile(
    user_agent="tests/1",
    hosts=[Host("api", "https://api.example.org"), Host("vault", "https://vault.example.org")],
    schemes=[
        Scheme("secret_key", "basic_key", prefixes=["skey_"]),
        Scheme("public_key", "basic_key", prefixes=["pkey_"]),
        Scheme("query_key", "query", "key"),
        Scheme("machine", "client_credentials", "/token"),
    ],
    headers=[("Api-Version", "1")],
    idempotency=Idempotency("Idempotency-Key", ["POST", "PATCH"]),
    request_id_headers=["X-Request-Id"],
    rate_limit=RateLimitHeaders("X-Limit", "X-Left", "X-Reset"),
    error_code="/code",
    error_message="/message",
)

KEY = "skey_test_0123456789"

Reply = httpx.Response | Exception
Outcome = tuple[Any, list[httpx.Request]]


def pay(retry: str = "unsafe", **changes: Any) -> Operation[Any]:
    """A call that moves money."""
    said: dict[str, Any] = {
        "security": [["secret_key"]],
        "arguments": [
            Argument("amount", "amount", "part", codec.INT, required=True),
            Argument("card", "card", "part", codec.SECRET),
        ],
        "body": Body("json", "application/json", required=True),
        "responses": [Response("200", "json", codec.JSON)],
    }
    return Operation("things.pay", "POST", "/things", "api", retry=retry, **{**said, **changes})


def get(**changes: Any) -> Operation[Any]:
    """A call that changes nothing."""
    said: dict[str, Any] = {
        "security": [["secret_key"]],
        "arguments": [Argument("id", "id", "path", codec.ID, style="simple", required=True)],
        "responses": [Response("200", "json", codec.JSON)],
    }
    path = changes.pop("path", "/things/{id}")
    return Operation("things.get", "GET", path, "api", retry="safe", **{**said, **changes})


def shared(**settings: Any) -> Shared:
    credentials = settings.pop("credentials", {"secret_key": KEY})
    return Shared(PROFILE, {"backoff_base": 0.0, **settings}, credentials=credentials)


class Script:
    """Gives its replies in order, and keeps every request."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        # A response is read once, and a script may serve two clients.
        return httpx.Response(reply.status_code, headers=reply.headers, content=reply.content)


def blocking(script: Script, settings: dict[str, Any], work: Callable[[Driver], Any]) -> Any:
    with httpx.Client(transport=httpx.MockTransport(script)) as http:
        return work(Driver(shared(**settings), http))


def awaited(script: Script, settings: dict[str, Any], work: Callable[[AsyncDriver], Any]) -> Any:
    async def run() -> Any:
        async with httpx.AsyncClient(transport=httpx.MockTransport(script)) as http:
            return await work(AsyncDriver(shared(**settings), http))

    return asyncio.run(run())


def outcomes(
    operation: Operation[Any],
    arguments: dict[str, Any],
    *replies: Reply,
    options: RequestOptions | None = None,
    **settings: Any,
) -> list[Outcome]:
    """What became of a call: by the driver that blocks, and by the one that is awaited."""
    found: list[Outcome] = []
    for run in (blocking, awaited):
        script = Script(*replies)
        try:
            result = run(script, settings, lambda driver: driver.call(operation, arguments, options))
        except Error as error:
            result = error
        found.append((result, script.requests))
    return found


def ok(value: str = "{}", **headers: str) -> httpx.Response:
    return httpx.Response(200, headers=headers, content=value.encode())


def status(code: int, body: str = "", **headers: str) -> httpx.Response:
    return httpx.Response(
        code, headers={name.replace("_", "-"): value for name, value in headers.items()}, content=body
    )
