"""Where lists go on, and where they end."""

from __future__ import annotations

import asyncio
import json
import unittest
from dataclasses import replace
from typing import Any

import httpx

from omise_sdk._runtime import codec, model
from omise_sdk._runtime.drivers import AsyncDriver, Driver
from omise_sdk._runtime.error import ApiError, ArgumentError, Error, PagingError
from omise_sdk._runtime.listing import AsyncListing, Items, Listing
from omise_sdk._runtime.model import ITEMS, Field, Model, ModelCodec
from omise_sdk._runtime.operation import Argument, Operation, Response
from omise_sdk._runtime.paging import Paging, Position
from support import Reply, Script, shared, status


class Page(Model):
    _fields = {"data": Field("data", ITEMS, required=True)}


def listing(paging: Paging) -> Operation[Any]:
    names = ["offset", "page", "cursor", "limit"]
    return Operation(
        "things.list",
        "GET",
        "/things",
        "api",
        security=[["secret_key"], ["query_key"]],
        retry="safe",
        arguments=[Argument(name, name, "query", codec.JSON, style="form*") for name in names],
        responses=[Response("200", "json", model.page(ModelCodec(Page), codec.INT))],
        paging=paging,
    )


OFFSET = Paging("offset", "/data", "offset", total="/total")
NUMBER = Paging("page", "/data", "page", total="/pages")
CURSOR = Paging("cursor", "/data", "cursor", next="/next", has_more="/more")
LINK = Paging("link", "/data")


def page(*items: int, link: str | None = None, **others: Any) -> httpx.Response:
    headers = {} if link is None else {"link": f'<{link}>; rel="next"'}
    return httpx.Response(200, headers=headers, content=json.dumps({"data": items, **others}).encode())


def walked(paging: Paging, *replies: Reply, **arguments: Any) -> tuple[list[Any], list[str], Error | None]:
    """Items, queries, and the error at the end: the same from both drivers."""
    settings = arguments.pop("settings", {})
    found = []
    for run in (_blocking, _awaited):
        script = Script(*replies)
        items, error = run(script, paging, arguments, settings)
        assert not script.replies, "not every page was asked for"
        found.append((items, [request.url.raw_path.decode() for request in script.requests], error))
    assert found[0][:2] == found[1][:2], found
    return found[0]


def _blocking(script: Script, paging: Paging, arguments: Any, settings: Any) -> tuple[list[Any], Error | None]:
    items: list[Any] = []
    with httpx.Client(transport=httpx.MockTransport(script)) as http:
        try:
            for item in Listing(Driver(shared(**settings), http), listing(paging), arguments, None):
                items.append(item)
        except Error as error:
            return items, error
    return items, None


def _awaited(script: Script, paging: Paging, arguments: Any, settings: Any) -> tuple[list[Any], Error | None]:
    async def run() -> tuple[list[Any], Error | None]:
        items: list[Any] = []
        async with httpx.AsyncClient(transport=httpx.MockTransport(script)) as http:
            try:
                async for item in AsyncListing(AsyncDriver(shared(**settings), http), listing(paging), arguments, None):
                    items.append(item)
            except Error as error:
                return items, error
        return items, None

    return asyncio.run(run())


