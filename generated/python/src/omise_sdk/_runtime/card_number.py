"""Card numbers in text that came from elsewhere, such as an error message that quotes what was sent."""

from __future__ import annotations

from .secret import HIDDEN

_FEWEST = 12
_MOST = 19
"""Fewest and most digits of a card number (ISO/IEC 7812)."""

_MOST_BETWEEN = 2
"""Most characters that part the groups of a number."""

_Digit = tuple[int, int]


def mask(text: str) -> str:
    """The text with every number that may be a card's replaced.

    Twelve to nineteen digits in a row, or in groups, may be one when their check digit fits, whatever digits stand
    beside them. So may digits that stand alone, as many as a card network's numbers have and beginning as they do,
    also when their check digit does not fit: a number that was mistyped is what a server complains about.
    """
    masked, end = [], 0
    for run in _runs(text):
        whole = _mistyped(run)
        for start, stop in [whole] if whole else _numbers(run):
            masked += [text[end:start], HIDDEN]
            end = stop
    return "".join([*masked, text[end:]])


def _runs(text: str) -> list[list[_Digit]]:
    """Digits between which stands nothing but what parts groups."""
    runs: list[list[_Digit]] = []
    run: list[_Digit] = []
    between = 0
    for at, letter in enumerate(text):
        if letter in "0123456789":
            run.append((at, int(letter)))
            between = 0
            continue
        between += 1
        if (not _parts(letter) or between > _MOST_BETWEEN) and run:
            runs.append(run)
            run = []
    return [*runs, run]


def _parts(letter: str) -> bool:
    return letter.isspace() or letter in "-._/" or "\u2010" <= letter <= "\u2015"


def _numbers(run: list[_Digit]) -> list[tuple[int, int]]:
    """Where in the text digits of a run stand that may be a number's. Of two that overlap, both go."""
    found: list[tuple[int, int]] = []
    for start in range(len(run)):
        lengths = range(min(_MOST, len(run) - start), _FEWEST - 1, -1)
        longest = next((run[start : start + length] for length in lengths if _fits(run[start : start + length])), None)
        if longest is None:
            continue
        first, last = longest[0][0], longest[-1][0] + 1
        if found and first < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _mistyped(run: list[_Digit]) -> tuple[int, int] | None:
    """Where a run stands that is as long as the numbers of a card network and begins as they do."""
    if len(run) < 14:
        return None
    length, first, second = len(run), run[0][1], run[1][1]
    is_like_one = (length <= 15 and first == 3) or (
        16 <= length <= _MOST and ((first == 2 and 2 <= second <= 7) or 3 <= first <= 6)
    )
    return (run[0][0], run[-1][0] + 1) if is_like_one else None


def _fits(digits: list[_Digit]) -> bool:
    """Whether the check digit fits (ISO/IEC 7812, annex B)."""
    total = 0
    for at, (_, digit) in enumerate(reversed(digits)):
        doubled = digit * 2 if at % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
