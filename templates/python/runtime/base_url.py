"""Base URLs: where a host is, and whether a key may be sent there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from .profile import Host

_BRACES = re.compile(r"\{([^}]*)\}")
_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*)://(?P<authority>[^/?#]*)(?P<rest>.*)", re.DOTALL)
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._\-]+)(?::(?P<port>[0-9]*))?")
_PATH = re.compile(r"[!-~]*")


class BadUrl(ValueError):
    """What is wrong with a URL, to follow its name: `has a query`."""


class Url(NamedTuple):
    """An absolute URL, taken apart as far as it matters."""

    scheme: str
    host: str
    port: int | None
    target: str
    """Path and query."""

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.host}" + ("" if self.port is None else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.target


def fill(host: Host, given: Mapping[str, str]) -> str:
    """The URL of a host with its variables in place.

    A value may not leave the piece of the URL it stands in: with it the keys would go elsewhere.
    """
    url, end = "", 0
    for brace in _BRACES.finditer(host.url):
        name = brace[1]
        url += host.url[end : brace.start()]
        end = brace.end()
        variable = host.variables.get(name)
        if variable is None:
            raise BadUrl(f"has a variable `{name}` that nobody knows")
        value = given.get(variable.setting, variable.default)
        if value is None:
            raise BadUrl(f"needs its variable `{name}`: set `{variable.setting}` on the client")
        if not _may_stand(value, url, host.url[end:]):
            raise BadUrl(f"has a variable `{name}` that cannot be {value!r}")
        url += value
    return url + host.url[end:]


def _may_stand(value: str, before: str, after: str) -> bool:
    """Whether a value has only characters that its piece of a URL may have."""
    _, is_beyond, beyond = before.partition("://")
    if is_beyond:
        marks = "-._~/:@!$&'()*+,;=%" if "/" in beyond else "-._:"
    elif after.startswith("://"):
        marks = "+-."
    else:
        # A path of somewhere, or the whole URL: it is checked as one.
        return True
    return all((letter.isascii() and letter.isalnum()) or letter in marks for letter in value)


def parse(text: str, *, allow_insecure: bool) -> Url:
    """Checks a base URL and brings it to the form that paths are appended to: no slash at the end.

    Keys travel in every request, so only `https` will do, except to this machine itself.
    """
    text = text.rstrip("/")
    if "?" in text or "#" in text:
        raise BadUrl("has a query or a fragment, which a base URL cannot have")
    return checked(text, allow_insecure=allow_insecure)


def token_url(text: str, base: Url | None, *, allow_insecure: bool) -> Url:
    """Where tokens are fetched: an absolute URL, or one that is relative to a base URL."""
    if "://" not in text and base is not None:
        if text.startswith("//"):
            text = f"{base.scheme}:{text}"
        elif text.startswith("/"):
            text = base.origin + text
        else:
            text = f"{base}/{text}"
    if "#" in text:
        raise BadUrl("has a fragment, which is never sent")
    return checked(text, allow_insecure=allow_insecure)


def checked(text: str, *, allow_insecure: bool) -> Url:
    """Takes a URL apart that a key may be sent to."""
    found = _URL.fullmatch(text)
    if found is None:
        raise BadUrl("is not an absolute URL like https://api.example.com")
    if "@" in found["authority"]:
        raise BadUrl("holds user name or password: set credentials on the client")
    authority = _HOST.fullmatch(found["authority"])
    host = "" if authority is None else authority["host"]
    if authority is None or host.startswith(".") or ".." in host:
        raise BadUrl("has no proper host")
    if _PATH.fullmatch(found["rest"]) is None or "\\" in found["rest"]:
        raise BadUrl("has a character in its path that no URL has")
    if any(segment in (".", "..") for segment in found["rest"].partition("?")[0].split("/")):
        raise BadUrl("has `.` or `..` in its path")
    scheme = found["scheme"].lower()
    if scheme not in ("https", "http"):
        raise BadUrl("is neither https nor http")
    if scheme == "http" and not (allow_insecure or _is_loopback(host)):
        raise BadUrl("is not https: keys would travel in the clear (allow_insecure_http permits it)")
    port = int(authority["port"]) if authority["port"] else None
    if port is not None and port > 65_535:
        raise BadUrl("has a port that is none")
    return Url(scheme, host.lower(), port, found["rest"])


def _is_loopback(host: str) -> bool:
    import ipaddress

    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
