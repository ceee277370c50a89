"""Files to upload."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import BinaryIO


class File:
    """A file to upload: its name, its content, and what it is.

    Without a content type the operation's own is sent, or `application/octet-stream`. The content is read once, when
    the file is made, so that a call which is sent again sends the same.
    """

    __slots__ = ("content", "content_type", "headers", "name")

    def __init__(
        self,
        name: str,
        content: bytes | BinaryIO,
        content_type: str | None = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.content = bytes(content) if isinstance(content, bytes | bytearray | memoryview) else content.read()
        self.content_type = content_type
        self.headers = dict(headers or {})

    @classmethod
    def at(cls, path: str | os.PathLike[str], content_type: str | None = None) -> File:
        """The file at a path, under its own name."""
        with open(path, "rb") as content:
            return cls(os.path.basename(os.fspath(path)), content, content_type)

    def __repr__(self) -> str:
        return f"File({self.name!r}, {len(self.content)} bytes)"
