"""What is proved about the number in a cell: how far a spreadsheet's binary number can be from the exact one, and how
close exact numbers can come to one another.

Bounds are of the standard model of floating-point arithmetic (an operation errs by at most 2**-53 of its result); where
two numbers nearly cancel also by what spreadsheets snap to zero (below 2**-47 of the larger operand).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import evolve, frozen

from perfrules.lang import interval
from perfrules.lang.exact import Exact
from perfrules.lang.interval import EVERYTHING, Interval
from perfrules.prove import lattice
from perfrules.prove.enclosure import Enclosure

ROUNDOFF: Final = Exact(1, 2**53)
SNAP: Final = Exact(1, 2**47)
LIBRARY: Final = Exact(1, 2**46)
"""What is taken for granted of LN, EXP and powers: about 14 digits."""
_MORE: Final = Exact(1001, 1000)
_MOST_PARTS: Final = 10**60
_WHOLE: Final = 2**50
_ZERO: Final = Exact(0)


@frozen(kw_only=True)
class Near:
    """The exact numbers lie *within*, and each is i·step/j with whole i and 1 ≤ j ≤ *parts*; the cell of x is within
    *base* + *relative*·|x| of x (None: no bound known).

    *nearest*: the cell is the binary number nearest to the exact one, so equal numbers have equal cells.
    """

    within: Interval = EVERYTHING
    step: Exact | None = None
    parts: int = 1
    base: Exact = _ZERO
    relative: Exact | None = None
    nearest: bool = False

    @property
    def size(self) -> Exact | None:
        """The largest absolute value; None where there is none."""
        if self.within.lo is None or self.within.hi is None:
            return None
        return max(abs(self.within.lo), abs(self.within.hi))

    @property
    def gap(self) -> Exact | None:
        """How far from zero the numbers are that are not zero; None where nothing is known of it."""
        return None if not self.step else self.step / self.parts

    def error_up_to(self, size: Exact | None) -> Exact | None:
        """Bound the error of numbers that are no larger than *size*."""
        return None if self.relative is None or size is None else self.base + self.relative * size


def nearest(within: Interval, step: Exact | None, parts: int = 1) -> Near:
    """Return what is known of a cell that holds the binary number nearest to an exact one."""
    return Near(within=within, step=step, parts=parts, relative=ROUNDOFF, nearest=True)


def of_constant(x: Exact) -> Near:
    """Return what is known of a literal."""
    return nearest(interval.point(x), abs(x))


def held_by(near: Near, enclosure: Enclosure) -> Near:
    """Add what was proved elsewhere about the same numbers: their range, their lattice."""
    if enclosure.numbers is None or enclosure.reported:
        return near
    within = interval.intersect(near.within, enclosure.numbers) or near.within
    if enclosure.step is not None and (near.step is None or near.parts > 1):
        near = evolve(near, step=enclosure.step, parts=1)
    return evolve(near, within=within)


def plus(first: Near, second: Near, sign: int = 1) -> Near:
    """Return what is known of a sum, or (sign −1) of a difference."""
    combine = interval.add if sign > 0 else interval.subtract
    found = Near(within=combine(first.within, second.within))
    if first.step is not None and second.step is not None and first.parts * second.parts <= _MOST_PARTS:
        step = lattice.common([first.step, second.step])
        found = evolve(found, step=step, parts=first.parts * second.parts)
    if _is_whole(found) and first.nearest and second.nearest:
        return evolve(found, relative=ROUNDOFF, nearest=True)
    if first.relative is None or second.relative is None:
        return found
    if sign > 0 and _is_positive(first) and _is_positive(second):
        relative = max(first.relative, second.relative) * _MORE + ROUNDOFF
        return evolve(found, base=(first.base + second.base) * _MORE, relative=relative)
    return _of_difference(found, first, second)


def _of_difference(found: Near, first: Near, second: Near) -> Near:
    """Bound the error where operands may cancel, by the size of the smaller operand: the other is at most that, and
    the result, together.
    """
    smaller, larger = (second, first) if _is_no_larger(second, first) else (first, second)
    size = smaller.size
    if size is None or smaller.relative is None or larger.relative is None:
        return found
    base = larger.base + larger.relative * size + smaller.base + smaller.relative * size
    relative = larger.relative + ROUNDOFF * _MORE
    # Nothing but zero is snapped to zero where what is not zero lies farther away.
    if found.gap is None or found.gap <= (base + SNAP * size) * _MORE:
        base, relative = base + SNAP * size, relative + SNAP
    return evolve(found, base=base * _MORE, relative=relative)


def times(first: Near, second: Near) -> Near:
    """Return what is known of a product."""
    found = Near(within=interval.multiply(first.within, second.within), parts=first.parts * second.parts)
    if first.step is not None and second.step is not None and found.parts <= _MOST_PARTS:
        found = evolve(found, step=_fine(first.step * second.step))
    if _is_whole(found) and first.nearest and second.nearest:
        return evolve(found, relative=ROUNDOFF, nearest=True)
    if first.relative is None or second.relative is None:
        return found
    base = _ZERO
    for one, other in ((first, second), (second, first)):
        if one.base:
            if other.size is None:
                return found
            base += one.base * other.size * 2
    return evolve(found, base=base, relative=(first.relative + second.relative) * _MORE + ROUNDOFF)


def over(first: Near, second: Near) -> Near:
    """Return what is known of a quotient; the divisor is not zero where the quotient is read."""
    found = Near(within=interval.divide(first.within, second.within) or EVERYTHING)
    if first.step is not None and second.step and second.size is not None:
        most = second.size * second.parts / second.step
        parts = first.parts * (most.numerator // most.denominator)
        if 0 < parts <= _MOST_PARTS:
            found = evolve(found, step=_fine(first.step * second.parts / second.step), parts=parts)
            found = _simpler(found, first, second)
    least = _least_size(second)
    if first.relative is None or second.relative is None or (least is None and (first.base or second.base)):
        return found
    relative = (first.relative + second.relative) * _MORE + ROUNDOFF
    if second.base and least is not None:
        relative += second.base / least * 2
    base = first.base / least * _MORE if first.base and least is not None else _ZERO
    return evolve(found, base=base, relative=relative)


def _simpler(found: Near, first: Near, second: Near) -> Near:
    """Divide by a constant: the lattice is only scaled."""
    if second.within.is_point and second.within.lo and first.step is not None:
        return evolve(found, step=_fine(first.step / abs(second.within.lo)), parts=first.parts)
    return found


def either(nears: Sequence[Near]) -> Near:
    """Return what is known of a number that is one of these."""
    result = nears[0]
    for near in nears[1:]:
        known = result.relative is not None and near.relative is not None
        step = None if result.step is None or near.step is None else lattice.common([result.step, near.step])
        result = Near(
            within=interval.hull(result.within, near.within),
            step=step,
            parts=max(result.parts, near.parts),
            base=max(result.base, near.base),
            relative=max(result.relative or _ZERO, near.relative or _ZERO) if known else None,
            nearest=result.nearest and near.nearest,
        )
    return result


def extreme(nears: Sequence[Near], least: bool) -> Near:
    """Return what is known of the least (or greatest) of several numbers; the bound of errors grows with the number,
    so it holds for the one that is taken.
    """
    within = nears[0].within
    for near in nears[1:]:
        within = (interval.minimum if least else interval.maximum)(within, near.within)
    return evolve(either(nears), within=within)


def turned(near: Near) -> Near:
    """Return what is known of the opposite number."""
    return evolve(near, within=interval.negate(near.within))


def absolute(near: Near) -> Near:
    """Return what is known of the distance from zero."""
    return evolve(near, within=interval.absolute(near.within))


def _is_whole(near: Near) -> bool:
    """Tell whether all numbers are multiples of a power of two of which binary numbers hold every multiple."""
    step, size = near.step, near.size
    if step is None or size is None or near.parts > 1:
        return False
    unit = Exact(1, step.denominator)
    return step.denominator & (step.denominator - 1) == 0 and size <= unit * _WHOLE


def _is_positive(near: Near) -> bool:
    return near.within.lo is not None and near.within.lo >= 0


def _is_no_larger(first: Near, second: Near) -> bool:
    return first.size is not None and (second.size is None or first.size <= second.size)


def _least_size(near: Near) -> Exact | None:
    """Return how close to zero a number can come; None where it can be as close as it likes."""
    found: list[Exact] = []
    if near.within.lo is not None and near.within.lo > 0:
        found.append(near.within.lo)
    if near.within.hi is not None and near.within.hi < 0:
        found.append(-near.within.hi)
    if near.gap is not None:
        found.append(near.gap)
    return max(found) if found else None


def _fine(step: Exact) -> Exact | None:
    return step if step.denominator <= _MOST_PARTS else None
