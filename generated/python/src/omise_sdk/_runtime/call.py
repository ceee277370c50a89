"""Arguments become the pieces of a request. Nothing here waits or reaches the network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import jsontext, multipart, percent, style
from .codec import Nullable
from .error import ArgumentError
from .file import File
from .operation import Argument, Body, Operation
from .options import OMIT
from .problem import Problem
from .secret import SHORTEST_SECRET

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HALF = "holds half of a surrogate pair, which is no text"
_Pairs = list[tuple[str, str]]


@dataclass(repr=False)
class Call:
    """A call on its way to becoming a request. It has no `repr`: it holds what the caller sends."""

    path: dict[str, str] = field(default_factory=dict)
    """Arguments of the path, encoded."""
    query: _Pairs = field(default_factory=list)
    headers: _Pairs = field(default_factory=list)
    cookies: _Pairs = field(default_factory=list)
    content: bytes | None = None
    content_type: str | None = None
    target: str | None = None
    """Path and query below the host, in place of the operation's own: where a link led."""
    secrets: list[str] = field(default_factory=list)
    """What the call sends and nothing may show."""
    url_is_secret: bool = False
    """Its path or query holds what no log may show."""


def encode(operation: Operation[Any], arguments: Mapping[str, Any]) -> Call:
    """Writes the arguments of a call, or says which of them cannot be sent."""
    call = Call()
    parts: list[tuple[Argument, Any]] = []
    for argument in operation.arguments:
        value = argument.constant if not argument.name else arguments.get(argument.name, OMIT)
        if value is None and argument.place != "part":
            value = OMIT
        try:
            if argument.place in ("part", "body"):
                if not (value is OMIT or (value is None and not _takes_null(argument))):
                    parts.append((argument, value))
                elif argument.required:
                    raise Problem("must be given")
            else:
                _parameter(call, argument, value)
        except Problem as problem:
            raise ArgumentError(f"`{argument.name or argument.wire_name}` {_said(problem)}") from None
        except UnicodeEncodeError:
            raise ArgumentError(f"`{argument.name}` {_HALF}") from None
    if operation.body is not None:
        _body(call, operation, operation.body, parts)
    call.secrets = [secret for secret in call.secrets if len(secret) >= SHORTEST_SECRET]
    return call


def _takes_null(argument: Argument) -> bool:
    return isinstance(argument.codec, Nullable)


def _said(problem: Problem) -> str:
    return f"{problem.message} (at `{problem.path}`)" if problem.path else problem.message


def _parameter(call: Call, argument: Argument, value: Any) -> None:
    if value is OMIT:
        if argument.required or argument.place == "path":
            raise Problem("must be given")
        return
    own: list[str] = []
    written = value if not argument.name else argument.codec.encode(value, own)
    call.secrets += own
    call.url_is_secret |= bool(own) and argument.place in ("path", "query")
    name, how = argument.wire_name, argument.style
    if argument.place == "path":
        call.path[name] = _path(name, how, written)
    elif argument.place == "query":
        escape = percent.QUERY_RESERVED if argument.allow_reserved else percent.QUERY
        pairs = style.pairs(name, how, written, escape)
        call.query += pairs or ([(escape.name(name), "")] if argument.allow_empty else [])
    elif argument.place == "cookie":
        call.cookies += style.pairs(name, how, written, percent.QUERY)
    else:
        text = style.inline(name, how, written, percent.verbatim)
        if text is not None:
            call.headers.append((name, _ascii_json(text) if how == "json" else text))


def _path(name: str, how: str, value: Any) -> str:
    """An argument of the path, which must not make another path of it."""
    text = style.inline(name, how, value, percent.component)
    if not isinstance(value, list | dict):
        plain = jsontext.text(value)
        if plain.strip() in ("", ".", "..") or _CONTROL.search(plain):
            text = None
    if not text:
        raise Problem("is part of the path: it cannot be empty, `.` or `..`, nor hold a line break")
    return text


def _ascii_json(text: str) -> str:
    """The same JSON without characters that a header cannot carry: they stand in its texts alone."""
    units = text.encode("utf-16-be")
    pairs = [int.from_bytes(units[at : at + 2], "big") for at in range(0, len(units), 2)]
    return "".join(chr(unit) if unit < 0x7F else f"\\u{unit:04x}" for unit in pairs)


