"""Options of one call."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, Literal, TypeAlias, TypedDict


class _Omitted(Enum):
    OMIT = "omit"

    def __repr__(self) -> str:
        return "OMIT"


OMIT: Final = _Omitted.OMIT
"""Stands for an argument that is not given, where `None` is sent as null."""

Omit: TypeAlias = Literal[_Omitted.OMIT]


class RequestOptions(TypedDict, total=False):
    """Options of one call; what is not set is as the client has it."""

    idempotency_key: str
    """Sent with every attempt, so that the API can tell a repetition from a new call; how long it remembers a key is
    for its documentation to say. Without one the client makes a key for the call, where the API takes one."""

    timeout: float
    """Seconds that one attempt may take."""

    total_timeout: float
    """Seconds that the call may take with all its attempts and the waits between."""

    headers: Mapping[str, str]
    """Sent with this call, in place of those of the same name that the client would send by itself."""

    max_retries: int
    """How often the call is sent again after a failure; 0 for never."""

    retry_ambiguous: bool
    """Sends the call again even when it may have been carried out already, though doing it twice is not doing it
    once: a payment may be taken twice. Only for calls whose repetition the API is known to recognise."""
