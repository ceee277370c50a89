"""What every client has, whatever its API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from .answer import Answer
from .call import Call
from .codec import plain
from .drivers import AsyncDriver, Driver
from .error import ArgumentError
from .operation import Operation, Response
from .options import RequestOptions
from .problem import Problem
from .shared import Shared
from .steps import Steps

if TYPE_CHECKING:
    from types import TracebackType

    import httpx

_Sync = TypeVar("_Sync", bound="BaseClient")
_Async = TypeVar("_Async", bound="BaseAsyncClient")

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
_IDEMPOTENT = ("PUT", "DELETE")


class BaseClient:
    """A client whose calls block. It may be shared by threads; its connections are kept until `close`."""

    def __init__(self, shared: Shared, http_client: httpx.Client | None) -> None:
        self._driver = Driver(shared, http_client)

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Any = None,
        body: bytes | None = None,
        content_type: str | None = None,
        host: str | None = None,
        retry: str | None = None,
        options: RequestOptions | None = None,
    ) -> Answer[bytes]:
        """Makes a call that this version has no method for. It carries the same keys and headers as any other.

        The path begins with `/`, goes below the base URL of the host, and holds its arguments already, each
        percent-encoded. What is repeated after a failure follows from the method, unless `retry` says `safe`,
        `idempotent` or `unsafe`.
        """
        steps = _any_call(self._driver.shared, method, path, query, json, body, content_type, host, retry, options)
        return self._driver.run(steps)

    def close(self) -> None:
        """Closes the connections."""
        self._driver.close()

    def __enter__(self: _Sync) -> _Sync:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._driver.shared!r})"


class BaseAsyncClient:
    """A client whose calls are awaited, on asyncio or trio. Its connections are kept until `close`."""

    def __init__(self, shared: Shared, http_client: httpx.AsyncClient | None) -> None:
        self._driver = AsyncDriver(shared, http_client)

    async def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        json: Any = None,
        body: bytes | None = None,
        content_type: str | None = None,
        host: str | None = None,
        retry: str | None = None,
        options: RequestOptions | None = None,
    ) -> Answer[bytes]:
        """Makes a call that this version has no method for. It carries the same keys and headers as any other.

        The path begins with `/`, goes below the base URL of the host, and holds its arguments already, each
        percent-encoded. What is repeated after a failure follows from the method, unless `retry` says `safe`,
        `idempotent` or `unsafe`.
        """
        steps = _any_call(self._driver.shared, method, path, query, json, body, content_type, host, retry, options)
        return await self._driver.run(steps)

    async def close(self) -> None:
        """Closes the connections."""
        await self._driver.close()

    async def __aenter__(self: _Async) -> _Async:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._driver.shared!r})"


def _any_call(
    shared: Shared,
    method: str,
    path: str,
    query: Mapping[str, str] | None,
    json: Any,
    body: bytes | None,
    content_type: str | None,
    host: str | None,
    retry: str | None,
    options: RequestOptions | None,
) -> Steps[Answer[Any]]:
    from . import jsontext, percent
    from .attempts import checked, encoded_call

    method = method.upper()
    found = next((one for one in shared.profile.hosts if host in (None, one.name)), None)
    if found is None or not method.isalpha() or not method.isascii():
        raise ArgumentError(f"there is no host {host!r}" if found is None else f"{method!r} is not a method")
    usual = "safe" if method in _SAFE else "idempotent" if method in _IDEMPOTENT else "unsafe"
    if retry not in (None, "safe", "idempotent", "unsafe"):
        raise ArgumentError("`retry` is `safe`, `idempotent` or `unsafe`")
    call = Call(content=body, content_type=content_type or "application/octet-stream")
    call.query = [(percent.component(name), percent.component(value)) for name, value in (query or {}).items()]
    if json is not None:
        try:
            call.content = jsontext.dumps(plain(json)).encode()
        except Problem as problem:
            raise ArgumentError(f"the body {problem}") from None
        call.content_type = content_type or "application/json"
    operation: Operation[bytes] = Operation(
        "request",
        method,
        path,
        found.name,
        security=found.security,
        retry=retry or usual,
        responses=[Response("default", "binary")],
        route=path,
    )
    return (yield from encoded_call(shared, operation, call, checked(options)))
