"""Lists: one page of them, or all.

**The end.** A list ends after the page that is the last by the API's own count; at a page without items; without a
count, at a page with fewer items than one before it; and at a page that was there before: it never gives a page
twice, and is never endless. When the API says at such an end that there are more items, that is a `PagingError`, the
last thing the list gives: a list with a hole does not look complete.

**Errors.** Any other error is not the end: what follows it asks for the same page again, and gives no item twice.

**Lists that change.** A page is what the API had at that moment. Where pages are found by number or by how many items
to skip, an item that is made or removed on a page before moves the others: the next page then repeats an item, or
leaves one out.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from . import attempts, percent
from .answer import Answer
from .call import Call, encode
from .error import Error, PagingError
from .interpret import with_answer
from .operation import Operation
from .options import RequestOptions
from .paging import Pager, Paging, Position, Received, Turn, items_at
from .prepare import fill
from .steps import Steps

if TYPE_CHECKING:
    from .drivers import AsyncDriver, Driver
    from .shared import Shared

Page = TypeVar("Page")
Item = TypeVar("Item")


class Walk:
    """The pages of one call, and which of them comes next. Nothing here waits; a driver carries its steps out."""

    def __init__(
        self,
        shared: Shared,
        operation: Operation[Any],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> None:
        assert operation.paging is not None
        self.shared = shared
        self.operation = operation
        self.arguments = dict(arguments)
        # An idempotency key is one call's, and every page is a call.
        self.options: RequestOptions = {**(options or {})}
        self.paging: Paging = operation.paging
        self.pager: Pager | None = None
        self._resumed: Position | None = None
        self.ready: list[Any] = []
        """Items that were received and not yet given, the next one last."""
        self._turn: Turn | None = None
        self._given = 0
        self._lost: Error | None = None

    def resume(self, position: Position) -> None:
        self._resumed, self.pager, self.ready, self._lost = position, None, [], None

    def take(self) -> Any:
        """The next item that is there already."""
        self._given += 1
        return self.ready.pop()

    def position(self) -> Position | None:
        """Where the next item is; `None` at the end."""
        if self.pager is None:
            return self._resumed or Position()
        if self.ready:
            return self.pager.position(self._turn, self._given)
        return self.pager.position(self.pager.turn, self.pager.skip)

    def page(self) -> Steps[Answer[Any] | None]:
        """The next page that has items, which are then ready; `None` at the end."""
        pager = self._begun()
        while pager.turn is not None:
            call = self._call(pager.turn)
            self.options.pop("idempotency_key", None)
            url = self._url(call)
            answer = yield from attempts.encoded_call(self.shared, self.operation, call, self.options)
            accepted = pager.accept(Received(answer.body, answer.headers, url, self._keys()))
            if pager.lost is not None:
                self._lost = with_answer(self.shared, self._error(pager.lost), answer)
                self._lost.attempts = answer.attempts
            if accepted is not None:
                self._turn, self._given = accepted
                items = items_at(answer.value, self.paging.items.split("/")[1:])
                self.ready = items[self._given :][::-1]
                return answer
        if pager.lost is not None:
            # What is lost is told once.
            error, pager.lost, self._lost = self._lost or self._error(pager.lost), None, None
            raise error
        return None

    def _begun(self) -> Pager:
        if self.pager is None:
            call = self._encoded()
            name = percent.component(self.paging.parameter)
            own = next((value for key, value in call.query if key == name), None)
            from urllib.parse import unquote

            self.pager = Pager(self.paging, None if own is None else unquote(own))
            if self._resumed is not None:
                self.pager.resume(self._resumed)
        return self.pager

    def _encoded(self) -> Call:
        try:
            self.options = {**attempts.checked(self.options)}
            return encode(self.operation, self.arguments)
        except Error as error:
            error.operation = self.operation.id
            raise

    def _call(self, turn: Turn) -> Call:
        """The call, turned to one of its pages."""
        call = self._encoded()
        name = percent.component(self.paging.parameter)
        if turn.link is not None:
            call.query, call.target = [], turn.link
        elif turn.value is not None:
            pair = (name, percent.component(turn.value))
            is_there = any(key == name for key, _ in call.query)
            call.query = [pair if key == name else (key, value) for key, value in call.query]
            call.query += [] if is_there else [pair]
        return call

    def _url(self, call: Call) -> Any:
        """Where the page is."""
        base = self.shared.bases.get(self.operation.server)
        if base is None or isinstance(base, str):
            return None
        if call.target is not None:
            return base._replace(target=call.target)
        return base._replace(target=base.target + fill(self.operation.path, call.path))

    def _keys(self) -> frozenset[str]:
        schemes = self.shared.profile.schemes
        return frozenset(percent.component(scheme.place) for scheme in schemes if scheme.kind == "query")

    def _error(self, problem: str) -> Error:
        error = PagingError(problem)
        error.operation = self.operation.id
        return error


class Listing(Generic[Page, Item]):
    """A list. Nothing is asked for until it is walked: `for item in listing` gives the items of all its pages, asking
    for one after the other as they are needed; `page()` is the one that the arguments name."""

    def __init__(
        self,
        driver: Driver,
        operation: Operation[Page],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> None:
        self._driver = driver
        self._operation: Operation[Any] = operation
        self._arguments = arguments
        self._options = options

    def page(self) -> Page:
        """The page that the arguments name."""
        return self.answer().value

    def answer(self) -> Answer[Page]:
        """That page with the status, headers and bytes it came in."""
        return self._driver.call(self._operation, self._arguments, self._options)

    def items(self, position: Position | None = None) -> Items[Item]:
        """Every item from that page on, or from a position of the same list."""
        return Items(self._driver, self._walk(position))

    def __iter__(self) -> Iterator[Item]:
        return self.items()

    def pages(self, position: Position | None = None) -> Iterator[Answer[Page]]:
        """Every page that has items."""
        walk = self._walk(position)
        while (answer := self._driver.run(walk.page())) is not None:
            yield answer

    def first(self, most: int) -> list[Item]:
        """So many items, or what there is."""
        return self.items().take(most)

    def _walk(self, position: Position | None) -> Walk:
        walk = Walk(self._driver.shared, self._operation, self._arguments, self._options)
        if position is not None:
            walk.resume(position)
        return walk

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._operation.id}>"


class Items(Iterator[Item]):
    """The items of a list, one after the other. After an error it goes on at the page that failed."""

    def __init__(self, driver: Driver, walk: Walk) -> None:
        self._driver = driver
        self._walk = walk

    def __next__(self) -> Item:
        while not self._walk.ready:
            if self._driver.run(self._walk.page()) is None:
                raise StopIteration
        item: Item = self._walk.take()
        return item

    @property
    def position(self) -> Position | None:
        """Where the next item is, to go on from later; `None` at the end."""
        return self._walk.position()

    def take(self, most: int) -> list[Item]:
        """So many items, or what there is until the end; asks for no page that it does not need."""
        found: list[Item] = []
        while len(found) < most:
            try:
                found.append(next(self))
            except StopIteration:
                break
        return found


class AsyncListing(Generic[Page, Item]):
    """A list. Nothing is asked for until it is walked: `async for item in listing` gives the items of all its pages,
    asking for one after the other as they are needed; `await listing` is the page that the arguments name."""

    def __init__(
        self,
        driver: AsyncDriver,
        operation: Operation[Page],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> None:
        self._driver = driver
        self._operation: Operation[Any] = operation
        self._arguments = arguments
        self._options = options

    async def page(self) -> Page:
        """The page that the arguments name."""
        return (await self.answer()).value

    def __await__(self) -> Generator[Any, None, Page]:
        return self.page().__await__()

    async def answer(self) -> Answer[Page]:
        """That page with the status, headers and bytes it came in."""
        return await self._driver.call(self._operation, self._arguments, self._options)

    def items(self, position: Position | None = None) -> AsyncItems[Item]:
        """Every item from that page on, or from a position of the same list."""
        return AsyncItems(self._driver, self._walk(position))

    def __aiter__(self) -> AsyncIterator[Item]:
        return self.items()

    async def pages(self, position: Position | None = None) -> AsyncIterator[Answer[Page]]:
        """Every page that has items."""
        walk = self._walk(position)
        while (answer := await self._driver.run(walk.page())) is not None:
            yield answer

    async def first(self, most: int) -> list[Item]:
        """So many items, or what there is."""
        return await self.items().take(most)

    def _walk(self, position: Position | None) -> Walk:
        walk = Walk(self._driver.shared, self._operation, self._arguments, self._options)
        if position is not None:
            walk.resume(position)
        return walk

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._operation.id}>"


class AsyncItems(AsyncIterator[Item]):
    """The items of a list, one after the other. After an error it goes on at the page that failed."""

    def __init__(self, driver: AsyncDriver, walk: Walk) -> None:
        self._driver = driver
        self._walk = walk

    async def __anext__(self) -> Item:
        while not self._walk.ready:
            if await self._driver.run(self._walk.page()) is None:
                raise StopAsyncIteration
        item: Item = self._walk.take()
        return item

    @property
    def position(self) -> Position | None:
        """Where the next item is, to go on from later; `None` at the end."""
        return self._walk.position()

    async def take(self, most: int) -> list[Item]:
        """So many items, or what there is until the end; asks for no page that it does not need."""
        found: list[Item] = []
        while len(found) < most:
            try:
                found.append(await anext(self))
            except StopAsyncIteration:
                break
        return found
