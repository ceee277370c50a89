"""How the pages of a list follow each other: which page to ask for, and what an answer says about the next one.

Nothing here waits or sends. A list ends at an empty page, at one that was there before, and where the API's own count
says that it is over; never later, so no list is endless. When the API says at such an end that there is more, that is
an error: a list with a hole must not look complete.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from . import jsontext, link_header
from .base_url import Url
from .header import Headers
from .problem import Problem

REPEATED = "the API gave a page again that it had given before, and says that there are more"
EMPTY = "the API gave an empty page, and says that there are more"
NOWHERE = "the API says that there are more pages, but not where"
UNNAMED = "the last item of a page lacks what the next page is found by"
CIRCLE = "the API leads back to a page that it had given before"
FOREIGN_POSITION = "this position is none of this list"


@dataclass(frozen=True)
class Paging:
    """How the pages of a list follow each other. Members of answers are JSON pointers."""

    kind: str
    """`offset`, `page`, `cursor`, `last_item` or `link`."""
    items: str
    """The list of items."""
    parameter: str = ""
    """The query parameter that moves."""
    first: int = 1
    """Number of the first page."""
    total: str | None = None
    """The count of all items, or of all pages."""
    next: str = ""
    """What the next cursor is: a member of the answer, or of its last item."""
    has_more: str | None = None
    """Whether there is another page."""


@dataclass(frozen=True)
class Position:
    """A place in a list, to go on from later, in another process too: both members are plain values.

    It means something to the same call with the same arguments. It may be as secret as the cursor in it.
    """

    page: str | None = field(default=None, repr=False)
    """The page, as its parameter or its link has it; that of the call's own arguments when there is none."""
    given: int = 0
    """How many of its items were given."""


@dataclass(frozen=True, repr=False)
class Turn:
    """Which page: a value of the parameter, or the path and query of a link. Neither is the one the arguments name."""

    value: str | None = None
    link: str | None = None


@dataclass(frozen=True, repr=False)
class Received:
    """What the state machine looks at of an answer."""

    body: bytes
    headers: Headers
    url: Url
    """Where it came from; links are relative to it."""
    keys: frozenset[str]
    """Query parameters that hold keys: the client adds them itself, so links are kept without."""


