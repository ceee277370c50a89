"""Keys: which are needed, whether they are of the right kind, and how they travel."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from . import percent
from .error import ConfigError
from .header import RESERVED, is_name, is_value
from .profile import Scheme
from .secret import without_all

Given = str | tuple[str, str]
"""A key, or a user name with a password."""


@dataclass(frozen=True)
class Credential:
    """A key, or a user name with a password. `repr` shows nothing of it."""

    secret: str = field(repr=False)
    user: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, given: Given, scheme: Scheme) -> Credential:
        """What a setting of the client gives."""
        is_pair = isinstance(given, tuple) and len(given) == 2 and all(isinstance(part, str) for part in given)
        wants_pair = {"basic": True, "client_credentials": is_pair}.get(scheme.kind, False)
        if wants_pair and is_pair:
            return cls(given[1], given[0])
        if wants_pair or not isinstance(given, str):
            wanted = "a user name and a password" if scheme.kind == "basic" else "a text"
            raise ConfigError(f"{scheme.name} must be {wanted}")
        return cls(given)

    def check(self, scheme: Scheme, schemes: Iterable[Scheme]) -> None:
        """Refuses a credential that cannot be right, without showing it."""
        problem = self._problem(scheme, list(schemes))
        if problem:
            raise ConfigError(problem)

    def _problem(self, scheme: Scheme, schemes: list[Scheme]) -> str | None:
        key, name = self.secret, scheme.name
        if any("\ud800" <= letter <= "\udfff" for letter in f"{self.user}{key}"):
            return f"{name} holds half of a surrogate pair, which is no text"
        fetches = scheme.kind == "client_credentials"
        if self.user is None:
            if not key:
                return f"{name} is empty"
            # A line break at the end comes with keys read from files.
            spaced = scheme.kind == "http"
            if any(not (letter.isprintable() or letter == " ") or (letter.isspace() and not spaced) for letter in key):
                return f"{name} holds a space or a line break"
        elif fetches and not key:
            return f"the secret of {name} is empty"
        elif not fetches and ":" in self.user:
            return f"the user name of {name} holds a colon, which HTTP Basic cannot carry"
        if scheme.kind == "basic_key" and (":" in key or not key.isascii()):
            return f"{name} holds a colon or a letter that no key has"
        if key in scheme.prefixes:
            return f"{name} ends after its prefix"
        if key.startswith(tuple(scheme.prefixes)):
            return None
        other = next((other for other in schemes if key.startswith(tuple(other.prefixes))), None)
        given = "" if other is None else f" was given a {other.name}"
        if not scheme.prefixes:
            return f"{name}{given}" if other else None
        wanted = "` or `".join(scheme.prefixes)
        return f"{name}{given}: it must begin with `{wanted}`" if other else f"{name} must begin with `{wanted}`"

    @property
    def basic(self) -> str:
        """The header of HTTP Basic; a key alone is the user name."""
        return _basic(f"{self.secret}:" if self.user is None else f"{self.user}:{self.secret}")

    @property
    def client(self) -> str:
        """The header with a client's id and secret (RFC 6749, "Client Password")."""
        return _basic(f"{percent.form(self.user or '')}:{percent.form(self.secret)}")

    def is_client(self, scheme: Scheme) -> bool:
        """Whether a token must be fetched with it."""
        return scheme.kind == "client_credentials" and self.user is not None

    def redact(self, text: str) -> str:
        """Takes the credential out of text that came from elsewhere, in every form it travels in."""
        if not self.secret:
            return text
        forms = [self.secret, percent.form(self.secret), percent.component(self.secret)]
        forms += [form.removeprefix("Basic ") for form in (self.basic, self.client)]
        # Whoever quotes it may have left the padding out.
        return without_all(text, [*forms, *(form.rstrip("=") for form in forms)])


def _basic(pair: str) -> str:
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


Key = tuple[Scheme, Credential]
"""A key that goes with a call."""


def choose(
    security: Sequence[Sequence[str]],
    schemes: Mapping[str, Scheme],
    configured: Mapping[str, Credential],
    of_request: Iterable[str],
    of_client: Iterable[str],
) -> list[Key]:
    """The first alternative whose every scheme is configured, or has its header set by the caller, who then sends his
    own.

    One that needs nothing comes last: what is configured is sent. Headers of the request replace what the client would
    send; those of the client stand in for what is not configured.
    """
    replaced = {name.lower() for name in of_request}
    standing_in = {name.lower() for name in of_client}
    needing = [alternative for alternative in security if alternative]
    for alternative in needing:
        found = _keys(alternative, schemes, configured, replaced, standing_in)
        if found is not None:
            return found
    if len(needing) < len(security) or not security:
        return []
    names = ", or ".join(" and ".join(alternative) for alternative in needing)
    raise ConfigError(f"needs {names}: set it on the client")


def _keys(
    alternative: Sequence[str],
    schemes: Mapping[str, Scheme],
    configured: Mapping[str, Credential],
    replaced: set[str],
    standing_in: set[str],
) -> list[Key] | None:
    keys: list[Key] = []
    for name in alternative:
        scheme = schemes[name]
        header = (scheme.header or "").lower()
        if header and header in replaced:
            continue
        if name in configured:
            keys.append((scheme, configured[name]))
        elif not header or header not in standing_in:
            return None
    return keys


@dataclass
class Carrier:
    """Where credentials go."""

    headers: dict[str, str]
    query: list[tuple[str, str]]
    cookies: list[tuple[str, str]]
    taken: set[str] = field(default_factory=set)
    """Headers that hold a key already."""

    def add(self, scheme: Scheme, credential: Credential) -> None:
        """Puts the credential where its scheme wants it."""
        secret = credential.secret
        if scheme.kind == "query":
            self.query.append((percent.component(scheme.place), percent.component(secret)))
        elif scheme.kind == "cookie":
            self.cookies.append((percent.component(scheme.place), percent.component(secret)))
        elif scheme.kind == "header":
            if not is_name(scheme.place) or scheme.place.lower() in RESERVED:
                raise ConfigError(f"a key cannot travel in a header {scheme.place!r}")
            self._header(scheme, scheme.place, secret)
        elif scheme.kind in ("basic", "basic_key"):
            self._header(scheme, "authorization", credential.basic)
        elif credential.is_client(scheme):
            # The token is not there yet; its place is.
            self._header(scheme, "authorization", "")
        else:
            word = scheme.place if scheme.kind == "http" else "Bearer"
            self._header(scheme, "authorization", f"{word} {secret}")

    def _header(self, scheme: Scheme, name: str, value: str) -> None:
        if not is_value(value) or not value.isascii():
            raise ConfigError(f"{scheme.name} cannot be sent in a header")
        name = name.lower()
        if name in self.taken:
            raise ConfigError(f"{scheme.name} and another key travel in one header, `{name}`")
        self.taken.add(name)
        self.headers[name] = value
