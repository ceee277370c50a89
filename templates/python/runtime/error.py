"""Why a call has no answer."""

from __future__ import annotations

from typing import Any, ClassVar

from . import jsontext
from .answer import RateLimit
from .header import Headers
from .problem import Problem
from .secret import without

_MOST_SHOWN = 500


class Error(Exception):
    """Why a call has no answer.

    It says which operation failed and how, and never shows a key, a card number or what was sent. Each kind of failure
    is a class of its own; `kind` names it for metrics.
    """

    kind: ClassVar[str] = "error"
    _words: ClassVar[str] = "error"

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message
        """The API's own words, or ours when it said nothing. May be empty."""
        self.operation: str | None = None
        """Name of the operation, `charges.create`; `None` for a client that could not be built."""
        self.status: int | None = None
        """HTTP status, when there was an answer."""
        self.headers = Headers()
        """Headers of the answer; empty when there was none."""
        self.body = b""
        """Body of the answer as it came: it may quote what was sent. Empty when there was none."""
        self.code: str | None = None
        """The API's own code for the failure."""
        self.request_id: str | None = None
        """The server's name for this request, to quote to its support."""
        self.rate_limit: RateLimit | None = None
        """What the answer says about the rate limit; `None` when it says nothing."""
        self.retry_after: float | None = None
        """Seconds that the server asks to wait before the next call."""
        self.idempotency_key: str | None = None
        """The key that all attempts carried: the caller's, or one the client made."""
        self.attempts = 0
        """How often the request was sent, or tried to be; 0 when it was refused before that."""
        self.outcome_unknown = False
        """Whether the server may have carried out the call although it ended in this error.

        True for a call that changes something when one of its attempts may have arrived and no readable verdict came
        back for it. Sending such a call again may do it twice: look whether it was done first.
        """

    @property
    def is_retryable(self) -> bool:
        """Whether the same call may succeed later: no connection, a timeout, 408, 429, a server's own failure.

        This is about success, not about safety: ask `outcome_unknown` before sending again.
        """
        return False

    @property
    def may_have_happened(self) -> bool:
        """Whether this very attempt may have been carried out."""
        return False

    @property
    def remedy(self) -> str:
        """What it says about sending the same request again: `none`, `again`, or `again_if_harmless`."""
        return "again_if_harmless" if self.is_retryable else "none"

    def json(self) -> Any:
        """The body of the answer as untyped JSON. Fails with `ValueError` when it is none."""
        try:
            return jsontext.loads(self.body)
        except Problem as problem:
            raise ValueError(str(problem)) from None

    def _without(self, secret: str) -> None:
        """Takes a secret out of what the server said."""
        self.message = without(self.message, secret)
        self.code = None if self.code is None else without(self.code, secret)
        self.request_id = None if self.request_id is None else without(self.request_id, secret)
        self.headers = self.headers.hiding(
            name for name in self.headers if without(self.headers[name], secret) != self.headers[name]
        )

    def __str__(self) -> str:
        text = f"{self.operation}: " if self.operation else ""
        text += self._words if self.status is None else f"{self._words} (HTTP {self.status})"
        for part in (self.code, self.message):
            if part:
                text += f": {_one_line(part)}"
        if self.request_id:
            text += f" (request id {_one_line(self.request_id)})"
        return f"{text}; it may have been carried out" if self.outcome_unknown else text

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"

    def __reduce__(self) -> Any:
        return (_restored, (type(self), self.message, self.__dict__))


def _restored(kind: type[Error], message: str, state: dict[str, Any]) -> Error:
    error = kind(message)
    error.__dict__.update(state)
    return error


def _one_line(text: str) -> str:
    """Text from a server, kept from forging lines in a log or flooding it."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[:_MOST_SHOWN])
    return f"{shown}..." if len(text) > _MOST_SHOWN else shown


class ConfigError(Error):
    """The client is not set up for this: a missing key, a bad base URL. Nothing was sent."""

    kind = "config"
    _words = "configuration"


class ArgumentError(Error):
    """An argument cannot be sent: an empty id in a path, a line break in a header. Nothing was sent."""

    kind = "argument"
    _words = "argument"


class UnverifiedError(Error):
    """Nobody has seen this route yet and the client does not allow such calls. Nothing was sent."""

    kind = "unverified"
    _words = "unverified operation"


class TokenError(Error):
    """The token that the call needs could not be fetched. Nothing of the call was sent."""

    kind = "token"
    _words = "no token"

    def __init__(self, message: str = "", *, retryable: bool = False) -> None:
        super().__init__(message)
        self._retryable = retryable

    @property
    def is_retryable(self) -> bool:
        return self._retryable

    @property
    def remedy(self) -> str:
        return "again" if self._retryable else "none"


class ConnectError(Error):
    """No connection could be made. Nothing was sent."""

    kind = "connect"
    _words = "no connection"

    @property
    def is_retryable(self) -> bool:
        return True

    @property
    def remedy(self) -> str:
        return "again"


class CallTimeoutError(Error):
    """No answer within the time allowed."""

    kind = "timeout"
    _words = "timeout"

    @property
    def is_retryable(self) -> bool:
        return True

    @property
    def may_have_happened(self) -> bool:
        return True


class LostError(Error):
    """The connection broke before the answer was there."""

    kind = "lost"
    _words = "connection lost"

    @property
    def is_retryable(self) -> bool:
        return True

    @property
    def may_have_happened(self) -> bool:
        return True


class RedirectError(Error):
    """The server redirected, which is never followed: a repeated request may be a second charge."""

    kind = "redirect"
    _words = "redirect"

    @property
    def may_have_happened(self) -> bool:
        # 307 and 308 ask for the request to be made elsewhere; the others follow something done.
        return self.status not in (307, 308)


class ApiError(Error):
    """The server answered with an error."""

    kind = "api"
    _words = "error answer"

    @property
    def is_retryable(self) -> bool:
        return self.status is not None and (500 <= self.status < 600 or self.status in (408, 429))

    @property
    def may_have_happened(self) -> bool:
        # A refusal is certain; what servers in between invent, such as 499 or 600, is not.
        return self.status is not None and (not 400 <= self.status < 499 or self.status == 408)

    @property
    def remedy(self) -> str:
        return "again" if self.status == 429 else super().remedy


class DecodeError(Error):
    """The server answered with success, but not with what the operation answers with."""

    kind = "decode"
    _words = "unreadable answer"

    @property
    def may_have_happened(self) -> bool:
        return True


class TooLargeError(Error):
    """The answer is larger than the client allows."""

    kind = "too_large"
    _words = "answer too large"

    @property
    def may_have_happened(self) -> bool:
        return True


class PagingError(Error):
    """The API says that a list goes on, and its pages do not. The items there were have been given."""

    kind = "paging"
    _words = "incomplete list"
