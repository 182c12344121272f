"""What Python programs put into a cell, as the few things a cell can hold.

Knows nothing of declarations. NaN, NaT and NA are nothing; a float is its shortest decimal, a 32-bit one likewise.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from numbers import Integral, Rational, Real
from typing import Any, Final, TypeAlias

from attrs import frozen

from perfrules.lang.exact import MAX_DIGITS, Exact, as_text, from_decimal_text

_MOST_BITS: Final = MAX_DIGITS * 10 // 3
_NOTHING: Final = frozenset({"NAType", "NaTType"})


@frozen
class Figure:
    """A number that was not written as text; *text* shows it."""

    value: Exact
    text: str


@frozen
class TooLong:
    """A number of more digits than are read."""

    digits: int


@frozen
class Foreign:
    """Something a cell cannot hold; *text* names it."""

    text: str


@frozen
class CellError:
    """An error that a spreadsheet shows in the place of a value (`#DIV/0!`)."""

    text: str


Plain: TypeAlias = bool | str | date | Figure | TooLong | Foreign | CellError | None


def plain(found: object) -> Plain:
    """Return what *found* says, exactly; a time of day makes a date text, since it is more than a date.

    >>> plain(0.1).value, plain(Decimal("1.50")).text, plain(float("nan")) is None
    (Fraction(1, 10), '1.5', True)
    """
    match found:
        case None | bool() | Figure() | TooLong() | Foreign() | CellError():
            return found
        case str():
            return str(found) if is_text(found) else Foreign(shown_text(found))
        case datetime():
            return _without_time(found)
        case date():
            return found
        case Decimal():
            return None if found.is_nan() else _from_text(str(found))
        case Integral() if type(found).__name__ == "timedelta64":  # numpy's, which count as integers
            return _other(found)
        case Integral():
            return _figure(Exact(int(found)))
        case Rational():
            return _figure(Exact(int(found.numerator), int(found.denominator)))
        case Real():
            return None if math.isnan(found) else _from_text(str(found))
    return _other(found)


def listed(found: object) -> object:
    """Return an array of numpy as a list, NaN and the like as None, anything else as it is.

    >>> listed(float("nan")), listed([1])
    (None, [1])
    """
    if type(found).__name__ == "ndarray" and hasattr(found, "tolist"):
        items: object = found.tolist()
        return items
    return None if isinstance(found, Real) and plain(found) is None else found


def is_text(found: str) -> bool:
    """Tell whether *found* can be written at all: half of a surrogate pair, as JSON can escape it, cannot."""
    return found == shown_text(found)


def shown_text(found: str) -> str:
    """Return *found* with a question mark for what cannot be written."""
    return found if found.isascii() else found.encode("utf-8", "replace").decode("utf-8")


def _other(found: object) -> Plain:
    kind = type(found).__name__
    if kind in _NOTHING or (kind in {"datetime64", "timedelta64"} and str(found) == "NaT"):
        return None
    if kind == "datetime64":
        return _moment_of_numpy(found)
    if kind in {"bool_", "bool"}:  # numpy's, which is no bool
        return bool(found)
    if isinstance(found, Mapping):
        return Foreign("{…}")
    return Foreign("[…]" if isinstance(found, list | tuple) else kind)


def _moment_of_numpy(found: Any) -> Plain:
    """Return a moment as its day, if it is midnight; one finer than microseconds as text, one beyond the calendar not
    at all.
    """
    rounded = found.astype("datetime64[us]")
    moment = rounded.item()
    if not isinstance(moment, datetime):
        return Foreign(str(found))
    return _without_time(moment) if rounded == found else str(found).replace("T", " ")


def _without_time(moment: datetime) -> Plain:
    if type(moment).__name__ in _NOTHING:
        return None
    finer = getattr(moment, "nanosecond", 0)  # of pandas
    midnight = (moment.hour, moment.minute, moment.second, moment.microsecond, finer) == (0, 0, 0, 0, 0)
    return moment.date() if midnight else moment.isoformat(" ")


def _from_text(text: str) -> Plain:
    value = from_decimal_text(text)
    return Foreign(text[:40]) if value is None else _figure(value)


def _figure(value: Exact) -> Plain:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return TooLong(bits * 3 // 10 + 1) if bits > _MOST_BITS else Figure(value, as_text(value))
