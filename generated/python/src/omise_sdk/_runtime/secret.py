"""Takes what must not be seen out of text that came from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

HIDDEN = "[redacted]"

SHORTEST_SECRET = 3
"""Shorter texts are in every other text, and no secrets."""

_SHORTEST_KEY = 8


def without(text: str, secret: str) -> str:
    """The text with something else in place of the secret, in whatever case its ASCII letters are."""
    if not secret:
        return text
    return re.sub(re.escape(secret), HIDDEN, text, flags=re.IGNORECASE | re.ASCII)


def without_all(text: str, secrets: Iterable[str]) -> str:
    for secret in secrets:
        text = without(text, secret)
    return text


def carried(value: str) -> list[str]:
    """What may be a key in a header of the caller's own: the whole, or what follows the name of a scheme."""
    _, _, token = value.partition(" ")
    return [part for part in (value.strip(), token.strip()) if len(part) >= _SHORTEST_KEY]
