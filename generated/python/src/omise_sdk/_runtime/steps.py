"""What a call asks of whoever makes it: to send something, to wait, or to wait for others.

A call is a generator of these steps. It decides everything and does nothing: two small drivers, one that blocks and one
that awaits, carry the steps out and send back what came of them.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

from .prepare import Request

T = TypeVar("T")


@dataclass(frozen=True)
class Send:
    """Send the request once; gives a `Received`."""

    request: Request
    timeout: float
    """Seconds from the first byte sent to the last byte read."""


@dataclass(frozen=True)
class Sleep:
    """Wait so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Lock:
    """Wait until nobody else holds what has that key; gives whether it was had in time."""

    key: Any
    timeout: float


@dataclass(frozen=True)
class Unlock:
    """Let others have it."""

    key: Any


Step: TypeAlias = Send | Sleep | Lock | Unlock
Steps: TypeAlias = Generator[Step, Any, T]
