"""What every call of a client shares. Nothing here sends."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any, TypedDict

from . import base_url, card_number, credential, prepare
from .base_url import BadUrl, Url
from .credential import Credential, Given
from .error import ArgumentError, ConfigError
from .profile import Profile, Scheme
from .retry import Budget, RetryPolicy
from .secret import carried, without_all


class ClientSettings(TypedDict, total=False):
    """Settings of a client that every API has; what is not set is as it says there."""

    base_url: Mapping[str, str] | str
    """Base URLs by the roles of their hosts, such as those of test servers: the others stay where they are. A text
    alone will do where there is one host."""

    replace_hosts: Mapping[str, str]
    """Sends the calls of a host to another host of the API, such as its sandbox; both by their roles."""

    token_urls: Mapping[str, str]
    """Where tokens of OAuth 2 are fetched instead, by the name of the setting that has the credentials."""

    headers: Mapping[str, str]
    """Sent with every request, in place of those of the same name that the client would send by itself."""

    user_agent: str
    """Says who calls: `shop/2.0`. It goes before this package's own name in the header `User-Agent`."""

    timeout: float
    """Seconds that one attempt may take, from the first byte sent to the last one read: 65 unless set."""

    total_timeout: float
    """Seconds that a call may take with all its attempts and the waits between: as many as they need unless set."""

    connect_timeout: float
    """Seconds that connecting may take: 10 unless set."""

    max_retries: int
    """How often a call is sent again after a failure: twice unless set, 0 for never."""

    backoff_base: float
    """The wait before the first retry is at most so many seconds, and doubles with each: 0.5 unless set."""

    backoff_cap: float
    """No wait of the client's own choice is longer: 8 seconds unless set."""

    max_retry_after: float
    """The longest wait a server may ask for: 30 seconds unless set. When it asks for more, the call ends with its
    answer."""

    retry_budget: int
    """How many retries all calls may make in a row while the server answers none: 50 unless set. Five answers earn
    one back, so that an outage is not multiplied by those who wait for its end."""

    max_response_bytes: int
    """The largest answer that is read: 16 MiB unless set."""

    allow_unverified: bool
    """Allows operations whose route nobody has seen. Without it they are refused before anything is sent."""

    allow_insecure_http: bool
    """Allows base URLs that are not `https`. Keys then travel in the clear; to this machine itself plain `http` is
    always allowed."""


_MOST_BYTES = 16 * 1024 * 1024


