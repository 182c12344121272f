"""Exact numbers as a report shows them: in tables short, with a sign that says so; as coordinates of a drawing.

A number of a table has at most four decimals; one that is shortened to them begins with ≈. Nothing computes with what
is written here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from perfrules.lang.exact import Exact, as_text, decimal_places
from perfrules.lang.interval import Interval
from perfrules.lang.rounding import Decimals, Mode, Rounding, round_exact

DECIMALS: Final = 4
"""As many decimals a number of a table has at most, unless it would then look like nothing."""
_MOST: Final = 12
_NONE: Final = "—"
_DECIMAL: Final = re.compile(r"[≈+−]*\d+(?:\.(\d+))?%?")


def figure(number: Exact | None) -> str:
    """Write a number for a table, a dash where there is none.

    >>> figure(Exact(79, 4)), figure(Exact(-2, 3)), figure(None), figure(Exact(1, 3000000))
    ('19.75', '≈−0.6667', '—', '≈0.00000033')
    """
    if number is None:
        return _NONE
    places = decimal_places(number)
    if places is not None and places <= DECIMALS:
        return _signed(as_text(number))
    return f"≈{_signed(_padded(number))}"


def signed_figure(number: Exact) -> str:
    """Write a number with its sign, also where it is positive.

    >>> signed_figure(Exact(2)), signed_figure(Exact(-5, 4)), signed_figure(Exact(0))
    ('+2', '−1.25', '0')
    """
    return figure(number) if number <= 0 else f"+{figure(number)}".replace("+≈", "≈+")


def figure_between(interval: Interval) -> str:
    """Write where a number will lie, its two ends and never one number between them.

    >>> figure_between(Interval(Exact(16), Exact(20))), figure_between(Interval(Exact(0), Exact(6), True, False))
    ('16–20', '[0, 6)')
    """
    low = f"{_signed('-')}∞" if interval.lo is None else figure(interval.lo)
    high = "∞" if interval.hi is None else figure(interval.hi)
    if interval.is_point:
        return low
    if interval.lo_closed and interval.hi_closed and interval.lo is not None and interval.lo >= 0:
        return f"{low}–{high}"
    return f"{'[' if interval.lo_closed else '('}{low}, {high}{']' if interval.hi_closed else ')'}"


def percentage(share: Exact) -> str:
    """Write a share in percent.

    >>> percentage(Exact(1, 8)), percentage(Exact(1, 3))
    ('12.5%', '≈33.33%')
    """
    hundredths = share * 100
    rounded = round_exact(hundredths, Rounding(Mode.HALF_EVEN, Decimals(2)))
    return f"{'' if rounded == hundredths else '≈'}{_signed(as_text(rounded))}%"


def coordinate(number: Exact) -> str:
    """Write a length of a drawing, to hundredths of its unit.

    >>> coordinate(Exact(100, 3)), coordinate(Exact(-1, 2))
    ('33.33', '-0.5')
    """
    return as_text(round_exact(number, Rounding(Mode.HALF_EVEN, Decimals(2))))


def paddings(texts: Sequence[str]) -> tuple[str, ...]:
    """Return what stands unseen after each number of a column, so that their decimal points are below one another.

    >>> paddings(["19.75", "−2", "≈0.3333", "—", "3–5"])
    ('00', '.0000', '', '', '')
    """
    found = [_DECIMAL.fullmatch(text) for text in texts]
    places = [len(each.group(1) or "") if each else 0 for each in found]
    most = max(places, default=0)
    return tuple(
        "" if each is None or not most else ("" if count else ".") + "0" * (most - count)
        for each, count in zip(found, places, strict=True)
    )


def _padded(number: Exact) -> str:
    decimals = DECIMALS
    while decimals < _MOST and not round_exact(number, Rounding(Mode.HALF_EVEN, Decimals(decimals))):
        decimals += 2
    rounded = round_exact(number, Rounding(Mode.HALF_EVEN, Decimals(decimals)))
    whole, _, digits = as_text(rounded).partition(".")
    return f"{whole}.{digits.ljust(decimals, '0')}"


def _signed(text: str) -> str:
    return text.replace("-", "−", 1)
