"""How many decimals a cell is rounded to before it is compared or rounded, and whether that surely gives the exact
outcome: the noise of binary numbers is cleared, and what is truly apart stays apart.

A number that is at least *gap* away from every boundary it is not on, and whose cell errs by less than half of
10**-digits, is put back on its boundary or stays on its side by ROUND(cell, digits).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from attrs import frozen

from perfrules.lang.exact import Exact
from perfrules.prove import lattice
from perfrules.workbook.near import ROUNDOFF, SNAP, Near

USUAL: Final = 10
_DIGITS: Final = (10, 11, 9, 12, 8, 13, 7, 6, 5, 4)
_FINEST: Final = (*_DIGITS, 14)
_PRECISE: Final = Exact(10**14)
"""Spreadsheets round as if they computed in decimals up to so many units; beyond, their own rounding blurs."""
_APART: Final = Exact(1, 2**44)
"""Cells that differ by more than this part of their size are unequal to every spreadsheet."""
_LARGEST: Final = 12


class Verdict(StrEnum):
    """Whether a cell is right whatever the data, up to a size, or only where no boundary is too near."""

    PROVED = "proved"
    LIMITED = "limited"
    OPEN = "open"


@frozen(kw_only=True)
class Settled:
    """To *digits* decimals first (None: none needed); *limit*: proved for numbers up to this size."""

    digits: int | None
    verdict: Verdict
    limit: Exact | None = None
    reason: str = ""
    gap: Exact | None = None
    error: Exact | None = None


def settle_comparison(left: Near, right: Near, difference: Near) -> Settled:
    """Settle the sign of left − right.

    Numbers far apart are told apart by any bound; so only the errors of those count that are about equal, whose
    difference is taken without error unless it is snapped to zero.
    """
    point = _constant(right) if _constant(right) is not None else _constant(left)
    other = left if _constant(right) is not None else right
    if point == 0 and other.relative is not None and not other.base:
        return Settled(digits=None, verdict=Verdict.PROVED)
    size = abs(point) * Exact(101, 100) if point is not None else _larger(left, right)
    gap = difference.gap
    if left.nearest and right.nearest and gap is not None and size is not None and gap > _APART * size:
        return Settled(digits=None, verdict=Verdict.PROVED)
    if gap is None:
        return _open("no-decimals", None, None)
    errors = [near.error_up_to(size) for near in (left, right)]
    if size is None or errors[0] is None or errors[1] is None:
        return _open("no-range", gap, None)
    error = errors[0] + errors[1] + (ROUNDOFF * size if point is None else 0)
    digits = _fitting(gap, error, None, _FINEST) if gap > (error + SNAP * size) * 2 else None
    if digits is None or (point is not None and abs(point) < 200 * (error + Exact(1, 10**digits))):
        return _open("gap", gap, error)
    return Settled(digits=digits, verdict=Verdict.PROVED, gap=gap, error=error)


def settle_rounding(near: Near, boundary: Exact) -> Settled:
    """Settle on which side of the multiples of *boundary* a number lies, or that it is on one."""
    gap = _gap(near.step, boundary, near.parts)
    if gap is None:
        return _open("no-decimals", None, None)
    if near.nearest and near.parts == 1 and near.size is not None and near.size <= gap * _PRECISE:
        return Settled(digits=None, verdict=Verdict.PROVED)
    found: Exact | None = None
    for size in _sizes(near.size):
        error = near.error_up_to(size)
        if error is None:
            continue
        found = error if found is None else found
        digits = _fitting(gap, error, size)
        if digits is not None:
            whole = size == near.size
            verdict = Verdict.PROVED if whole else Verdict.LIMITED
            return Settled(digits=digits, verdict=verdict, limit=None if whole else size, gap=gap, error=error)
    return _open("no-range" if found is None else "gap", gap, found)


def _open(reason: str, gap: Exact | None, error: Exact | None) -> Settled:
    return Settled(digits=USUAL, verdict=Verdict.OPEN, reason=reason, gap=gap, error=error)


def _sizes(size: Exact | None) -> Iterator[Exact]:
    if size is not None:
        yield size
    for power in range(_LARGEST, -1, -1):
        if size is None or Exact(10) ** power < size:
            yield Exact(10) ** power


def _fitting(gap: Exact, error: Exact, size: Exact | None, tried: Sequence[int] = _DIGITS) -> int | None:
    for digits in tried:
        unit = Exact(1, 10**digits)
        clears, keeps = error < unit * Exact(49, 100), unit * Exact(51, 100) + error < gap
        if clears and keeps and (size is None or size <= unit * _PRECISE):
            return digits
    return None


def _gap(step: Exact | None, boundary: Exact | None, parts: int) -> Exact | None:
    """Return how far apart a number and a boundary are that are not equal."""
    if step is None:
        return None
    common = step if boundary is None else lattice.common([step, boundary])
    return None if not common else common / parts


def _constant(near: Near) -> Exact | None:
    return near.within.lo if near.within.is_point else None


def _larger(left: Near, right: Near) -> Exact | None:
    sizes = (left.size, right.size)
    return None if sizes[0] is None or sizes[1] is None else max(sizes[0], sizes[1])
