"""The header `Link` (RFC 8288), and where its links lead."""

from __future__ import annotations

import re

from .base_url import BadUrl, Url, checked
from .header import Headers

_PARAMETER = re.compile(r'\s*([^\s;,="]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^;,"]*)))?')
_ESCAPE = re.compile(r"\\(.)")
_SCHEME = re.compile(r"[^/?]*:")


class LeadsAway(ValueError):
    """Why a link cannot be followed."""


def next_link(headers: Headers) -> str | None:
    """What the first link with the relation `next` points to, as it is written."""
    for line in headers.get_list("link"):
        for target, parameters in _links(line):
            relations = parameters.get("rel", "").lower().split()
            # A link with an anchor is one of another page.
            if "next" in relations and "anchor" not in parameters:
                return target
    return None


def is_path(text: str) -> bool:
    """Whether a text is a path, and a query perhaps, below some host."""
    path = text.partition("?")[0]
    has_dots = any(segment in (".", "..") for segment in path.split("/"))
    is_plain = all("!" <= letter <= "~" and letter not in "#\\" for letter in text)
    return path.startswith("/") and not path.startswith("//") and not has_dots and is_plain


def resolve(here: Url, link: str) -> str:
    """The path and query of a link on the page `here`.

    One that leaves the page's origin is refused: it would be followed with the keys that this host is trusted with.
    """
    link = link.partition("#")[0]
    path = here.target.partition("?")[0] or "/"
    if link.startswith("//"):
        link = f"{here.scheme}:{link}"
    if _SCHEME.match(link):
        try:
            there = checked(link, allow_insecure=True)
        except BadUrl:
            raise LeadsAway("the link to the next page is malformed") from None
        if _origin(there) != _origin(here):
            raise LeadsAway("the link to the next page leads to another origin")
        target = there.target or "/"
        target = f"/{target}" if target.startswith("?") else target
    elif link.startswith("/"):
        target = link
    elif link.startswith("?"):
        target = path + link
    else:
        target = f"{path.rpartition('/')[0]}/{link}" if link else here.target
    if not is_path(target):
        raise LeadsAway("the link to the next page is malformed")
    return target


def without(target: str, names: set[str]) -> str:
    """A path and query without the parameters of those names, which are as they are on the wire."""
    path, _, query = target.partition("?")
    kept = [pair for pair in query.split("&") if pair and pair.partition("=")[0] not in names]
    return f"{path}?{'&'.join(kept)}" if kept else path


def _origin(url: Url) -> tuple[str, str, int]:
    usual = 443 if url.scheme == "https" else 80
    return url.scheme, url.host.lower(), usual if url.port is None else url.port


def _links(line: str) -> list[tuple[str, dict[str, str]]]:
    """The links of one header, up to where it is malformed."""
    links: list[tuple[str, dict[str, str]]] = []
    rest = line
    while True:
        rest = rest.lstrip(" \t,")
        target, closed, after = rest[1:].partition(">")
        if not rest.startswith("<") or not closed:
            return links
        rest = after.lstrip()
        parameters: dict[str, str] = {}
        while rest.startswith(";"):
            found = _PARAMETER.match(rest, 1)
            if found is None:
                rest = rest[1:].lstrip()
                continue
            quoted, token = found[2], found[3]
            value = (token or "").strip() if quoted is None else _ESCAPE.sub(r"\1", quoted)
            # The first of several parameters counts.
            parameters.setdefault(found[1].lower(), value)
            rest = rest[found.end() :].lstrip()
        links.append((target.strip(), parameters))
        if rest and not rest.startswith(","):
            return links
