"""How calls become requests, and which are refused before anything is sent."""

from __future__ import annotations

import unittest
from typing import Any

import httpx

from omise_sdk._runtime import base_url, codec, style
from omise_sdk._runtime.error import ArgumentError, ConfigError, UnverifiedError
from omise_sdk._runtime.file import File
from omise_sdk._runtime.operation import Argument, Body
from omise_sdk._runtime.percent import QUERY
from omise_sdk._runtime.profile import Host, Variable
from support import KEY, get, ok, outcomes, pay, shared


def query(how: str, value: Any) -> str:
    return "&".join(f"{name}={item}" for name, item in style.pairs("n", how, value, QUERY))


class Styles(unittest.TestCase):
    def test_queries(self) -> None:
        for how, value, written in (
            ("form*", "a b+é&=", "n=a%20b%2B%C3%A9%26%3D"),
            ("form*", ["a", "b"], "n=a&n=b"),
            ("form", ["a,", "b"], "n=a%2C,b"),
            ("form*", {"a": 1, "b": None}, "a=1"),
            ("form", {"a": 1, "b": True}, "n=a,1,b,true"),
            ("space_delimited", ["a", "b"], "n=a%20b"),
            ("pipe_delimited", ["a", "b"], "n=a%7Cb"),
            ("deep_object", {"a": {"b": [1, 2]}}, "n%5Ba%5D%5Bb%5D%5B%5D=1&n%5Ba%5D%5Bb%5D%5B%5D=2"),
            ("json", {"a": None}, "n=%7B%22a%22%3Anull%7D"),
            ("form*", [], ""),
            ("form*", None, ""),
            ("form*", "", "n="),
            ("form*", [{"a": 1}], "n%5B%5D%5Ba%5D=1"),
        ):
            self.assertEqual(query(how, value), written, how)

    def test_paths(self) -> None:
        for how, value, written in (
            ("simple", ["a", "b/"], "a,b%2F"),
            ("simple*", {"a": 1, "b": 2}, "a=1,b=2"),
            ("label", ["a", "b"], ".a,b"),
            ("label*", {"a": 1}, ".a=1"),
            ("matrix", ["a", "b"], ";n=a,b"),
            ("matrix*", ["a", ""], ";n=a;n"),
            ("matrix", "", ";n"),
        ):
            from omise_sdk._runtime.percent import component

            self.assertEqual(style.inline("n", how, value, component), written, how)


class Refusals(unittest.TestCase):
    def refused(self, operation: Any, arguments: dict[str, Any], kind: type[Exception], **settings: Any) -> None:
        for error, requests in outcomes(operation, arguments, ok(), **settings):
            self.assertIsInstance(error, kind)
            self.assertEqual((requests, error.attempts, error.outcome_unknown), ([], 0, False))
            self.assertEqual(error.operation, operation.id)

    def test_arguments_that_would_make_another_path(self) -> None:
        for wrong in ("", " ", ".", "..", " .. ", "a\nb", "a\x00", "\ud800", None):
            self.refused(get(), {"id": wrong}, ArgumentError)
        self.refused(get(), {}, ArgumentError)
        self.refused(get(path="/things/{id}/%2e"), {"id": "a"}, ArgumentError)

    def test_a_slash_in_an_argument_stays_in_it(self) -> None:
        for _, requests in outcomes(get(), {"id": "../a?b#c"}, ok()):
            self.assertEqual(requests[0].url.raw_path, b"/things/..%2Fa%3Fb%23c")

    def test_routes_that_are_guesses(self) -> None:
        self.refused(get(evidence="guess"), {"id": "a"}, UnverifiedError)
        for answer, _ in outcomes(get(evidence="guess"), {"id": "a"}, ok(), allow_unverified=True):
            self.assertEqual(answer.status, 200)

    def test_a_missing_key(self) -> None:
        self.refused(pay(), {"amount": 1}, ConfigError, credentials={"public_key": "pkey_a"})

    def test_headers_that_cannot_be_sent(self) -> None:
        for headers in (
            {"A": "b\r\nC: d"},
            {"A b": "c"},
            {"Content-Length": "5"},
            {"Host": "evil.example.org"},
            {"A": "\ud800"},
        ):
            for error, requests in outcomes(pay(), {"amount": 1}, ok(), options={"headers": headers}):
                self.assertIsInstance(error, ArgumentError)
                self.assertEqual(requests, [])
                self.assertNotIn("C: d", str(error))

    def test_options_there_are_none_of(self) -> None:
        for error, _ in outcomes(pay(), {"amount": 1}, ok(), options={"retries": 5}):  # type: ignore[typeddict-unknown-key]
            self.assertIsInstance(error, ArgumentError)
        with self.assertRaises(TypeError):
            shared(retries=5)


