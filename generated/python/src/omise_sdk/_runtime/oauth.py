"""Tokens of OAuth 2 that the client fetches for itself (RFC 6749, "Client Credentials Grant").

They are kept until shortly before they expire, fetched once for all calls that wait, and dropped when a server refuses
them. Those who waited for a fetch that failed share its failure instead of failing one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from . import jsontext, percent
from .error import ApiError, CallTimeoutError, ConfigError, DecodeError, Error, RedirectError, TokenError
from .header import is_value
from .interpret import Received
from .prepare import Grant, Request
from .problem import Problem
from .shared import Shared
from .steps import Lock, Send, Steps, Unlock

_LONGEST = 10**10

_MARGIN = 30.0
"""A token is not used in the last seconds of its life: it would expire on its way."""


@dataclass
class _Slot:
    """What is known of the token for one grant."""

    token: str | None = None
    until: float | None = None
    """When to fetch another; never, if the server did not say."""
    failure: Error | None = None
    """Why the last fetch failed, if it did."""
    ended: int = 0
    """How many fetches have ended."""

    def held(self, now: float) -> str | None:
        return self.token if self.until is None or now < self.until else None


def token(shared: Shared, grant: Grant, timeout: float) -> Steps[str]:
    """The token for a call, fetched if need be."""
    slot: _Slot = shared.tokens.setdefault(grant, _Slot())
    held = slot.held(shared.clock())
    if held is not None:
        return held
    since, began = slot.ended, shared.clock()
    if not (yield Lock(grant, timeout)):
        raise _no_token(_late(timeout))
    try:
        held = slot.held(shared.clock())
        if held is not None:
            return held
        if slot.failure is not None and slot.ended > since:
            raise _no_token(slot.failure)
        left = max(0.0, timeout - (shared.clock() - began))
        try:
            found, until = yield from _fetch(shared, grant, left)
        except Error as error:
            slot.failure, slot.ended = error, slot.ended + 1
            raise _no_token(error) from None
        slot.token, slot.until, slot.failure, slot.ended = found, until, None, slot.ended + 1
        return found
    finally:
        yield Unlock(grant)


def forget(shared: Shared, grant: Grant, refused: str) -> None:
    """A server refused the token: the next call fetches another, unless one has been fetched already."""
    slot: _Slot | None = shared.tokens.get(grant)
    if slot is not None and slot.token == refused:
        slot.token = None


def _fetch(shared: Shared, grant: Grant, timeout: float) -> Steps[tuple[str, float | None]]:
    received: Received = yield Send(_request(shared, grant), timeout)
    if 300 <= received.status < 400:
        error = RedirectError("the server points elsewhere, which is never followed")
        error.status = received.status
        raise error
    if not 200 <= received.status < 300:
        raise _refusal(shared, received)
    # What the parser says may quote the token.
    try:
        json = jsontext.loads(received.body)
    except Problem:
        json = None
    granted: dict[str, Any] = json if isinstance(json, dict) else {}
    found = granted.get("access_token")
    if not isinstance(found, str):
        raise DecodeError("the answer is not an object with an `access_token`")
    kind = granted.get("token_type")
    if kind is not None and str(kind).lower() != "bearer":
        raise DecodeError("the token is not a bearer token")
    if not found or not is_value(found) or not found.isascii():
        raise DecodeError("the token is empty, or cannot be sent in a header")
    lifetime = _lifetime(granted.get("expires_in"))
    usable = None if lifetime is None else lifetime - min(_MARGIN, lifetime / 10)
    return found, None if usable is None else shared.clock() + usable


def _request(shared: Shared, grant: Grant) -> Request:
    """A form, and the client's id and secret as HTTP Basic, each encoded as in a form."""
    credential = shared.credentials.get(grant.scheme)
    if credential is None:
        raise ConfigError("the client has no id and secret")
    form = "grant_type=client_credentials"
    if grant.scopes:
        form += f"&scope={percent.form(' '.join(grant.scopes))}"
    headers = {
        "content-length": str(len(form)),
        "content-type": "application/x-www-form-urlencoded",
        "accept": "application/json",
        "authorization": credential.client,
        "user-agent": shared.headers["user-agent"],
    }
    return Request("POST", grant.url, headers, form.encode())


def _refusal(shared: Shared, received: Received) -> Error:
    """What a server says that gives no token (RFC 6749, "Error Response"); its body is not kept."""
    try:
        json: Any = jsontext.loads(received.body)
    except Problem:
        json = None
    said = json if isinstance(json, dict) else {}
    code, message = said.get("error"), said.get("error_description")
    error = ApiError(shared.redact(message) if isinstance(message, str) else "")
    error.code = shared.redact(code) if isinstance(code, str) else None
    error.status = received.status
    return error


def _lifetime(expires_in: Any) -> float | None:
    """Seconds, which some servers write as text."""
    if isinstance(expires_in, str) and expires_in.isascii() and expires_in.isdigit() and len(expires_in) < 11:
        return float(expires_in)
    if isinstance(expires_in, bool) or not isinstance(expires_in, int | Decimal):
        return None
    return float(expires_in) if 0 <= expires_in < _LONGEST else None


def _late(seconds: float) -> Error:
    return CallTimeoutError(f"no answer within {seconds:g} seconds")


def _no_token(failure: Error) -> Error:
    """The failure of a fetch, as that of the call that needed the token."""
    return TokenError(str(failure), retryable=failure.is_retryable)
