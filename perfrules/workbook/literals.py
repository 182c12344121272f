"""Exact numbers, texts and dates as formulas write them, and as cells hold them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from typing import Final

from perfrules.lang.exact import Exact, as_text, decimal_places

_MOST_DIGITS: Final = 15
DAYS_BEFORE: Final = date(1899, 12, 30).toordinal()
"""What a date's number in a cell is less than its ordinal."""


def number(x: Exact) -> str:
    """Write a number so that the cell holds the binary number nearest to it.

    >>> number(Exact(19, 20)), number(Exact(-1, 3)), number(Exact(10) ** 20)
    ('0.95', '-1/3', '100000000000000000000')
    """
    if is_short(x):
        return as_text(x)
    if len(str(abs(x.numerator))) <= _MOST_DIGITS and len(str(x.denominator)) <= _MOST_DIGITS:
        return f"{x.numerator}/{x.denominator}"
    return str(cell_number(x).normalize())


def is_short(x: Exact) -> bool:
    """Tell whether *x* is a decimal of at most 15 digits: a spreadsheet holds and shows it as it is.

    >>> is_short(Exact(1, 8)), is_short(Exact(1, 3))
    (True, False)
    """
    return decimal_places(x) is not None and len(as_text(abs(x)).replace(".", "").lstrip("0").rstrip("0")) <= (
        _MOST_DIGITS
    )


def cell_number(x: Exact) -> Decimal:
    """Return *x* to 17 significant digits, which are enough to tell every binary number.

    >>> cell_number(Exact(1, 3)), cell_number(Exact(5, 4))
    (Decimal('0.33333333333333333'), Decimal('1.25'))
    """
    with localcontext() as context:
        context.prec = 17
        return Decimal(x.numerator) / Decimal(x.denominator)


def text(words: str) -> str:
    """Quote a text.

    >>> text('a "b"')
    '"a ""b\"""'
    """
    return '"' + words.replace('"', '""') + '"'


def day(found: date) -> str:
    """Write a date.

    >>> day(date(2024, 2, 29))
    'DATE(2024,2,29)'
    """
    return f"DATE({found.year},{found.month},{found.day})"


def serial(found: date) -> int:
    """Return the number by which a cell holds a date.

    >>> serial(date(2024, 1, 1))
    45292
    """
    return found.toordinal() - DAYS_BEFORE
