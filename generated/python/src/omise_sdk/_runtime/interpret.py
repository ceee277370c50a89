"""A response becomes an answer or an error. Nothing here waits or reaches the network."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import jsontext
from .answer import Answer, RateLimit
from .error import ApiError, Error, RedirectError
from .header import Headers
from .problem import Problem

if TYPE_CHECKING:
    from .shared import Shared


@dataclass(frozen=True, repr=False)
class Received:
    """A response as it came."""

    status: int
    headers: Headers
    body: bytes


def interpret(shared: Shared, received: Received) -> Answer[None]:
    """Judges a response by its status. The body of a success is not looked at yet."""
    status, headers, body = received.status, received.headers, received.body
    request_id = _request_id(shared, headers)
    limit = rate_limit(shared, headers)
    if 200 <= status < 300:
        return Answer(None, status, headers, request_id, limit, body, 0)
    error: Error
    if 300 <= status < 400:
        error = RedirectError("the server points elsewhere, which is never followed")
    else:
        # A body that is not JSON, a proxy's HTML say, has no code and no message; the status must do.
        try:
            json = jsontext.loads(body)
        except Problem:
            json = None
        error = ApiError(_text(shared, json, shared.profile.error_message) or "")
        error.code = _text(shared, json, shared.profile.error_code)
    error.retry_after = retry_after(headers, shared.wall_clock)
    raise with_answer(shared, error, Answer(None, status, headers, request_id, limit, body, 0))


def with_answer(shared: Shared, error: Error, answer: Answer[Any]) -> Error:
    """The error that an answer turned out to be."""
    error.status = answer.status
    error.headers = answer.headers.hiding(
        name for name in answer.headers if shared.redact(answer.headers[name]) != answer.headers[name]
    )
    error.body = answer.body
    error.request_id = answer.request_id
    error.rate_limit = answer.rate_limit
    return error


def _text(shared: Shared, json: Any, pointer: str) -> str | None:
    """The text at a JSON pointer. Keys and card numbers that the server quotes are taken out."""
    value = jsontext.at(json, pointer) if pointer else None
    return None if value is None else shared.redact(jsontext.text(value))


def _request_id(shared: Shared, headers: Headers) -> str | None:
    """The first header there is of those that identify a request."""
    found = next((headers[name] for name in shared.profile.request_id_headers if name in headers), None)
    return None if found is None else shared.redact(found)


def rate_limit(shared: Shared, headers: Headers) -> RateLimit | None:
    """Reads the headers; `None` when the answer has none of them."""
    names = shared.profile.rate_limit
    if names is None:
        return None
    limit, remaining, reset = (_number(headers.get(name)) for name in (names.limit, names.remaining, names.reset))
    return None if limit is remaining is reset is None else RateLimit(limit, remaining, reset)


def _number(text: str | None) -> int | None:
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None


def retry_after(headers: Headers, now: Any) -> float | None:
    """Seconds that the server asks to wait (RFC 9110, "Retry-After"); `None` when it asks for nothing that can be read.

    A date is compared with the server's own `Date`, since clocks differ, and with ours where it sends none.
    """
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text) if len(text) < 16 else math.inf
    until = _date(text)
    if until is None:
        return None
    sent = _date(headers.get("date", ""))
    return max(0.0, until - (now() if sent is None else sent))


def _date(text: str) -> float | None:
    if not text:
        return None
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=datetime.timezone.utc)
    return found.timestamp()
