"""Multipart forms (RFC 7578)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .file import File
from .header import is_name, is_value
from .jsontext import dumps, text
from .problem import Problem


@dataclass(repr=False)
class Part:
    """One part of a form. It has no `repr`: it holds what the caller sends."""

    name: str
    content: bytes
    content_type: str | None = None
    file_name: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def head(self, boundary: str) -> bytes:
        lines = [f"--{boundary}", f'Content-Disposition: form-data; name="{_quoted(self.name)}"']
        if self.file_name is not None:
            lines[1] += f'; filename="{_quoted(self.file_name)}"'
        if self.content_type is not None:
            # A line break would start a header of its own.
            lines.append("Content-Type: " + self.content_type.replace("\r", "").replace("\n", ""))
        lines += [f"{name.lower()}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode()


def fields(name: str, content_type: str | None, value: Any) -> list[Part]:
    """The parts of any value: a scalar as text, a list as one part an element, an object as JSON."""
    as_json = content_type is not None and _is_json(content_type)
    if value is None:
        return []
    if isinstance(value, list) and not as_json:
        return [_field(name, content_type, item, False) for item in value]
    return [_field(name, content_type, value, as_json)]


def _field(name: str, content_type: str | None, value: Any, as_json: bool) -> Part:
    """A part that is not a file. Text needs no media type; what is written as JSON says so."""
    if as_json or isinstance(value, list | dict):
        return Part(name, dumps(value).encode(), content_type or "application/json")
    return Part(name, text(value).encode(), content_type)


def file(name: str, content_type: str | None, given: File) -> Part:
    """A file. What it says of itself comes before what the operation says of files."""
    for header, value in given.headers.items():
        if not is_name(header) or not is_value(value):
            raise Problem(f"cannot have the header {header!r}")
    media = given.content_type or content_type or "application/octet-stream"
    return Part(name, given.content, media, given.name, given.headers)


def encode(parts: list[Part]) -> tuple[str, bytes]:
    """Joins the parts. Gives the boundary and the body."""
    boundary = _boundary(parts)
    pieces = [piece for part in parts for piece in (part.head(boundary), part.content, b"\r\n")]
    return boundary, b"".join([*pieces, f"--{boundary}--\r\n".encode()])


def _is_json(media_type: str) -> bool:
    essence = media_type.partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json"))


def _quoted(name: str) -> str:
    """Names are quoted as browsers quote them."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _boundary(parts: list[Part]) -> str:
    """A boundary that occurs in no part. It is made from the content, so equal forms are equal byte for byte."""
    state = _fold(0xCBF2_9CE4_8422_2325, *(part.name.encode() for part in parts))
    state = _fold(state, *(part.content for part in parts))
    while True:
        boundary = f"form-part-{state:016x}"
        if not any(boundary.encode() in part.content for part in parts):
            return boundary
        state = _fold(state, boundary.encode())


def _fold(state: int, *texts: bytes) -> int:
    """FNV-1a: enough to spread boundaries; that they do not occur is checked, not hoped.

    Content is folded in as its own checksum, since going through a large file byte by byte takes Python seconds.
    """
    for text_ in texts:
        for byte in text_ if len(text_) <= _FOLDED_WHOLE else _checksum(text_):
            state = ((state ^ byte) * 0x0100_0000_01B3) & 0xFFFF_FFFF_FFFF_FFFF
    return state


_FOLDED_WHOLE = 65_536


def _checksum(content: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(content).digest()
