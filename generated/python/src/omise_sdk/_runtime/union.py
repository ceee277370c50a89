"""Values that are one of several types."""

from __future__ import annotations

from typing import Any

from .codec import Codec, plain
from .model import Fields, Model, ModelCodec, SentCodec, plain_members
from .problem import Problem


class _Tagged(Codec):
    """Told apart by the text in a property. What fits none is kept as it came."""

    rank = 5

    def __init__(self, tag: str, members: dict[str, Codec]) -> None:
        self.tag = tag
        self.members = members

    def _member(self, value: Any) -> Codec | None:
        tag = value.get(self.tag) if isinstance(value, dict) else None
        return self.members.get(tag) if isinstance(tag, str) else None

    def decode(self, value: Any) -> Any:
        member = self._member(value)
        try:
            return value if member is None else member.decode(value)
        except Problem:
            return value

    def encode(self, value: Any, secrets: list[str]) -> Any:
        member = self._member(plain_members(value))
        return plain(value) if member is None else member.encode(value, secrets)

    def dump(self, value: Any) -> Any:
        return value._dump() if isinstance(value, Model) else value


class _Shape(Codec):
    """Told apart by which properties an object has, and by what kind of value it is otherwise.

    A member is taken only if it keeps every property that some member knows, so that nothing is lost.
    """

    rank = 5

    def __init__(self, members: list[Codec]) -> None:
        self.members = members

    def _candidates(self, value: Any) -> list[Codec]:
        ordered = sorted(self.members, key=lambda member: member.resolved().rank)
        described = [(member, shape) for member in ordered for shape in shapes(member)]
        others = [member for member in ordered if not shapes(member) or isinstance(member.resolved(), _Shape | _Tagged)]
        return [*_fitting(value, described), *others]

    def decode(self, value: Any) -> Any:
        for member in self._candidates(value):
            try:
                return member.decode(value)
            except Problem:
                continue
        return value

    def encode(self, value: Any, secrets: list[str]) -> Any:
        members = plain_members(value)
        for member in self._candidates(value if members is None else members):
            own: list[str] = []
            try:
                written = member.encode(value, own)
            except Problem:
                continue
            secrets += own
            return written
        return plain(value)

    def dump(self, value: Any) -> Any:
        if isinstance(value, Model):
            return value._dump()
        if isinstance(value, list):
            return [self.dump(item) for item in value]
        for member in self._candidates(value):
            codec = member.resolved()
            if codec.rank < 4:
                try:
                    return codec.dump(value)
                except (Problem, TypeError, AttributeError, ValueError):
                    continue
        return value


class _ShapeOf:
    """What a member of a union says of the properties of an object, or of the objects in a list."""

    def __init__(self, codec: Codec, is_list: bool) -> None:
        fields: Fields = {}
        self.is_open = True
        if isinstance(codec, ModelCodec):
            fields, self.is_open = codec.model._fields, codec.model._open
        elif isinstance(codec, SentCodec):
            fields, self.is_open = codec.fields, codec.is_open
        self.is_list = is_list
        self.known = frozenset(fields)
        self.required = [name for name, field in fields.items() if field.required]
        self.always = [(name, field.constant) for name, field in fields.items() if isinstance(field.constant, str)]

    def may_be(self, members: dict[str, Any]) -> bool:
        has_all = all(members.get(name) is not None for name in self.required)
        return has_all and all(members.get(name, text) == text for name, text in self.always)


def shapes(member: Codec, depth: int = 4) -> list[_ShapeOf]:
    """What objects a member may be: a union is told apart by those of its own members."""
    from .codec import _List, _Map

    codec = member.resolved()
    if isinstance(codec, _Shape | _Tagged):
        inner = codec.members if isinstance(codec, _Shape) else list(codec.members.values())
        return [shape for one in inner for shape in shapes(one, depth - 1)] if depth else []
    is_list = isinstance(codec, _List)
    if isinstance(codec, _List):
        codec = codec.item.resolved()
    is_object = isinstance(codec, ModelCodec | SentCodec | _Map)
    return [_ShapeOf(codec, is_list)] if is_object else []


def _fitting(value: Any, described: list[tuple[Codec, _ShapeOf]]) -> list[Codec]:
    """The members that an object, or a list of objects, may be: those that require most come first, those that know few
    properties by name last. Properties that no member knows are as new to all of them, and decide nothing."""
    is_list = isinstance(value, list)
    objects = [item for item in value if isinstance(item, dict)] if is_list else [value]
    if not objects or not isinstance(objects[0], dict):
        return []
    of_kind = [(member, shape) for member, shape in described if shape.is_list == is_list]
    any_open = any(shape.is_open for _, shape in of_kind)
    known = {key for item in objects for key in item if any_open or any(key in shape.known for _, shape in of_kind)}
    fitting = [
        (member, shape)
        for member, shape in of_kind
        if all(shape.may_be(item) for item in objects) and (shape.is_open or known <= shape.known)
    ]
    fitting.sort(key=lambda pair: (pair[1].is_open, -len(pair[1].required)))
    return [member for member, _ in fitting]


def tagged(tag: str, members: dict[str, Codec]) -> Codec:
    """One of several objects, by the text in a property."""
    return _Tagged(tag, members)


def shape(members: list[Codec]) -> Codec:
    """One of several types, by what the value is."""
    return _Shape(members)
