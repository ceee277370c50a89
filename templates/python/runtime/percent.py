"""Percent-encoding: exactly what each place needs, nothing left to a URL parser's taste."""

from __future__ import annotations

import string
from collections.abc import Callable
from typing import NamedTuple

_WORD = string.ascii_letters + string.digits

_COMPONENT = frozenset(_WORD + "-._~")
"""The unreserved characters of RFC 3986."""

_FORM = frozenset(_WORD + "*-._ ")
"""What `application/x-www-form-urlencoded` lets stand, and the space."""

_RESERVED = _COMPONENT | frozenset(":/?@!$()*,;=")
"""What `allowReserved` lets stand in a value: the reserved characters of RFC 3986, but for those that a query cannot
hold, those that would end the value or change it, and the apostrophe, which URL parsers escape."""

_ESCAPED_IN_TEMPLATE = frozenset(' "<>\\^`{|}')


class Escape(NamedTuple):
    """How the pieces of a pair are escaped."""

    name: Callable[[str], str]
    """Names and keys."""

    value: Callable[[str], str]
    """A value that stands alone."""

    item: Callable[[str], str]
    """A value that stands among others, separated by commas."""


def _escaped(text: str, kept: frozenset[str]) -> str:
    if kept.issuperset(text):
        return text
    return "".join(letter if letter in kept else _bytes(letter) for letter in text)


def _bytes(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def component(text: str) -> str:
    """A piece of a path, a query or a cookie."""
    return _escaped(text, _COMPONENT)


def form(text: str) -> str:
    """A piece of a form body."""
    return _escaped(text, _FORM).replace(" ", "+")


def template(text: str) -> str:
    """What stands between the arguments of a path. A `%` is one of an escape that stands there already."""
    is_plain = [" " <= letter <= "~" and letter not in _ESCAPED_IN_TEMPLATE for letter in text]
    return "".join(letter if plain else _bytes(letter) for letter, plain in zip(text, is_plain, strict=True))


def verbatim(text: str) -> str:
    """A piece of a header: headers are not percent-encoded."""
    return text


def _reserved(text: str) -> str:
    return _escaped(text, _RESERVED)


def _reserved_item(text: str) -> str:
    return _escaped(text, _RESERVED - {","})


QUERY = Escape(component, component, component)
"""Of a query or a cookie."""

QUERY_RESERVED = Escape(component, _reserved, _reserved_item)
"""Of a query whose values may hold reserved characters."""

FORM_BODY = Escape(form, form, form)
"""Of a form body."""
