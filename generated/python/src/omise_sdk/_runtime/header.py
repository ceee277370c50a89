"""Headers: which may be sent, and how those of answers are looked up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

RESERVED = frozenset({"content-length", "host", "transfer-encoding", "connection"})
"""Headers that belong to the transport: a wrong one would let the body be read as another request."""

_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+", re.ASCII)
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\ud7ff\ue000-\U0010ffff]*")


def is_name(text: str) -> bool:
    """Whether a text is a header's name."""
    return _NAME.fullmatch(text) is not None


def is_value(text: str) -> bool:
    """Whether a header can carry a text: no line break, no other control character."""
    return _VALUE.fullmatch(text) is not None


class Headers(Mapping[str, str]):
    """Headers of an answer. Names are the same in any case; several lines of one name are joined by commas."""

    __slots__ = ("_hidden", "_lines")

    def __init__(self, lines: Iterable[tuple[str, str]] = ()) -> None:
        self._lines = list(lines)
        self._hidden: frozenset[str] = frozenset()

    def __getitem__(self, name: str) -> str:
        found = self.get_list(name)
        if not found:
            raise KeyError(name)
        return ", ".join(found)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name.lower() for name, _ in self._lines))

    def __len__(self) -> int:
        return len({name.lower() for name, _ in self._lines})

    def get_list(self, name: str) -> list[str]:
        """Each line of that name."""
        wanted = name.lower()
        return [value for own, value in self._lines if own.lower() == wanted]

    def hiding(self, names: Iterable[str]) -> Headers:
        """The same headers, of which `repr` does not show these either."""
        headers = Headers(self._lines)
        headers._hidden = self._hidden | {name.lower() for name in names}
        return headers

    def __repr__(self) -> str:
        shown = {name: "..." if name in self._hidden else self[name] for name in self}
        return f"Headers({shown!r})"
