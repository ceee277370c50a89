"""What generated code says about a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from .answer import Answer
from .codec import Codec, Nullable, _Json
from .model import ModelCodec
from .paging import Paging
from .problem import Problem

T = TypeVar("T")


@dataclass(frozen=True)
class Argument:
    """An argument of a call, and where it goes."""

    name: str
    """The argument's name in Python; empty for what is always the same."""

    wire_name: str
    """Its name on the wire; empty for a body that is one argument."""

    place: str
    """`path`, `query`, `header`, `cookie`, `part` of the body, or the whole `body`."""

    codec: Codec
    style: str = ""
    """How it is written: of a part of a form, none unless the document says."""
    required: bool = False
    constant: Any = None
    """The one value it always has."""
    allow_reserved: bool = False
    allow_empty: bool = False
    is_file: bool = False
    content_type: str | None = None
    """Media type of a part of a multipart form, when the document says."""


@dataclass(frozen=True)
class Body:
    """How the body of a request is encoded."""

    kind: str
    """`json`, `form`, `multipart`, `text` or `binary`."""
    media_type: str
    required: bool = False


@dataclass(frozen=True)
class Response:
    """What a status answers with."""

    status: str
    """`200`, `2XX` or `default`."""
    kind: str | None = None
    """How the body is read: `json`, `text`, `binary`; `None` when there is none."""
    codec: Codec | None = None

    def read(self, body: bytes) -> Any:
        """The value in a body; a `Problem` when it is another."""
        from . import jsontext

        if self.kind is None:
            return None
        if self.kind == "text":
            try:
                return body.decode("utf-8")
            except UnicodeDecodeError as error:
                raise Problem(f"invalid UTF-8 at byte {error.start}") from None
        if self.kind != "json" or self.codec is None:
            return body
        value = jsontext.loads(body)
        codec = self.codec.resolved()
        if value is None:
            if isinstance(self.codec, Nullable) or isinstance(codec, _Json):
                return None
            raise Problem(f"expected {codec.expected}, found null")
        return codec.checked(value) if isinstance(codec, ModelCodec) else codec.decode(value)


@dataclass(frozen=True)
class Operation(Generic[T]):
    """One call of the API: where it lives, where its arguments go, and what comes back."""

    id: str
    """`charges.create`."""
    method: str
    path: str
    """Path below the host's base URL, arguments in braces."""
    server: str
    """Role of its host."""
    security: Sequence[Sequence[str]] = ()
    """Alternatives, each of names of schemes that are all needed."""
    scopes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What a token that the client fetches must allow, by its scheme."""
    retry: str = "unsafe"
    """`safe` changes nothing; `idempotent` may be done twice; `unsafe` may charge twice."""
    evidence: str = "published"
    accept: str | None = None
    arguments: Sequence[Argument] = ()
    body: Body | None = None
    responses: Sequence[Response] = ()
    output: str = "always"
    """`nothing`, `always`, `sometimes` or `by_status`."""
    content: int = 0
    """Which response says what a success holds."""
    paging: Paging | None = None
    route: str | None = None
    """A path of the caller's own, in place of the operation's."""

    def decode(self, answer: Answer[None]) -> Any:
        """The value of a success; a `Problem` when it holds something else."""
        response = self._response(answer.status)
        # A success this version does not know gives its body as it came.
        return answer.body if response is None else response.read(answer.body)

    def codec(self, status: int) -> Codec | None:
        """How the value of a success is written again."""
        response = self._response(status)
        return response.codec if response is not None and response.kind == "json" else None

    def _response(self, status: int) -> Response | None:
        if self.output == "nothing" or not self.responses:
            return Response("default")
        if self.output == "always":
            return self.responses[self.content]
        exact = next((one for one in self.responses if one.status == str(status)), None)
        others = [one for one in self.responses if not one.status.isdigit()]
        ranged = next((one for one in others if one.status == f"{status // 100}XX"), None)
        fallback = ranged or next((one for one in others if one.status == "default"), None)
        if exact is not None or fallback is not None or self.output == "by_status":
            return exact or fallback
        # A status nobody documented is read as if it had content.
        return self.responses[self.content]
