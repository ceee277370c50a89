"""JSON that keeps numbers as they are: whole ones exact, others as `Decimal`."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from typing import Any

from .problem import Problem


def loads(body: bytes | str) -> Any:
    """Reads JSON; a `Problem` says why it is none, and never what stood there."""
    try:
        text = body if isinstance(body, str) else body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem(f"invalid UTF-8 at byte {error.start}") from None
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise Problem(f"{error.msg} at line {error.lineno} column {error.colno}") from None
    except RecursionError:
        raise Problem("it is nested too deeply") from None
    except (ValueError, ArithmeticError):
        raise Problem("it has a number that is none") from None


def _refuse(_: str) -> Any:
    raise ValueError


def dumps(value: Any) -> str:
    """Writes JSON without spaces; a `Problem` says what cannot be written."""
    try:
        return _written(value)
    except RecursionError:
        raise Problem("is nested too deeply, or holds itself") from None


def _written(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float | Decimal):
        return number(value)
    if isinstance(value, list):
        return f"[{','.join(map(_written, value))}]"
    if isinstance(value, dict):
        members = (f"{json.dumps(key, ensure_ascii=False)}:{_written(item)}" for key, item in value.items())
        return f"{{{','.join(members)}}}"
    raise Problem(f"cannot hold a {type(value).__name__}")


def number(value: int | float | Decimal) -> str:
    """The text of a number."""
    if isinstance(value, int):
        return int.__repr__(value)
    if not math.isfinite(value):
        raise Problem("is not a finite number")
    return str(value) if isinstance(value, Decimal) else _shortest(value)


def _shortest(value: float) -> str:
    """The fewest digits that are this float, with exponents as most JSON has them: `1e16`, `1e-6`."""
    mantissa, _, exponent = float.__repr__(value).partition("e")
    if not exponent:
        return mantissa
    return f"{Decimal(value.__repr__()):f}" if int(exponent) == -5 else f"{mantissa}e{int(exponent)}"


def text(value: Any) -> str:
    """A scalar as it is, anything deeper as JSON."""
    if isinstance(value, str):
        return str.__str__(value)
    return "" if value is None else dumps(value)


def at(value: Any, pointer: str) -> Any:
    """The value at a JSON pointer (RFC 6901) through objects; `None` when there is none."""
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        value = value.get(key) if isinstance(value, dict) else None
    return value
