"""Objects of answers."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from . import card_number, jsontext
from .codec import Codec, plain
from .problem import Problem

_Self = TypeVar("_Self", bound="Model")


@dataclass(frozen=True)
class Field:
    """A member of an object."""

    name: str
    """The attribute's name."""

    codec: Codec
    """How its value is read and written."""

    required: bool = False
    """It must be sent, or the API promises it. What is left out all the same is empty where that is honest: a text, a
    list."""

    constant: Any = None
    """The one value it always has."""


Fields = dict[str, Field]


class Model:
    """An object that the API answers with: its members are attributes.

    Whatever is left out decodes: a text, an id or a list that was promised is empty, anything else is `None`. What this
    version does not know is kept: `model["name"]` gives any member as it came, by its name in the API.
    """

    _fields: ClassVar[Fields] = {}
    _open: ClassVar[bool] = False
    _kind: ClassVar[tuple[str, str] | None] = None
    """Name and value of the member that says which kind of object it is."""
    _id: ClassVar[str | None] = None
    """Name of the member that is the object's own id."""
    _raw: dict[str, Any]
    _item: Codec | None
    """Of a page: what its items are."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._read(data, None)

    def _read(self, data: dict[str, Any], item: Codec | None) -> None:
        own = self.__dict__
        own["_raw"] = data
        own["_item"] = item
        for wire_name, field in self._fields.items():
            value = data.get(wire_name)
            codec = field.codec.holding(item) if isinstance(field.codec, PageItems) else field.codec
            if value is None:
                own[field.name] = codec.empty() if field.required else None
                continue
            try:
                own[field.name] = codec.decode(value)
            except Problem as problem:
                raise problem.below(wire_name) from None

    @classmethod
    def from_json(cls: type[_Self], text: str | bytes) -> _Self:
        """Reads an object from JSON: one that was stored, or made up for a test. Fails with `ValueError`."""
        try:
            value = jsontext.loads(text)
            found: _Self = ModelCodec(cls).decode(value)
        except Problem as problem:
            raise ValueError(str(problem)) from None
        return found

    def to_dict(self) -> dict[str, Any]:
        """A copy of the object as it came, by the API's own names. Numbers that are not whole are `Decimal`."""
        return copy.deepcopy(self._raw)

    def to_json(self) -> str:
        """The object as it came, as JSON."""
        return jsontext.dumps(plain(self._raw))

    def __getitem__(self, name: str) -> Any:
        return self._raw[name]

    def __contains__(self, name: object) -> bool:
        return name in self._raw

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and isinstance(other, Model) and self._raw == other._raw

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = [
            f"{field.name}={'...' if field.codec.is_secret else card_number.mask(repr(value))}"
            for field in self._fields.values()
            if (value := self.__dict__.get(field.name)) is not None
        ]
        return f"{type(self).__name__}({', '.join(shown)})"

    def _dump(self) -> dict[str, Any]:
        """What was read, written again: known members by what they became, the others as they came."""
        found: dict[str, Any] = {}
        for key, raw in self._raw.items():
            field = self._fields.get(key)
            value = None if field is None else self.__dict__[field.name]
            if field is None or raw is None or value is None:
                found[key] = raw
            elif isinstance(raw, str):
                # A moment is written as it came, whatever its zone.
                found[key] = raw
            else:
                codec = field.codec.holding(self._item) if isinstance(field.codec, PageItems) else field.codec
                found[key] = codec.dump(value)
        return found


class ModelCodec(Codec):
    """Objects of a class; of a page, with the items that it lists."""

    expected = "an object"

    def __init__(self, model: type[Model], item: Codec | None = None) -> None:
        self.model = model
        self.item = item

    def decode(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise self.wrong(value)
        made = self.model.__new__(self.model)
        made._read(value, self.item)
        return made

    def encode(self, value: Any, secrets: list[str]) -> Any:
        return plain(value)

    def dump(self, value: Any) -> Any:
        return value._dump()

    def checked(self, value: Any) -> Any:
        """Reads the body of an answer: an error or a stranger's object may have a status of success too."""
        found = self.decode(value)
        if self.model._kind is not None:
            member, kind = self.model._kind
            what = f"expected an object `{kind}`"
            if self.model._id is not None and not value.get(self.model._id):
                raise Problem(f"{what} with an id")
            if value.get(member) != kind:
                raise Problem(f"{what} with an id" if self.model._id else what)
        return found


class PageItems(Codec):
    """The list in a page: what its items are, the page says."""

    def holding(self, item: Codec | None) -> Codec:
        from .codec import JSON, list_of

        return list_of(item or JSON)


ITEMS = PageItems()


class _Page(Codec):
    """A page: the object that all pages share, with these items."""

    def __init__(self, of: Codec, item: Codec) -> None:
        self.of = of
        self.item = item

    def resolved(self) -> Codec:
        of = self.of.resolved()
        return ModelCodec(of.model, self.item) if isinstance(of, ModelCodec) else of

    def decode(self, value: Any) -> Any:
        return self.resolved().decode(value)


def page(of: Codec, item: Codec) -> Codec:
    """A page of such items."""
    return _Page(of, item)


class SentCodec(Codec):
    """Objects of requests: dictionaries, by the API's own names."""

    expected = "an object"

    def __init__(self, fields: Fields, *, is_open: bool = True) -> None:
        self.fields = fields
        self.is_open = is_open

    def decode(self, value: Any) -> Any:
        return value

    def encode(self, value: Any, secrets: list[str]) -> dict[str, Any]:
        members = plain_members(value)
        if members is None:
            raise self.wrong(value)
        found: dict[str, Any] = {}
        for key, item in members.items():
            field = self.fields.get(key)
            try:
                if field is None:
                    found |= plain({key: item})
                else:
                    found[key] = None if item is None else field.codec.encode(item, secrets)
            except Problem as problem:
                raise (problem if field is None else problem.below(key)) from None
        for wire_name, field in self.fields.items():
            if wire_name not in members:
                if field.constant is not None:
                    found[wire_name] = field.constant
                elif field.required:
                    raise Problem(f"lacks `{wire_name}`")
        return found


def plain_members(value: Any) -> dict[str, Any] | None:
    """The members of what may be sent as an object."""
    from collections.abc import Mapping

    if isinstance(value, Model):
        return value._raw
    return dict(value) if isinstance(value, Mapping) else None


def to_plain(value: Any) -> Any:
    """What a call gave, as JSON holds it: objects by what their attributes became, moments as they came.

    Numbers that are not whole are `Decimal` where they were read as such.
    """
    if isinstance(value, Model):
        return {key: to_plain(item) for key, item in value._dump().items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    return plain(value)
