"""How values are read from JSON and written to it.

A codec is asked only about what is there: null and absence are its owner's matter.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from .problem import Problem

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)


class Codec:
    """A kind of value."""

    expected = "another value"
    """What it is, in words."""

    is_secret = False

    rank = 0
    """How many other members' values it would take in a union: the most particular are tried first."""

    def empty(self) -> Any:
        """What honestly says "not given" where a value was promised; `None` where nothing else does."""
        return None

    def decode(self, value: Any) -> Any:
        raise NotImplementedError

    def encode(self, value: Any, secrets: list[str]) -> Any:
        """The value as JSON holds it. Secrets that are sent are added to the list."""
        raise NotImplementedError

    def dump(self, value: Any) -> Any:
        """A value that was read, as JSON holds it."""
        return value

    def resolved(self) -> Codec:
        """The codec itself, or the one that it names."""
        return self

    def wrong(self, value: Any) -> Problem:
        """The value is something else."""
        return Problem(f"expected {self.expected}, found {kind_of(value)}")


def kind_of(value: Any) -> str:
    """What a value is, in words of JSON."""
    kinds = {str: "a text", bool: "a boolean", int: "a whole number", dict: "an object", list: "a list"}
    if value is None:
        return "null"
    return kinds.get(type(value), "a number" if isinstance(value, float | Decimal) else f"a {type(value).__name__}")


