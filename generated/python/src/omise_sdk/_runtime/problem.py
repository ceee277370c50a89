"""What is wrong with a value, before it is known which call it belongs to."""

from __future__ import annotations


class Problem(Exception):
    """What is wrong with a value, and where. It never shows the value: that may be a secret."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path

    def below(self, step: str) -> Problem:
        """The same problem, seen from one step further out: `card` or `[3]`."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return Problem(self.message, f"{step}{joint}{self.path}")

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message