class Pager:
    """The pages of one list."""

    def __init__(self, paging: Paging, own: str | None) -> None:
        self.paging = paging
        self.own = own
        """The parameter's value among the call's own arguments."""
        self.turn: Turn | None = Turn()
        """The page to ask for; `None` at the end. It stays until an answer is accepted."""
        self.lost: str | None = None
        """Why there is no way to the next page, when there should be one."""
        self._skip = 0
        self._largest = 0
        self._seen: set[bytes] = set()
        self._asked = set() if own is None else {own}

    def resume(self, position: Position) -> None:
        """Goes on from a position."""
        page, kind = position.page, self.paging.kind
        # Where it was before is no circle.
        self._seen, self._asked = set(), set()
        self._skip, self.lost, self.turn = position.given, None, Turn()
        if page is None:
            return
        is_number = page.isascii() and page.isdigit()
        if (kind in ("offset", "page") and not is_number) or (kind == "link" and not link_header.is_path(page)):
            self.turn, self.lost = None, FOREIGN_POSITION
            return
        self.turn = Turn(link=page) if kind == "link" else Turn(page)
        self._asked = {page}

    def position(self, turn: Turn | None, given: int) -> Position | None:
        """Where a page goes on when that many of its items were given."""
        if turn is None:
            return None
        if self.paging.kind == "offset" and given:
            return Position(str(self._number(turn) + given))
        return Position(turn.value if turn.link is None else turn.link, given)

    @property
    def skip(self) -> int:
        """How many items of the next page were given before."""
        return self._skip

    def accept(self, received: Received) -> tuple[Turn, int] | None:
        """Takes the answer of the page that was asked for: which it is, and how many items to skip.

        `None` when none of its items is to be given.
        """
        turn, skip = self.turn, self._skip
        if turn is None:
            return None
        self._skip = 0
        try:
            json = jsontext.loads(received.body)
        except Problem:
            json = None
        items = jsontext.at(json, self.paging.items)
        if not isinstance(items, list) or not items:
            self._end(EMPTY if self._has_more(json) is True else None)
            return None
        seen = hashlib.sha256(jsontext.dumps(items).encode("utf-8", "surrogatepass")).digest()
        if seen in self._seen:
            self._end(REPEATED if self._is_unfinished(turn, json, received) else None)
            return None
        self._seen.add(seen)
        self._advance(turn, items, json, received)
        self._largest = max(self._largest, len(items))
        return turn, skip

    def _end(self, lost: str | None) -> None:
        self.turn, self.lost = None, lost

    def _advance(self, turn: Turn, items: list[Any], json: Any, received: Received) -> None:
        """What comes after a page with items that were not there before."""
        paging = self.paging
        if paging.kind in ("offset", "page"):
            self._count_on(turn, items, json)
            return
        has_more = self._has_more(json)
        if has_more is False:
            self._end(None)
        elif paging.kind == "cursor":
            self._unless_asked(turn, _text(jsontext.at(json, paging.next)), has_more)
        elif paging.kind == "last_item":
            cursor = _text(jsontext.at(items[-1], paging.next))
            if cursor is None:
                self._end(UNNAMED)
            else:
                self._unless_asked(turn, cursor, has_more)
        else:
            self._follow(turn, received)

    def _count_on(self, turn: Turn, items: list[Any], json: Any) -> None:
        """The next number. Without a count, a page smaller than another is the last: the API may give fewer items
        than it was asked for, but does not give fewer than it can."""
        number, total = self._number(turn), _count(json, self.paging.total)
        is_last: bool | None = None
        if self.paging.kind == "offset":
            following = number + len(items)
            # A count smaller than the page counts something else.
            if total is not None and total >= len(items):
                is_last = following >= total
        else:
            following = number + 1
            if total:
                is_last = number - self.paging.first >= total - 1
        if is_last is None:
            is_last = len(items) < self._largest
        self.turn = None if is_last else Turn(str(following))

    def _follow(self, turn: Turn, received: Received) -> None:
        link = link_header.next_link(received.headers)
        if link is None:
            self._end(None)
            return
        try:
            target = link_header.resolve(received.url, link)
        except link_header.LeadsAway as problem:
            self._end(str(problem))
            return
        self._unless_asked(turn, link_header.without(target, set(received.keys)), True)

    def _unless_asked(self, turn: Turn, following: str | None, has_more: bool | None) -> None:
        """The next cursor or link, if nothing was found there before. One that leads to the page it came with ends the
        list, unless the API says otherwise."""
        if following is None:
            self._end(NOWHERE if has_more is True else None)
            return
        is_link = self.paging.kind == "link"
        here = turn.link if is_link else turn.value
        if following == (self.own if turn == Turn() else here):
            self._end(CIRCLE if has_more is True else None)
        elif following in self._asked:
            self._end(CIRCLE)
        else:
            self._asked.add(following)
            self.turn = Turn(link=following) if is_link else Turn(following)

    def _has_more(self, json: Any) -> bool | None:
        """What the API says by a member of its own."""
        said = None if self.paging.has_more is None else jsontext.at(json, self.paging.has_more)
        return said if isinstance(said, bool) else None

    def _is_unfinished(self, turn: Turn, json: Any, received: Received) -> bool:
        """Whether an answer says that this page, whose items were all given before, has others."""
        kind, total = self.paging.kind, _count(json, self.paging.total)
        if kind == "offset":
            return total is not None and total > self._number(turn)
        if kind == "page":
            return total is not None and total > self._number(turn) - self.paging.first
        if kind == "link":
            return link_header.next_link(received.headers) is not None
        has_more = self._has_more(json)
        if kind == "cursor" and has_more is None:
            return _text(jsontext.at(json, self.paging.next)) is not None
        return has_more is True

    def _number(self, turn: Turn) -> int:
        """The number of a page that is found by one."""
        text = self.own if turn.value is None else turn.value
        is_number = text is not None and text.isascii() and text.isdigit()
        return int(text or 0) if is_number else self.paging.first if self.paging.kind == "page" else 0


def _text(value: Any) -> str | None:
    """A text that is not empty, or a number as it is written."""
    if isinstance(value, bool) or value is None or isinstance(value, list | dict):
        return None
    return jsontext.text(value) or None


def _count(json: Any, pointer: str | None) -> int | None:
    text = None if pointer is None else _text(jsontext.at(json, pointer))
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def items_at(page: Any, pointers: Iterable[str]) -> list[Any]:
    """The items of a page, by the names of members that lead to them."""
    for name in pointers:
        field_ = None if page is None else type(page)._fields.get(name)
        page = None if field_ is None else getattr(page, field_.name)
    return page if isinstance(page, list) else []