class _Bool(Codec):
    expected = "a boolean"

    def decode(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.wrong(value)
        return value

    def encode(self, value: Any, secrets: list[str]) -> bool:
        return self.decode(value)


class _Int(Codec):
    expected = "a whole number"

    def decode(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(value)
        return value

    def encode(self, value: Any, secrets: list[str]) -> int:
        # A float would have lost digits before it came here.
        return int(self.decode(value))


class _Float(Codec):
    expected = "a number"
    rank = 1

    def decode(self, value: Any) -> float:
        if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
            raise self.wrong(value)
        try:
            return float(value)
        except OverflowError:
            raise Problem("is too large a number") from None

    def encode(self, value: Any, secrets: list[str]) -> float:
        return self.decode(value)


class _Decimal(Codec):
    expected = "a decimal number"
    rank = 1

    def decode(self, value: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
            raise self.wrong(value)
        try:
            return Decimal(value)
        except InvalidOperation:
            raise self.wrong(value) from None

    def encode(self, value: Any, secrets: list[str]) -> int | Decimal | str:
        # A text is sent as a text: some APIs want their decimals so.
        is_text = isinstance(value, str) and _NUMBER.fullmatch(value) is not None
        if not is_text and (isinstance(value, bool) or not isinstance(value, int | Decimal)):
            raise self.wrong(value)
        kept: int | Decimal | str = value
        return kept


class _Text(Codec):
    expected = "a text"
    rank = 3

    def empty(self) -> str:
        return ""

    def decode(self, value: Any) -> str:
        if not isinstance(value, str):
            raise self.wrong(value)
        return value

    def encode(self, value: Any, secrets: list[str]) -> str:
        return str(self.decode(value))


class _Secret(_Text):
    is_secret = True

    def encode(self, value: Any, secrets: list[str]) -> str:
        text = super().encode(value, secrets)
        secrets.append(text)
        return text


class _Id(_Text):
    rank = 2

    def encode(self, value: Any, secrets: list[str]) -> str:
        text = super().encode(value, secrets)
        # An answer that leaves an id out has an empty one, which a program may pass on without a look.
        if not text.strip() or _CONTROL.search(text):
            raise Problem("has an id that is empty or has a line break")
        return text


class _Uuid(_Text):
    rank = 0

    def encode(self, value: Any, secrets: list[str]) -> str:
        import uuid

        return str(value) if isinstance(value, uuid.UUID) else super().encode(value, secrets)


class _Bytes(Codec):
    expected = "base64"
    rank = 2

    def decode(self, value: Any) -> bytes:
        if not isinstance(value, str):
            raise self.wrong(value)
        digits = value.rstrip("=").replace("-", "+").replace("_", "/")
        try:
            return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)
        except (binascii.Error, ValueError):
            raise Problem("text is not base64") from None

    def encode(self, value: Any, secrets: list[str]) -> str:
        if not isinstance(value, bytes | bytearray | memoryview):
            raise Problem(f"expected bytes, found {kind_of(value)}")
        return base64.b64encode(value).decode()

    def dump(self, value: Any) -> str:
        return self.encode(value, [])


class _Moment(Codec):
    """A moment. One that cannot be read is `None`: what a server sends is kept whatever it is, in the raw answer."""

    expected = "a text with a date and time"

    def decode(self, value: Any) -> Any:
        from . import dates

        if not isinstance(value, str):
            raise self.wrong(value)
        return dates.moment(value)

    def encode(self, value: Any, secrets: list[str]) -> str:
        import datetime

        from . import dates

        if isinstance(value, str):
            return value
        if not isinstance(value, datetime.datetime):
            raise self.wrong(value)
        text = dates.written(value)
        if text is None:
            raise Problem("is a date and time without a time zone")
        return text

    def dump(self, value: Any) -> Any:
        return None if value is None else self.encode(value, [])


class _Date(Codec):
    expected = "a text with a date"

    def decode(self, value: Any) -> Any:
        from . import dates

        if not isinstance(value, str):
            raise self.wrong(value)
        return dates.date(value)

    def encode(self, value: Any, secrets: list[str]) -> str:
        import datetime

        if isinstance(value, str):
            return value
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise self.wrong(value)
        return value.isoformat()

    def dump(self, value: Any) -> Any:
        return None if value is None else self.encode(value, [])


class _Json(Codec):
    rank = 4

    def decode(self, value: Any) -> Any:
        return value

    def encode(self, value: Any, secrets: list[str]) -> Any:
        return plain(value)


def plain(value: Any) -> Any:
    """Any value as JSON holds it."""
    import datetime

    if value is None or isinstance(value, str | bool | int | float | Decimal):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _at(_key(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime.date):
        from . import dates

        text = dates.written(value)
        if text is None:
            raise Problem("is a date and time without a time zone")
        return text
    if hasattr(value, "to_dict"):
        return plain(value.to_dict())
    raise Problem(f"cannot hold a {type(value).__name__}")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise Problem("has a key that is no text")
    return str(key)


def _at(key: str, value: Any) -> Any:
    try:
        return plain(value)
    except Problem as problem:
        raise problem.below(key) from None


class _List(Codec):
    expected = "a list"

    def __init__(self, item: Codec) -> None:
        self.item = item

    def empty(self) -> list[Any]:
        return []

    def decode(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.wrong(value)
        items: list[Any] = []
        for at, item in enumerate(value):
            try:
                items.append(None if item is None else self.item.decode(item))
            except Problem as problem:
                raise problem.below(f"[{at}]") from None
        return items

    def encode(self, value: Any, secrets: list[str]) -> list[Any]:
        if isinstance(value, str | bytes | Mapping):
            raise self.wrong(value)
        try:
            items = list(value)
        except TypeError:
            raise self.wrong(value) from None
        return [None if item is None else self.item.encode(item, secrets) for item in items]

    def dump(self, value: Any) -> Any:
        return [None if item is None else self.item.dump(item) for item in value]


class _Map(Codec):
    expected = "an object"

    def __init__(self, item: Codec) -> None:
        self.item = item

    def empty(self) -> dict[str, Any]:
        return {}

    def decode(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(value)
        found: dict[str, Any] = {}
        for key, item in value.items():
            try:
                found[key] = None if item is None else self.item.decode(item)
            except Problem as problem:
                raise problem.below(key) from None
        return found

    def encode(self, value: Any, secrets: list[str]) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise self.wrong(value)
        members = ((_key(key), item) for key, item in value.items())
        return {key: None if item is None else self.item.encode(item, secrets) for key, item in members}

    def dump(self, value: Any) -> Any:
        return {key: None if item is None else self.item.dump(item) for key, item in value.items()}


class _Named(Codec):
    """A type by its name, looked up when it is first needed: so cycles cost nothing, and what is not used is not
    loaded."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: Codec | None = None

    def find(self) -> Codec:
        from .. import types

        return types._codec_of(self.name)

    def resolved(self) -> Codec:
        if self._found is None:
            self._found = self.find().resolved()
        return self._found

    def empty(self) -> Any:
        return self.resolved().empty()

    def decode(self, value: Any) -> Any:
        return self.resolved().decode(value)

    def encode(self, value: Any, secrets: list[str]) -> Any:
        return self.resolved().encode(value, secrets)

    def dump(self, value: Any) -> Any:
        return self.resolved().dump(value)


class _Sent(_Named):
    """A type of requests."""

    def find(self) -> Codec:
        from .. import params

        return params._codec_of(self.name)


BOOL = _Bool()
INT = _Int()
FLOAT = _Float()
DECIMAL = _Decimal()
TEXT = _Text()
SECRET = _Secret()
ID = _Id()
UUID = _Uuid()
BYTES = _Bytes()
DATE = _Date()
MOMENT = _Moment()
JSON = _Json()


def list_of(item: Codec) -> Codec:
    """A list of that."""
    return _List(item)


def map_of(item: Codec) -> Codec:
    """An object with such members, whatever their names."""
    return _Map(item)


def named(name: str) -> Codec:
    """The type of answers of that name."""
    return _Named(name)


def sent(name: str) -> Codec:
    """The type of requests of that name."""
    return _Sent(name)


class Nullable(Codec):
    """A value that may be null, where that says something else than leaving it out."""

    def __init__(self, item: Codec) -> None:
        self.item = item

    def resolved(self) -> Codec:
        return self.item.resolved()

    def empty(self) -> Any:
        return None

    def decode(self, value: Any) -> Any:
        return self.item.decode(value)

    def encode(self, value: Any, secrets: list[str]) -> Any:
        return None if value is None else self.item.encode(value, secrets)

    def dump(self, value: Any) -> Any:
        return None if value is None else self.item.dump(value)


def nullable(item: Codec) -> Codec:
    """That, or null."""
    return Nullable(item)


class _Either(Codec):
    """An id, or the object it names, as the server chose to answer."""

    expected = "an id or an object"

    def __init__(self, id_: Codec, item: Codec) -> None:
        self.id = id_
        self.item = item

    def decode(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.id.decode(value)
        if isinstance(value, dict):
            return self.item.decode(value)
        raise self.wrong(value)

    def encode(self, value: Any, secrets: list[str]) -> Any:
        return (self.id if isinstance(value, str) else self.item).encode(value, secrets)

    def dump(self, value: Any) -> Any:
        return (self.id if isinstance(value, str) else self.item).dump(value)


def either(id_: Codec, item: Codec) -> Codec:
    """An id or the object it names."""
    return _Either(id_, item)