class Keys(unittest.TestCase):
    def test_a_key_goes_to_the_host_of_its_call_alone(self) -> None:
        operation = pay(security=[["public_key"]])
        vault = type(operation)(**{**operation.__dict__, "server": "vault"})
        both = {"credentials": {"secret_key": KEY, "public_key": "pkey_1"}}
        for _, requests in outcomes(vault, {"amount": 1}, ok(), **both):
            self.assertEqual(requests[0].url.host, "vault.example.org")
            self.assertEqual(httpx.BasicAuth("pkey_1", "")._auth_header, requests[0].headers["authorization"])

    def test_the_first_alternative_whose_every_key_is_there(self) -> None:
        operation = get(security=[["public_key", "query_key"], ["secret_key"], []])
        for credentials, path, has_key in (
            ({"secret_key": KEY}, b"/things/a", True),
            ({"secret_key": KEY, "public_key": "pkey_1", "query_key": "q"}, b"/things/a?key=q", True),
            ({"public_key": "pkey_1"}, b"/things/a", False),
        ):
            for _, requests in outcomes(operation, {"id": "a"}, ok(), credentials=credentials):
                self.assertEqual(requests[0].url.raw_path, path)
                self.assertEqual("authorization" in requests[0].headers, has_key)

    def test_a_header_of_the_callers_own_counts_as_a_key(self) -> None:
        for settings, options in (
            ({"headers": {"Authorization": "Bearer own"}}, None),
            ({}, {"headers": {"authorization": "Bearer own"}}),
        ):
            for _, requests in outcomes(pay(), {"amount": 1}, ok(), options=options, credentials={}, **settings):  # type: ignore[arg-type]
                self.assertEqual(requests[0].headers.get_list("authorization"), ["Bearer own"])

    def test_cookies_of_answers_are_not_sent_back(self) -> None:
        from support import Script, blocking

        script = Script(ok("{}", **{"set-cookie": "a=b"}), ok())
        blocking(script, {}, lambda driver: [driver.call(get(), {"id": "a"}, None) for _ in range(2)])
        self.assertNotIn("cookie", script.requests[1].headers)


class BaseUrls(unittest.TestCase):
    def test_where_a_key_may_not_go(self) -> None:
        for url in (
            "http://api.example.org",
            "ftp://localhost",
            "https://user:pass@api.example.org",
            "https://api.example.org?x=1",
            "https://api.example.org/a/../b",
            "https://",
            "https://.example.org",
            "https://a b",
            "api.example.org",
            "https://localhost:99999",
            "https://evil.org\\@api.example.org",
        ):
            with self.assertRaises(ConfigError, msg=url):
                shared(base_url={"api": url})

    def test_what_is_wrong_is_said_and_not_shown(self) -> None:
        with self.assertRaises(ConfigError) as raised:
            shared(base_url={"api": "https://user:s3cret@api.example.org"})
        self.assertIn("holds user name or password", raised.exception.message)
        self.assertNotIn("s3cret", str(raised.exception))

    def test_plain_http_goes_to_this_machine_alone(self) -> None:
        for url in ("http://localhost:1/", "http://127.0.0.1", "http://[::1]:5/v1/"):
            self.assertEqual(str(shared(base_url={"api": url}).bases["api"]), url.rstrip("/"))
        self.assertEqual(
            str(shared(base_url={"api": "http://a.example.org"}, allow_insecure_http=True).bases["api"]),
            "http://a.example.org",
        )

    def test_hosts_there_are_none_of(self) -> None:
        for settings in (
            {"base_url": {"apo": "https://a.org"}},
            {"base_url": "https://a.org"},
            {"replace_hosts": {"api": "x"}},
        ):
            with self.assertRaises(ConfigError):
                shared(**settings)

    def test_a_variable_cannot_leave_its_piece_of_the_url(self) -> None:
        host = Host(
            "api",
            "https://{region}.example.org/{version}",
            variables={"region": Variable("region"), "version": Variable("version", "v1")},
        )
        self.assertEqual(base_url.fill(host, {"region": "eu"}), "https://eu.example.org/v1")
        for wrong in (
            {"region": "evil.org/"},
            {"region": "a@b"},
            {"region": "a?"},
            {"region": "a", "version": "?x"},
            {},
        ):
            with self.assertRaises(base_url.BadUrl):
                base_url.fill(host, wrong)


