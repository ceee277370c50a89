"""Whether what an API delivered by itself is genuine, and of this time."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from . import jsontext
from .codec import Codec
from .model import ModelCodec
from .problem import Problem

Event = TypeVar("Event")

_LONGEST_DIGEST = 128
_MOST_DIGESTS = 16

DeliveryHeaders = Mapping[str, str] | Iterable[tuple[str, str]]
"""Headers of a delivery, in whatever shape a web framework has them."""


@dataclass(frozen=True)
class Scheme:
    """How deliveries are signed: HMAC-SHA256 over a text that both sides put together."""

    signature_header: str
    timestamp_header: str | None
    """Header with the moment of signing, in seconds since 1970, when there is one."""
    signed: tuple[tuple[str, str], ...]
    """What is signed, put together in this order: `timestamp`, `body`, or a `text`."""
    secret_encoding: str
    """`text` or `base64`."""
    digest_encoding: str
    """`hex` or `base64`."""
    separator: str
    """What stands between digests, of which any may be the right one."""
    tolerance: float
    """Seconds that the moment of signing may be from now, unless the verifier says otherwise."""


class WebhookError(Exception):
    """Why a delivery is not taken. It never shows a secret, a signature or what was delivered."""

    kinds: ClassVar[tuple[str, ...]] = (
        "secret",
        "missing_header",
        "bad_header",
        "mismatch",
        "too_old",
        "too_new",
        "decode",
    )

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        """What kind of problem it is, one of `kinds`."""
        self.message = message

    @property
    def is_refusal(self) -> bool:
        """Whether the delivery is to be refused, with status 400 or 401 say: it cannot be told who sent it, or it was
        sent at another time.

        What is genuine and cannot be read is not refused by this: delivered again it reads no better. A wrong secret
        is a fault of the receiver.
        """
        return self.kind not in ("decode", "secret")

    def __reduce__(self) -> Any:
        return (type(self), (self.kind, self.message))


class EventVerifier(Generic[Event]):
    """Tells deliveries that the API signed from all others, and reads the events in them.

    It is made once and used for every delivery. Several secrets may be given, while one takes the other's place.
    """

    def __init__(
        self,
        scheme: Scheme,
        event: Codec,
        secrets: str | Iterable[str],
        *,
        tolerance: float | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        given = [secrets] if isinstance(secrets, str) else list(secrets)
        if not given:
            raise WebhookError("secret", "a verifier needs a secret")
        self._scheme = scheme
        self._event = event
        self._keys = [_key(scheme, secret, place) for place, secret in enumerate(given, 1)]
        self._tolerance = scheme.tolerance if tolerance is None else tolerance
        self._clock = clock

    def verify(self, headers: DeliveryHeaders, body: bytes) -> Event:
        """The event in a delivery, once it is certain who sent it.

        Give the body as it came, byte for byte: JSON that was read and written again is another text. Fails with
        `WebhookError`.
        """
        self.check(headers, body)
        try:
            codec = self._event.resolved()
            value = jsontext.loads(body)
            event: Event = codec.checked(value) if isinstance(codec, ModelCodec) else codec.decode(value)
        except Problem as problem:
            raise WebhookError("decode", f"this is not an event: {problem}") from None
        return event

    def check(self, headers: DeliveryHeaders, body: bytes) -> None:
        """Whether a delivery is genuine and of this time, whatever its body is. Fails with `WebhookError`."""
        scheme = self._scheme
        lines = _lines(headers)
        timestamp = "" if scheme.timestamp_header is None else _only(lines, scheme.timestamp_header)
        digests = _digests(scheme, lines)
        is_genuine = False
        for key in self._keys:
            signature = _sign(scheme, key, timestamp, body)
            for digest in digests:
                is_genuine |= hmac.compare_digest(signature, digest)
        if not is_genuine:
            raise WebhookError("mismatch", "no signature of this delivery is right")
        if scheme.timestamp_header is not None:
            self._check_age(_moment(timestamp, scheme.timestamp_header))

    def _check_age(self, signed: int) -> None:
        now = self._clock()
        if now - signed > self._tolerance:
            raise WebhookError("too_old", "this was signed too long ago")
        if signed - now > self._tolerance:
            raise WebhookError("too_new", "this was signed at a moment still to come")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self._keys)} secrets>"


def sign(scheme: Scheme, secret: str, at: float, body: bytes) -> dict[str, str]:
    """The headers of a delivery that is signed at a moment, as the API would sign it."""
    timestamp = str(int(at))
    digest = _sign(scheme, _key(scheme, secret, 1), timestamp, body)
    text = digest.hex() if scheme.digest_encoding == "hex" else base64.b64encode(digest).decode()
    headers = {scheme.signature_header: text}
    if scheme.timestamp_header is not None:
        headers[scheme.timestamp_header] = timestamp
    return headers


def _key(scheme: Scheme, secret: str, place: int) -> bytes:
    """The key of the secret at this place."""
    # Secrets are copied from a page or read from a file, which often adds a line break.
    text = secret.strip()
    key = text.encode() if scheme.secret_encoding == "text" else _base64(text)
    if key is None:
        raise WebhookError("secret", f"secret {place} is not base64")
    if not key:
        # Anyone can sign with an empty key.
        raise WebhookError("secret", f"secret {place} is empty")
    return key


def _base64(text: str) -> bytes | None:
    digits = text.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _sign(scheme: Scheme, key: bytes, timestamp: str, body: bytes) -> bytes:
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part, text in scheme.signed:
        mac.update({"timestamp": timestamp.encode(), "body": body}.get(part, text.encode()))
    return mac.digest()


def _lines(headers: DeliveryHeaders) -> list[tuple[str, str]]:
    pairs: Any = headers.items() if isinstance(headers, Mapping) else headers
    return [(_text(name).lower(), _text(value)) for name, value in pairs]


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _only(lines: list[tuple[str, str]], name: str) -> str:
    """The text of a header that a delivery has once."""
    found = [value for own, value in lines if own == name.lower()]
    if not found:
        raise WebhookError("missing_header", f"the header `{name}` is missing")
    if len(found) > 1:
        raise WebhookError("bad_header", f"the header `{name}` is there more than once")
    if not found[0].isascii():
        raise WebhookError("bad_header", f"the header `{name}` is not text")
    return found[0]


def _digests(scheme: Scheme, lines: list[tuple[str, str]]) -> list[bytes]:
    """The digests of a delivery. Those that cannot be right are left out."""
    name = scheme.signature_header
    found = [value for own, value in lines if own == name.lower()]
    if not found:
        raise WebhookError("missing_header", f"the header `{name}` is missing")
    # A list may be sent as several lines (RFC 9110, 5.3).
    texts = [text.strip() for line in found for text in (line.split(scheme.separator) if scheme.separator else [line])]
    if len(texts) > _MOST_DIGESTS:
        raise WebhookError("bad_header", f"the header `{name}` has too many signatures")
    decoded = [_digest(scheme, text) for text in texts]
    return [digest for digest in decoded if digest is not None]


def _digest(scheme: Scheme, text: str) -> bytes | None:
    if len(text) > _LONGEST_DIGEST:
        return None
    if scheme.digest_encoding == "base64":
        return _base64(text)
    try:
        return bytes.fromhex(text) if text.isalnum() else None
    except ValueError:
        return None


def _moment(text: str, name: str) -> int:
    """The moment that a text names as seconds since 1970."""
    if not text.isdigit() or len(text) > 18:
        raise WebhookError("bad_header", f"the header `{name}` is not a moment in seconds")
    return int(text)
