"""Whether a failed attempt is followed by another one, and after how long. Nothing here waits or sends."""

from __future__ import annotations

import threading
from dataclasses import dataclass

_COST = 5
"""A retry costs this much of the budget."""

_REWARD = 1
"""A call that the server answered gives this much back."""


@dataclass(frozen=True)
class Situation:
    """What one call allows, and what has become of it so far."""

    retry_class: str
    retry_ambiguous: bool
    """The caller accepts that an unsafe call may be carried out twice."""
    retries: int
    """Retries already made."""
    retry_after: float | None
    """Seconds that the server asked to wait."""
    left: float | None
    """Seconds left of the time for the whole call."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often a call is sent again, and how long is waited before."""

    most: int = 2
    """Attempts after the first."""
    base: float = 0.5
    """The wait before the first retry is at most this long, and doubles with each."""
    cap: float = 8.0
    """No wait of the client's own choice is longer."""
    longest_wait: float = 30.0
    """The longest wait that a server may ask for with `Retry-After`; a longer one ends the call."""

    def wait(self, remedy: str, situation: Situation, chance: float) -> float | None:
        """Seconds to wait before the next attempt; `None` when there is none.

        `chance`, from 0 to below 1, spreads the attempts of many clients.
        """
        is_harmless = situation.retry_class != "unsafe" or situation.retry_ambiguous
        is_allowed = remedy == "again" or (remedy == "again_if_harmless" and is_harmless)
        if not is_allowed or situation.retries >= self.most:
            return None
        wait = chance * min(self.cap, self.base * 2.0 ** min(situation.retries, 62))
        asked = situation.retry_after
        if asked is not None:
            if asked > self.longest_wait:
                return None
            # Never earlier than asked; and not all clients at the same moment.
            wait += asked
        return wait if situation.left is None or wait < situation.left else None


class Budget:
    """What all calls of a client together may spend on retries, so that they do not multiply an outage.

    While a server answers, one call in five may be repeated for ever; while it does not, retries stop after the first
    few and each call is sent once.
    """

    def __init__(self, retries: int) -> None:
        self._most = self._left = retries * _COST
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Takes one retry, if there is one."""
        with self._lock:
            if self._left < _COST:
                return False
            self._left -= _COST
            return True

    def reward(self) -> None:
        """The server did its work."""
        with self._lock:
            self._left = min(self._most, self._left + _REWARD)
