"""Sets of known values that stay open: a value of tomorrow is kept."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, overload

from .codec import Codec

_Enum = TypeVar("_Enum")


class Known:
    """A known value of an open enum: `Status.PAID` is a `Status`."""

    def __init__(self, value: str | int) -> None:
        self.value = value

    def __set_name__(self, owner: type[Any], name: str) -> None:
        # Each enum has a set of its own.
        if "_known" not in owner.__dict__:
            owner._known = set()
        owner._known.add(self.value)

    @overload
    def __get__(self, instance: None, owner: type[_Enum]) -> _Enum: ...
    @overload
    def __get__(self, instance: _Enum, owner: type[_Enum]) -> _Enum: ...
    def __get__(self, instance: _Enum | None, owner: type[_Enum]) -> _Enum:
        make: Any = owner
        made: _Enum = make(self.value)
        return made


class OpenEnum(str):
    """A text that the API chooses from a set. It is a `str`, also where the set has grown since."""

    __slots__ = ()
    _known: ClassVar[set[str]] = set()

    @property
    def is_known(self) -> bool:
        """Whether this version knows the value."""
        return str(self) in self._known

    @classmethod
    def known(cls) -> list[str]:
        """The values that this version knows."""
        return sorted(cls._known)


class OpenIntEnum(int):
    """A whole number that the API chooses from a set. It is an `int`, also where the set has grown since."""

    __slots__ = ()
    _known: ClassVar[set[int]] = set()

    @property
    def is_known(self) -> bool:
        """Whether this version knows the value."""
        return int(self) in self._known

    @classmethod
    def known(cls) -> list[int]:
        """The values that this version knows."""
        return sorted(cls._known)


class EnumCodec(Codec):
    """Values of an open enum."""

    rank = 2

    def __init__(self, enum: type[OpenEnum] | type[OpenIntEnum]) -> None:
        self.enum: Any = enum
        self.is_text = issubclass(enum, str)
        self.expected = "a text" if self.is_text else "a whole number"

    def empty(self) -> Any:
        return self.enum("") if self.is_text else None

    def decode(self, value: Any) -> Any:
        if isinstance(value, bool) or not isinstance(value, str if self.is_text else int):
            raise self.wrong(value)
        return self.enum(value)

    def encode(self, value: Any, secrets: list[str]) -> Any:
        if isinstance(value, bool) or not isinstance(value, str if self.is_text else int):
            raise self.wrong(value)
        return str(value) if self.is_text else int(value)

    def dump(self, value: Any) -> Any:
        return str(value) if self.is_text else int(value)


__all__ = ["EnumCodec", "Known", "OpenEnum", "OpenIntEnum"]
