"""What groups of calls have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from .answer import Answer
from .listing import AsyncListing, Listing
from .operation import Operation
from .options import RequestOptions

if TYPE_CHECKING:
    from .drivers import AsyncDriver, Driver

P = ParamSpec("P")
T = TypeVar("T")
Page = TypeVar("Page")
Item = TypeVar("Item")


class Resource:
    """A group of calls that block."""

    def __init__(self, driver: Driver, *, _whole: bool = False) -> None:
        self._driver = driver
        self._whole = _whole

    def _send(self, operation: Operation[T], arguments: Mapping[str, Any], options: RequestOptions | None) -> T:
        answer = self._driver.call(operation, arguments, options)
        return cast("T", answer if self._whole else answer.value)

    def _list(
        self,
        operation: Operation[Page],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> Listing[Page, Any]:
        listing: Listing[Page, Any] = Listing(self._driver, operation, arguments, options)
        return cast("Listing[Page, Any]", listing.answer()) if self._whole else listing


class AsyncResource:
    """A group of calls that are awaited."""

    def __init__(self, driver: AsyncDriver, *, _whole: bool = False) -> None:
        self._driver = driver
        self._whole = _whole

    async def _send(self, operation: Operation[T], arguments: Mapping[str, Any], options: RequestOptions | None) -> T:
        answer = await self._driver.call(operation, arguments, options)
        return cast("T", answer if self._whole else answer.value)

    def _list(
        self,
        operation: Operation[Page],
        arguments: Mapping[str, Any],
        options: RequestOptions | None,
    ) -> AsyncListing[Page, Any]:
        listing: AsyncListing[Page, Any] = AsyncListing(self._driver, operation, arguments, options)
        return cast("AsyncListing[Page, Any]", listing.answer()) if self._whole else listing


def whole(call: Callable[P, T]) -> Callable[P, Answer[T]]:
    """A call of a resource that gives whole answers, typed as such."""
    return cast("Callable[P, Answer[T]]", call)


def whole_page(call: Callable[P, Listing[Page, Item]]) -> Callable[P, Answer[Page]]:
    """A list of a resource that gives whole answers, typed as such."""
    return cast("Callable[P, Answer[Page]]", call)


def async_whole(call: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[Answer[T]]]:
    """A call of a resource that gives whole answers, typed as such."""
    return cast("Callable[P, Awaitable[Answer[T]]]", call)


def async_whole_page(call: Callable[P, AsyncListing[Page, Item]]) -> Callable[P, Awaitable[Answer[Page]]]:
    """A list of a resource that gives whole answers, typed as such."""
    return cast("Callable[P, Awaitable[Answer[Page]]]", call)