class Shared:
    """A client's settings, checked, and what its calls have in common."""

    def __init__(
        self,
        profile: Profile,
        settings: ClientSettings,
        *,
        credentials: Mapping[str, Given | None] | None = None,
        api_headers: Mapping[str, str | None] | None = None,
        variables: Mapping[str, str | None] | None = None,
    ) -> None:
        unknown = sorted(set(settings) - set(ClientSettings.__annotations__))
        if unknown:
            raise TypeError(f"a client has no setting {unknown[0]!r}")
        self.profile = profile
        self.schemes = {scheme.name: scheme for scheme in profile.schemes}
        # Banks take up to a minute to decide on a charge.
        self.timeout = settings.get("timeout", 65.0)
        self.total_timeout = settings.get("total_timeout")
        self.connect_timeout = settings.get("connect_timeout", 10.0)
        self.max_response_bytes = settings.get("max_response_bytes", _MOST_BYTES)
        self.allow_unverified = settings.get("allow_unverified", False)
        self.allow_insecure_http = settings.get("allow_insecure_http", False)
        self.policy = RetryPolicy(
            settings.get("max_retries", 2),
            settings.get("backoff_base", 0.5),
            settings.get("backoff_cap", 8.0),
            settings.get("max_retry_after", 30.0),
        )
        self.budget = Budget(settings.get("retry_budget", 50))
        self.clock: Callable[[], float] = time.monotonic
        self.wall_clock: Callable[[], float] = time.time
        self.chance: Callable[[], float] = random.SystemRandom().random
        self.credentials = self._credentials(credentials or {})
        given = {name: value for name, value in (variables or {}).items() if value is not None}
        self.bases = self._bases(settings.get("base_url"), settings.get("replace_hosts", {}), given)
        self.token_urls = self._token_urls(settings.get("token_urls", {}))
        self.own_headers = dict(settings.get("headers", {}))
        self.headers = self._headers(api_headers or {}, settings.get("user_agent"))
        self._header_secrets = [secret for value in self.own_headers.values() for secret in carried(value)]
        self.tokens: dict[Any, Any] = {}
        """What is known of the tokens that were fetched, by what they are for."""

    def redact(self, text: str) -> str:
        """Takes the client's own keys, and whatever may be a card number, out of text that came from elsewhere."""
        for own in self.credentials.values():
            text = own.redact(text)
        return card_number.mask(without_all(text, self._header_secrets))

    def _credentials(self, given: Mapping[str, Given | None]) -> dict[str, Credential]:
        found: dict[str, Credential] = {}
        for name, value in given.items():
            if value is None:
                continue
            scheme: Scheme = self.schemes[name]
            found[name] = credential.Credential.of(value, scheme)
            found[name].check(scheme, self.profile.schemes)
        return found

    def _bases(
        self, own: Mapping[str, str] | str | None, replaced: Mapping[str, str], variables: Mapping[str, str]
    ) -> dict[str, Url | str]:
        """URLs and variables set here are checked now; those of the profile matter only to the calls that use them."""
        hosts = {host.name: host for host in self.profile.hosts}
        if isinstance(own, str):
            if len(hosts) != 1:
                raise ConfigError(f"`base_url` must say of which host: {', '.join(hosts)}")
            own = dict.fromkeys(hosts, own)
        own = own or {}
        for name in [*own, *replaced, *replaced.values()]:
            if name not in hosts:
                raise ConfigError(f"there is no host {name!r}")
        bases: dict[str, Url | str] = {}
        for name in hosts:
            host = hosts[replaced.get(name, name)]
            is_set = host.name in own or any(variable.setting in variables for variable in host.variables.values())
            try:
                text = own[host.name] if host.name in own else base_url.fill(host, variables)
                bases[name] = base_url.parse(text, allow_insecure=self.allow_insecure_http)
            except BadUrl as problem:
                bases[name] = f"the base URL of {host.name} {problem}"
                if is_set:
                    raise ConfigError(f"the base URL of {host.name} {problem}") from None
        return bases

    def _token_urls(self, own: Mapping[str, str]) -> dict[str, str]:
        """Those that are relative depend on the base URL of a call, and are checked with it."""
        for name, url in own.items():
            if self.schemes.get(name) is None or self.schemes[name].kind != "client_credentials":
                raise ConfigError(f"no tokens are fetched for {name!r}")
            if "://" in url:
                try:
                    base_url.token_url(url, None, allow_insecure=self.allow_insecure_http)
                except BadUrl as problem:
                    raise ConfigError(f"the token URL of {name} {problem}") from None
        return dict(own)

    def _headers(self, api: Mapping[str, str | None], user_agent: str | None) -> dict[str, str]:
        own = self.profile.user_agent
        headers: dict[str, str] = {}
        idempotency = self.profile.idempotency
        try:
            prepare.set_header(headers, "user-agent", own if user_agent is None else f"{user_agent} {own}")
            for name, value in self.profile.headers:
                prepare.set_header(headers, name, value)
            for name, given in api.items():
                if given is not None:
                    prepare.set_header(headers, name, given)
            for name, value in self.own_headers.items():
                if idempotency is not None and name.lower() == idempotency.header.lower():
                    raise ConfigError(f"`{name}` belongs to one call: set it in its options")
                prepare.set_header(headers, name, value)
        except ArgumentError as error:
            raise ConfigError(error.message) from None
        return headers

    def __repr__(self) -> str:
        hosts = [str(base) for base in self.bases.values() if isinstance(base, Url)]
        return f"hosts={hosts!r}, credentials={sorted(self.credentials)!r}, timeout={self.timeout!r}"
