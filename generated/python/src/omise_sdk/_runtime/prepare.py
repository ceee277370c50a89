"""A call becomes a request. Nothing here waits or reaches the network; all refusals happen here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import base_url, credential, percent
from .call import Call
from .error import ArgumentError, ConfigError, UnverifiedError
from .header import RESERVED, is_name, is_value
from .operation import Operation
from .options import RequestOptions

if TYPE_CHECKING:
    from .shared import Shared

_BRACES = re.compile(r"\{([^}]*)\}")
_TARGET = re.compile(r"[!-~]*")
_LONGEST_URL = 65_534


@dataclass(frozen=True)
class Grant:
    """A token that a call needs, and where it is fetched."""

    scheme: str
    scopes: tuple[str, ...]
    url: base_url.Url


@dataclass(frozen=True)
class Request:
    """A request that is ready to be sent, but for its token. `repr` shows nothing that may be secret."""

    method: str
    url: base_url.Url = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    """By their names in lower case."""
    body: bytes = field(repr=False)
    grant: Grant | None = field(default=None, repr=False)
    url_is_secret: bool = False
    """Its path or query holds what no log may show."""

    def carrying(self, authorization: str) -> Request:
        """The same request with a token."""
        headers = {**self.headers, "authorization": authorization}
        return Request(self.method, self.url, headers, self.body, None, self.url_is_secret)


def prepare(
    shared: Shared,
    operation: Operation[Any],
    call: Call,
    options: RequestOptions,
    idempotency_key: str | None,
) -> Request:
    """Builds the request, or says why it cannot be sent."""
    if operation.evidence == "guess" and not shared.allow_unverified:
        raise UnverifiedError("this route is a guess; `allow_unverified=True` on the client permits it")
    base = _base(shared, operation)
    own = options.get("headers", {})
    keys = credential.choose(operation.security, shared.schemes, shared.credentials, own, shared.own_headers)
    path = fill(operation.path, call.path) if operation.route is None else free(operation.route)
    headers, query, cookies = dict(shared.headers), list(call.query), list(call.cookies)
    carrier = credential.Carrier(headers, query, cookies)
    grant = None
    for scheme, given in keys:
        carrier.add(scheme, given)
        if given.is_client(scheme):
            grant = _grant(shared, operation, scheme.name, scheme.place, base)
    url = _url(base, path, query) if call.target is None else _url(base._replace(target=""), call.target, query)
    # A media type belongs to a body: what else says so is this very call.
    headers.pop("content-type", None)
    if operation.accept is not None:
        set_header(headers, "accept", operation.accept)
    if cookies:
        set_header(headers, "cookie", "; ".join(f"{name}={value}" for name, value in cookies))
    for name, value in [*call.headers, *own.items()]:
        set_header(headers, name, value)
    if shared.profile.idempotency is not None and idempotency_key is not None:
        set_header(headers, shared.profile.idempotency.header, idempotency_key)
    if call.content is not None:
        set_header(headers, "content-type", headers.get("content-type", call.content_type or ""))
    # A method that usually has a body says so when it has none.
    if call.content is not None or operation.method in ("POST", "PUT", "PATCH"):
        headers["content-length"] = str(len(call.content or b""))
    is_secret = call.url_is_secret or any(scheme.kind == "query" for scheme, _ in keys)
    return Request(operation.method, url, headers, call.content or b"", grant, is_secret)


def _grant(shared: Shared, operation: Operation[Any], name: str, place: str, base: base_url.Url) -> Grant:
    """The token that a key stands for."""
    text = shared.token_urls.get(name, place)
    try:
        url = base_url.token_url(text, base, allow_insecure=shared.allow_insecure_http)
    except base_url.BadUrl as problem:
        raise ConfigError(f"the token URL of {name} {problem}") from None
    return Grant(name, tuple(operation.scopes.get(name, ())), url)


def _base(shared: Shared, operation: Operation[Any]) -> base_url.Url:
    base = shared.bases.get(operation.server)
    if base is None:
        raise ConfigError("this operation has no host")
    if isinstance(base, str):
        raise ConfigError(base)
    return base


def idempotency(shared: Shared, operation: Operation[Any], options: RequestOptions) -> str | None:
    """The key that makes a write repeatable: the caller's, else a new one; `None` where the API takes none."""
    profile = shared.profile.idempotency
    if profile is None or operation.method not in profile.methods:
        return None
    headers = options.get("headers", {})
    as_header = next((value for name, value in headers.items() if name.lower() == profile.header.lower()), None)
    own = options.get("idempotency_key")
    if own is not None and as_header is not None and own != as_header:
        raise ArgumentError("the call was given two idempotency keys")
    key = as_header if own is None else own
    if key is None:
        import uuid

        return str(uuid.uuid4())
    if not key.strip():
        raise ArgumentError("the idempotency key is empty")
    return key


def free(route: str) -> str:
    """A path the caller wrote himself."""
    if not route.startswith("/") or "?" in route or "#" in route:
        raise ArgumentError("a path begins with `/` and has neither `?` nor `#`; `query` adds to the query")
    return _without_dots(percent.template(route))


def fill(template: str, arguments: Mapping[str, str]) -> str:
    """Puts the arguments in place of the braces. A fragment is not part of what is sent."""
    template = template.partition("#")[0]
    path, end = "" if template.startswith("/") else "/", 0
    for brace in _BRACES.finditer(template):
        if brace[1] not in arguments:
            raise ArgumentError(f"`{brace[1]}` is part of the path and was not given")
        path += percent.template(template[end : brace.start()]) + arguments[brace[1]]
        end = brace.end()
    return _without_dots(path + percent.template(template[end:]))


def _without_dots(path: str) -> str:
    """What survived argument by argument may still have become a dot segment together with its neighbours."""
    if any(segment.lower().replace("%2e", ".") in (".", "..") for segment in path.split("/")):
        raise ArgumentError("the arguments make `.` or `..` of a path segment")
    return path


def _url(base: base_url.Url, path: str, query: list[tuple[str, str]]) -> base_url.Url:
    target = base.target + path
    if query:
        target += "&" if "?" in target else "?"
        target += "&".join(f"{name}={value}" for name, value in query)
    if _TARGET.fullmatch(target) is None or len(target) > _LONGEST_URL:
        raise ArgumentError("the arguments make a URL that is too long or malformed")
    return base._replace(target=target)


def set_header(headers: dict[str, str], name: str, value: str) -> None:
    """Sets a header, in place of one of that name. Errors name the header, never the value."""
    if not isinstance(name, str) or not is_name(name):
        raise ArgumentError(f"{name!r} is not a header name")
    if name.lower() in RESERVED:
        raise ArgumentError(f"the header `{name}` is set by the client itself")
    if not isinstance(value, str) or not is_value(value):
        raise ArgumentError(f"the header `{name}` has a character that headers cannot carry")
    headers[name.lower()] = value
