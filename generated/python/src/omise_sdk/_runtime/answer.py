"""What a call answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from . import jsontext
from .header import Headers
from .problem import Problem

T = TypeVar("T")


@dataclass(frozen=True)
class RateLimit:
    """What an answer says about the rate limit. Nothing in the client depends on it."""

    limit: int | None = None
    """Requests allowed in a window."""
    remaining: int | None = None
    """Requests left in this window."""
    reset: int | None = None
    """When the window ends, as sent: what the number counts, the API's documentation says."""


@dataclass(frozen=True)
class Answer(Generic[T]):
    """The decoded answer of a call, with everything it came in."""

    value: T
    """What the call gives."""
    status: int
    """HTTP status."""
    headers: Headers = field(repr=False)
    request_id: str | None
    """The server's name for this request, to quote to its support."""
    rate_limit: RateLimit | None = field(repr=False)
    """What the answer says about the rate limit; `None` when it says nothing."""
    body: bytes = field(repr=False)
    """The body as it came."""
    attempts: int = field(repr=False)
    """How often the request was sent."""

    def json(self) -> Any:
        """The body as untyped JSON: it has the members this version does not know. Fails with `ValueError`."""
        try:
            return jsontext.loads(self.body)
        except Problem as problem:
            raise ValueError(str(problem)) from None
