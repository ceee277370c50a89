"""What is always true of an API: its hosts, its keys, the headers it wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Variable:
    """A variable in a host's URL."""

    setting: str
    """The setting of the client that gives its value; hosts may share one."""

    default: str | None = None
    """Value used when none is set; without one it must be."""


@dataclass(frozen=True)
class Host:
    """A host and the role it plays."""

    name: str
    """Role, used in messages: `api`, `vault`."""

    url: str
    """Base URL; may hold `{variables}`. A relative or empty one must be replaced before its first use."""

    security: Sequence[Sequence[str]] = ()
    """The keys its calls take, as alternatives: those of most calls first."""

    variables: Mapping[str, Variable] = field(default_factory=dict)
    """Its variables, by what stands in the braces."""


@dataclass(frozen=True)
class Scheme:
    """A security scheme."""

    name: str
    """The setting of the client that gives its credential, used in messages: `secret_key`."""

    kind: str
    """How the credential travels: `basic`, `basic_key`, `bearer`, `client_credentials`, `http`, `header`, `query` or
    `cookie`."""

    place: str = ""
    """The header, parameter or cookie it travels in, the scheme of HTTP, or the URL that tokens come from."""

    prefixes: Sequence[str] = ()
    """Accepted beginnings of the key; empty when any will do."""

    @property
    def header(self) -> str | None:
        """The header it travels in, when it travels in one."""
        if self.kind in ("query", "cookie"):
            return None
        return self.place if self.kind == "header" else "authorization"


@dataclass(frozen=True)
class Idempotency:
    """The header that makes a write repeatable."""

    header: str
    methods: Sequence[str]
    """Upper-case methods whose requests carry it."""


@dataclass(frozen=True)
class RateLimitHeaders:
    """The headers that tell the rate limit. An empty name is one the API has not."""

    limit: str
    remaining: str
    reset: str


@dataclass(frozen=True)
class Profile:
    """The description of an API that a client is built from."""

    user_agent: str
    hosts: Sequence[Host]
    schemes: Sequence[Scheme] = ()
    headers: Sequence[tuple[str, str]] = ()
    """Headers every request carries unless the client or the request says otherwise."""
    idempotency: Idempotency | None = None
    request_id_headers: Sequence[str] = ()
    """Headers of answers that identify a request, most telling first."""
    rate_limit: RateLimitHeaders | None = None
    error_code: str = ""
    """JSON pointer to the code in an error answer; empty when there is none."""
    error_message: str = ""
    """JSON pointer to the message in an error answer; empty when there is none."""