def _body(call: Call, operation: Operation[Any], body: Body, parts: list[tuple[Argument, Any]]) -> None:
    own = [argument for argument in operation.arguments if argument.place in ("part", "body")]
    whole = len(own) == 1 and own[0].place == "body"
    try:
        if whole:
            if parts:
                _whole(call, body, *parts[0])
        elif body.kind == "form":
            _form(call, body, own, parts)
        elif body.kind == "multipart":
            _multipart(call, body, own, parts)
        else:
            members = {argument.wire_name: _written(call, argument, value) for argument, value in parts}
            if members or body.required or _always(own):
                call.content = jsontext.dumps(members).encode()
    except UnicodeEncodeError:
        raise ArgumentError(f"the body {_HALF}") from None
    except Problem as problem:
        raise ArgumentError(f"the body {_said(problem)}") from None
    if call.content is not None and call.content_type is None:
        call.content_type = body.media_type


def _always(own: list[Argument]) -> bool:
    """A body that need not be there is left out when nothing of it is given."""
    return any(argument.required or not argument.name for argument in own)


def _written(call: Call, argument: Argument, value: Any) -> Any:
    """A part as JSON holds it; an error names the argument."""
    if not argument.name or value is None:
        return value
    try:
        return argument.codec.encode(value, call.secrets)
    except Problem as problem:
        raise ArgumentError(f"`{argument.name}` {_said(problem)}") from None


def _form(call: Call, body: Body, own: list[Argument], parts: list[tuple[Argument, Any]]) -> None:
    pairs: _Pairs = []
    plain: _Pairs = []
    for argument, value in parts:
        if not argument.style:
            style.rack(argument.wire_name, _written(call, argument, value), plain)
    for argument, value in parts:
        if argument.style:
            pairs += style.form(argument.wire_name, argument.style, _written(call, argument, value))
    pairs = [*((percent.form(name), percent.form(value)) for name, value in plain), *pairs]
    if pairs or body.required or _always(own):
        call.content = _joined(pairs)


def _joined(pairs: _Pairs) -> bytes:
    return "&".join(f"{name}={value}" for name, value in pairs).encode()


def _multipart(call: Call, body: Body, own: list[Argument], parts: list[tuple[Argument, Any]]) -> None:
    found: list[multipart.Part] = []
    for argument, value in parts:
        name, media = argument.wire_name, argument.content_type
        if argument.is_file:
            try:
                found += [multipart.file(name, media, each) for each in _files(value)]
            except Problem as problem:
                raise ArgumentError(f"`{argument.name}` {_said(problem)}") from None
        else:
            found += multipart.fields(name, media, _written(call, argument, value))
    if found or body.required or _always(own):
        _set_form(call, body, found)


def _set_form(call: Call, body: Body, parts: list[multipart.Part]) -> None:
    boundary, call.content = multipart.encode(parts)
    call.content_type = f"{body.media_type}; boundary={boundary}"


def _files(value: Any) -> list[File]:
    files = [value] if isinstance(value, File) else value
    if not isinstance(files, list | tuple) or not all(isinstance(each, File) for each in files):
        raise Problem("must be a `File`")
    return list(files)


def _whole(call: Call, body: Body, argument: Argument, value: Any) -> None:
    if body.kind == "binary":
        if isinstance(value, File):
            call.content, call.content_type = value.content, value.content_type
        elif isinstance(value, bytes | bytearray | memoryview):
            call.content = bytes(value)
        else:
            raise ArgumentError(f"`{argument.name}` must be bytes or a `File`")
        return
    written = _written(call, argument, value)
    if body.kind == "json":
        call.content = jsontext.dumps(written).encode()
    elif body.kind == "text":
        call.content = jsontext.text(written).encode()
    elif not isinstance(written, dict):
        raise ArgumentError(f"`{argument.name}` must be an object, which a form is made of")
    elif body.kind == "form":
        pairs: _Pairs = []
        for name, item in written.items():
            style.rack(name, item, pairs)
        call.content = _joined([(percent.form(name), percent.form(item)) for name, item in pairs])
    else:
        parts = [part for name, item in written.items() for part in multipart.fields(name, None, item)]
        _set_form(call, body, parts)
