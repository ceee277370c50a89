"""How a parameter is written (OpenAPI 3.0, "Style Values").

Styles go by the names of OpenAPI in snake case; those that end in `*` are its `explode: true`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import percent
from .jsontext import dumps, text
from .percent import Escape

_Pairs = list[tuple[str, str]]

_INLINE = {
    "label": (".", ",", False),
    "label*": (".", ".", True),
    "matrix": (";", ",", False),
    "matrix*": (";", ";", True),
    "simple*": ("", ",", True),
    "form*": ("", ",", True),
    "space_delimited": ("", "%20", False),
    "pipe_delimited": ("", "%7C", False),
}
"""What a value begins with, what stands between its pieces, and whether each piece has its key."""


def inline(name: str, style: str, value: Any, encode: Callable[[str], str]) -> str | None:
    """Writes a value without its name, as paths and headers want it.

    `None` when there is nothing to write: null, or a list or object with nothing in it.
    """
    if style == "json":
        return encode(dumps(value))
    if value is None:
        return None
    lead, between, keyed = _INLINE.get(style, ("", ",", False))
    named = style.startswith("matrix")
    if isinstance(value, list):
        pieces = [encode(text(item)) for item in value]
        if named and keyed:
            pieces = [_assigned(encode(name), piece) for piece in pieces]
    elif isinstance(value, dict):
        joint = "=" if keyed else between
        members = [(encode(key), encode(text(item))) for key, item in value.items() if item is not None]
        pieces = [f"{key}{joint}{item}" for key, item in members]
    elif named:
        return f"{lead}{_assigned(encode(name), encode(text(value)))}"
    else:
        return f"{lead}{encode(text(value))}"
    if not pieces:
        return None
    joined = between.join(pieces)
    return f"{lead}{encode(name)}={joined}" if named and not keyed else f"{lead}{joined}"


def _assigned(name: str, value: str) -> str:
    """RFC 6570: a matrix parameter without a value has no `=`."""
    return f"{name}={value}" if value else name


def pairs(name: str, style: str, value: Any, escape: Escape) -> _Pairs:
    """Writes a value as pairs of a name and a value, both escaped."""
    if style == "json":
        return [] if value is None else [(escape.name(name), escape.value(dumps(value)))]
    # Only JSON can say null; elsewhere a member that is null is left out.
    value = _without_nulls(value)
    if value is None:
        return []
    found: _Pairs = []
    if not isinstance(value, list | dict):
        found.append((name, text(value)))
    elif style == "deep_object":
        rack(name, value, found)
    elif style in ("form*", "simple*"):
        _exploded(name, value, found)
    else:
        joined = style if style in ("space_delimited", "pipe_delimited") else "simple"
        written = inline(name, joined, value, escape.item)
        return [] if written is None else [(escape.name(name), written)]
    return [(escape.name(key), escape.value(item)) for key, item in found]


def _exploded(name: str, value: list[Any] | dict[str, Any], found: _Pairs) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            rack(key, item, found)
        return
    for item in value:
        if isinstance(item, list | dict):
            # OpenAPI leaves a list of objects undefined; the Rack form loses nothing.
            rack(f"{name}[]", item, found)
        else:
            found.append((name, text(item)))


def form(name: str, style: str, value: Any) -> _Pairs:
    """Writes pairs of a form body. There a space is `+`, also between the items of a joined list."""
    written = pairs(name, style, value, percent.FORM_BODY)
    if style == "space_delimited":
        return [(key, item.replace("%20", "+")) for key, item in written]
    return written


def rack(name: str, value: Any, found: _Pairs) -> None:
    """Adds a value the way Rack reads it: `a[b]=`, `list[]=`, `items[][name]=`."""
    if isinstance(value, list):
        for item in value:
            rack(f"{name}[]", item, found)
    elif isinstance(value, dict):
        for key, item in value.items():
            rack(f"{name}[{key}]", item, found)
    else:
        found.append((name, text(value)))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_nulls(item) for item in value]
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return value