class Walks(unittest.TestCase):
    def test_by_how_many_items_to_skip(self) -> None:
        items, urls, error = walked(OFFSET, page(1, 2, total=5), page(3, 4, total=5), page(5, total=5), limit=2)
        self.assertEqual((items, error), ([1, 2, 3, 4, 5], None))
        self.assertEqual(urls, ["/things?limit=2", "/things?limit=2&offset=2", "/things?limit=2&offset=4"])

    def test_from_where_the_arguments_say(self) -> None:
        _, urls, _ = walked(OFFSET, page(4, 5, total=6), page(6, total=6), offset=3)
        self.assertEqual(urls, ["/things?offset=3", "/things?offset=5"])

    def test_by_number(self) -> None:
        items, urls, _ = walked(NUMBER, page(1, pages=2), page(2, pages=2))
        self.assertEqual((items, urls), ([1, 2], ["/things", "/things?page=2"]))

    def test_without_a_count_a_smaller_page_is_the_last(self) -> None:
        self.assertEqual(walked(OFFSET, page(1, 2), page(3))[0], [1, 2, 3])
        self.assertEqual(walked(OFFSET, page(1, 2), page())[0], [1, 2])

    def test_by_cursor(self) -> None:
        items, urls, _ = walked(CURSOR, page(1, next="a/b", more=True), page(2, more=False, next="c"))
        self.assertEqual((items, urls), ([1, 2], ["/things", "/things?cursor=a%2Fb"]))

    def test_by_link(self) -> None:
        items, urls, _ = walked(LINK, page(1, link="/things?after=1"), page(2))
        self.assertEqual((items, urls), ([1, 2], ["/things", "/things?after=1"]))

    def test_a_link_is_followed_without_the_key_it_repeats(self) -> None:
        settings = {"credentials": {"query_key": "q"}}
        _, urls, _ = walked(LINK, page(1, link="/things?key=q&after=1"), page(2), settings=settings)
        self.assertEqual(urls, ["/things?key=q", "/things?after=1&key=q"])

    def test_links_that_leave_the_origin_are_not_followed(self) -> None:
        for link in (
            "https://evil.example.org/things",
            "//evil.example.org/",
            "http://api.example.org/things",
            "https://api.example.org@evil.org/",
            "/../x",
            "javascript:1",
        ):
            items, urls, error = walked(LINK, page(1, link=link))
            self.assertEqual((items, len(urls)), ([1], 1), link)
            self.assertIsInstance(error, PagingError)

    def test_what_was_there_before_is_not_given_twice(self) -> None:
        self.assertEqual(walked(NUMBER, page(1, 2), page(1, 2))[0], [1, 2])

    def test_a_list_with_a_hole_does_not_look_complete(self) -> None:
        for paging, replies in (
            (OFFSET, [page(1, total=3), page(1, total=3)]),
            (CURSOR, [page(1, more=True)]),
            (CURSOR, [page(1, next="a", more=True), page(more=True)]),
            (CURSOR, [page(1, next="a"), page(2, next="b"), page(3, next="a")]),
        ):
            _, _, error = walked(paging, *replies)
            self.assertIsInstance(error, PagingError)

    def test_every_page_is_a_call_with_a_key_of_its_own(self) -> None:
        operation = replace(listing(OFFSET), method="POST")
        script = Script(page(1, total=2), page(2, total=2))
        with httpx.Client(transport=httpx.MockTransport(script)) as http:
            items = list(Listing(Driver(shared(), http), operation, {}, {"idempotency_key": "mine"}))
        keys = [request.headers["idempotency-key"] for request in script.requests]
        self.assertEqual((items, len(set(keys))), ([1, 2], 2))
        self.assertNotIn("mine", keys)

    def test_a_count_is_not_believed_over_an_empty_page(self) -> None:
        self.assertEqual(walked(OFFSET, page(1, total=9), page(total=9))[0::2], ([1], None))

    def test_arguments_are_checked_before_anything_is_sent(self) -> None:
        items, urls, error = walked(OFFSET, limit=float("nan"))
        self.assertEqual((items, urls), ([], []))
        self.assertIsInstance(error, ArgumentError)


class GoingOn(unittest.TestCase):
    def items(self, paging: Paging, *replies: Reply, position: Position | None = None) -> tuple[Items[Any], Script]:
        script = Script(*replies)
        http = httpx.Client(transport=httpx.MockTransport(script))
        self.addCleanup(http.close)
        return Listing(Driver(shared(max_retries=0), http), listing(paging), {}, None).items(position), script

    def test_after_an_error_the_same_page_is_asked_for(self) -> None:
        items, script = self.items(OFFSET, page(1, 2, total=3), status(500), page(3, total=3))
        self.assertEqual([next(items), next(items)], [1, 2])
        with self.assertRaises(ApiError):
            next(items)
        self.assertEqual(list(items), [3])
        self.assertEqual([str(request.url.query) for request in script.requests], ["b''", "b'offset=2'", "b'offset=2'"])

    def test_from_a_position(self) -> None:
        items, _ = self.items(OFFSET, page(1, 2, 3, total=5))
        self.assertEqual(items.take(2), [1, 2])
        self.assertEqual(items.position, Position("2", 0))
        items, script = self.items(OFFSET, page(3, 4, 5, total=5), position=items.position)
        self.assertEqual(list(items), [3, 4, 5])
        self.assertIsNone(items.position)
        self.assertEqual(script.requests[0].url.query, b"offset=2")

        items, _ = self.items(CURSOR, page(1, 2, next="a"), page(3, 4))
        self.assertEqual(items.take(3), [1, 2, 3])
        self.assertEqual(items.position, Position("a", 1))
        items, script = self.items(CURSOR, page(3, 4), position=Position("a", 1))
        self.assertEqual((list(items), script.requests[0].url.query), ([4], b"cursor=a"))

    def test_a_position_of_another_list_is_refused(self) -> None:
        for paging, wrong in ((OFFSET, "x"), (LINK, "https://evil.example.org/")):
            items, script = self.items(paging, position=Position(wrong))
            with self.assertRaises(PagingError):
                next(items)
            self.assertEqual((list(items), script.requests), ([], []))

    def test_no_page_is_asked_for_that_is_not_needed(self) -> None:
        items, script = self.items(OFFSET, page(1, 2, total=9))
        self.assertEqual((items.take(0), items.take(2), len(script.requests)), ([], [1, 2], 1))


if __name__ == "__main__":
    unittest.main()