class Bodies(unittest.TestCase):
    def sent(self, body: Body, arguments: list[Argument], given: dict[str, Any]) -> httpx.Request:
        requests = [sent for _, sent in outcomes(pay(body=body, arguments=arguments), given, ok())]
        self.assertEqual(requests[0][0].content, requests[1][0].content)
        return requests[0][0]

    def test_forms_are_written_as_rack_reads_them(self) -> None:
        arguments = [
            Argument("a", "a", "part", codec.JSON),
            Argument("b", "b", "part", codec.list_of(codec.TEXT), style="form"),
        ]
        request = self.sent(
            Body("form", "application/x-www-form-urlencoded"),
            arguments,
            {"a": {"x": [1, True], "y z": None}, "b": ["1 2", "é"]},
        )
        self.assertEqual(request.content, b"a%5Bx%5D%5B%5D=1&a%5Bx%5D%5B%5D=true&a%5By+z%5D=&b=1+2,%C3%A9")

    def test_a_body_that_need_not_be_there_is_left_out(self) -> None:
        arguments = [Argument("a", "a", "part", codec.INT)]
        for kind, media in (
            ("json", "application/json"),
            ("form", "application/x-www-form-urlencoded"),
            ("multipart", "multipart/form-data"),
        ):
            request = self.sent(Body(kind, media), arguments, {"a": None})
            self.assertEqual((request.content, request.headers["content-length"]), (b"", "0"))
            self.assertNotIn("content-type", request.headers)

    def test_null_is_sent_where_it_says_something(self) -> None:
        from omise_sdk._runtime.options import OMIT

        arguments = [Argument("a", "a", "part", codec.nullable(codec.INT)), Argument("b", "b", "part", codec.INT)]
        body = Body("json", "application/json", required=True)
        self.assertEqual(self.sent(body, arguments, {"a": None, "b": None}).content, b'{"a":null}')
        self.assertEqual(self.sent(body, arguments, {"a": OMIT, "b": 1}).content, b'{"b":1}')

    def test_files(self) -> None:
        arguments = [
            Argument("f", "f", "part", codec.JSON, is_file=True, required=True),
            Argument("n", "n", "part", codec.TEXT),
        ]
        file = File('a"\r\n.png', b"form-part-", "image/png\r\nX: y", headers={"X-One": "1"})
        request = self.sent(Body("multipart", "multipart/form-data"), arguments, {"f": file, "n": "é"})
        boundary = request.headers["content-type"].partition("boundary=")[2]
        self.assertEqual(
            request.content.decode().split(f"--{boundary}"),
            [
                "",
                '\r\nContent-Disposition: form-data; name="f"; filename="a%22%0D%0A.png"\r\nContent-Type: image/pngX: y'
                "\r\nx-one: 1\r\n\r\nform-part-\r\n",
                '\r\nContent-Disposition: form-data; name="n"\r\n\r\né\r\n',
                "--\r\n",
            ],
        )
        self.assertNotIn("form-part-,", repr(file))


if __name__ == "__main__":
    unittest.main()
