"""Dates and moments as the API writes them."""

from __future__ import annotations

import datetime
import re

_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def moment(text: str) -> datetime.datetime | None:
    """Reads RFC 3339, finer than a microsecond cut off; `None` when the text is no moment."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(found[at]) for at in range(1, 7))
    microsecond = int((found[7] or "0")[:6].ljust(6, "0"))
    ahead = datetime.timedelta(hours=int(found[9] or 0), minutes=int(found[10] or 0))
    try:
        zone = datetime.timezone(-ahead if found[8] == "-" else ahead)
        # A leap second counts as the second after it.
        whole = datetime.datetime(year, month, day, hour, minute, min(second, 59), microsecond, zone)
        return whole + datetime.timedelta(seconds=1) if second == 60 else whole if second < 60 else None
    except (ValueError, OverflowError):
        return None


def date(text: str) -> datetime.date | None:
    """Reads `YYYY-MM-DD`; `None` when the text is no date."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def written(value: datetime.date) -> str | None:
    """A moment or a date as it is sent; `None` for a moment without a time zone, which is none yet."""
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.utcoffset() is None:
        return None
    return value.isoformat().replace("+00:00", "Z")
