"""What both drivers need of httpx. Loaded when the first request is sent: it is by far the slowest import."""

from __future__ import annotations

import ssl
from functools import lru_cache
from typing import Any

import httpx

from .error import CallTimeoutError, ConfigError, ConnectError, Error, LostError, TooLargeError
from .header import Headers
from .interpret import Received, interpret, with_answer
from .prepare import Request
from .problem import Problem
from .shared import Shared

SEND: dict[str, Any] = {"stream": True, "auth": None, "follow_redirects": False}
"""How requests are sent, whatever the caller's own client does otherwise: a redirect followed is a second charge."""

DIRECT: dict[str, Any] = {"http://": None}
"""Plain HTTP goes to this machine itself, unless the caller allowed more: no proxy of the environment sees keys in
it."""


@lru_cache(maxsize=1)
def tls() -> ssl.SSLContext:
    """How servers are verified. Reading the certificates takes longest of all, and is done once for all clients."""
    return httpx.create_ssl_context()


_LONGEST = 1_000_000.0
"""Seconds: sockets cannot wait for ever by a number."""

_UNSENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)


class _QuietUrl(httpx.URL):
    """A URL that shows nothing but its origin: httpx writes URLs to its log."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc.decode()}/..."


def outgoing(request: Request, timeout: float, connect_timeout: float) -> httpx.Request:
    """The request as httpx sends it, to the byte."""
    try:
        url = httpx.URL(str(request.url))
    except httpx.InvalidURL:
        # Its own words would quote the query, which may hold a key.
        raise ConfigError("the URL is none that a request can be sent to") from None
    most = min(timeout, _LONGEST)
    timeouts = {"connect": min(most, connect_timeout), "read": most, "write": most, "pool": most}
    extensions: dict[str, Any] = {"timeout": timeouts}
    target = request.url.target.encode()
    if url.raw_path != target:
        # httpx escapes by its own taste what it parses.
        extensions["target"] = target
    headers = [(name.encode(), value.encode()) for name, value in request.headers.items()]
    built = httpx.Request(request.method, url, headers=headers, content=request.body or None, extensions=extensions)
    if request.url_is_secret:
        built.url = _QuietUrl(url)
    return built


def left(request: httpx.Request, seconds: float) -> None:
    """Lets the next read wait so long at most."""
    request.extensions["timeout"]["read"] = min(max(seconds, 0.001), _LONGEST)


class Reading:
    """The body of an answer as it arrives."""

    def __init__(self, shared: Shared, response: httpx.Response) -> None:
        self._shared = shared
        self._response = response
        self._chunks: list[bytes] = []
        self._size = 0

    def add(self, chunk: bytes) -> None:
        """Keeps a chunk, up to the limit."""
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size > self._shared.max_response_bytes:
            raise Problem(f"more than {self._shared.max_response_bytes} bytes")

    def done(self) -> Received:
        return self._received(b"".join(self._chunks))

    def failed(self, problem: Exception, timeout: float) -> Received:
        """What a body that cannot be read comes to: the head of a failure says enough by itself."""
        received = self._received(b"")
        if isinstance(problem, Error):
            raise problem
        if not self._response.is_success:
            return received
        if isinstance(problem, httpx.TimeoutException):
            raise late(timeout)
        error: Error
        if isinstance(problem, Problem):
            error = TooLargeError(str(problem))
        else:
            error = LostError(_words(self._shared, problem))
        raise with_answer(self._shared, error, interpret(self._shared, received))

    def _received(self, body: bytes) -> Received:
        lines = [
            (name.decode("ascii", "replace"), value.decode("utf-8", "replace"))
            for name, value in self._response.headers.raw
        ]
        return Received(self._response.status_code, Headers(lines), body)


def failure(shared: Shared, error: Exception, timeout: float) -> Error:
    """What went wrong on the way. The error's own request is not kept: it holds keys."""
    if isinstance(error, _UNSENT):
        return ConnectError(_words(shared, error))
    if isinstance(error, httpx.TimeoutException):
        return late(timeout)
    if isinstance(error, httpx.TransportError):
        return (
            ConfigError(_words(shared, error))
            if isinstance(error, httpx.UnsupportedProtocol)
            else LostError(_words(shared, error))
        )
    return LostError(_words(shared, error))


def late(timeout: float) -> Error:
    return CallTimeoutError(f"no answer within {round(timeout, 3):g} seconds")


def _words(shared: Shared, error: Exception) -> str:
    return shared.redact(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
