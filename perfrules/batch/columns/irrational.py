"""Irrational functions in float64, with a bound on their error; exact results come from cells computed again.

numpy's log, exp and power are tested by its makers to err by at most four units in the last place; sixteen are allowed
for here, and square roots are correctly rounded (IEEE 754). The core's own results are rounded to 34 digits, which is
allowed for too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from perfrules.batch.columns.code import TRUTH, Reg
from perfrules.batch.columns.near import aligned
from perfrules.batch.columns.ways import ROUNDOFF, Near, as_float, roundoff, upward
from perfrules.batch.tape import Do, Op
from perfrules.ir.expressions import IrrationalFunction
from perfrules.lang import irrational
from perfrules.lang.exact import Exact

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker

_ONE: Final = Exact(1)
_ALLOWED: Final = 32 * ROUNDOFF
"""Sixteen units in the last place, relatively."""
_DOUBTED_BELOW: Final = Exact(1, 2**12)
_ROUNDED: Final = Exact(1, 10**33)
"""The relative error of rounding to 34 digits."""


def near_irrational(m: Maker, place: int, op: Op) -> Near | None:
    """Return a float column for the logarithm, the exponential, the square root or the geometric mean."""
    size = m.facts(place).size
    if size is None:
        return None
    if op.do is Do.GEOMETRIC_MEAN:
        return _geometric_mean(m, op, size)
    near, least = m.near(op.operands[0]), m.facts(op.operands[0]).least_size
    if near is None or near.doubt or least is None:
        return None
    x = aligned(m, near, _ONE)
    function: np.ufunc
    match op.param:
        case IrrationalFunction.LN if least > 2 * x.error:
            error, function = x.error / (least - x.error), np.log
        case IrrationalFunction.EXP if x.error < Exact(1, 2):
            error, function = 2 * x.error * size, np.exp
        case IrrationalFunction.SQRT if least > 2 * x.error:
            error, function = x.error / irrational.sqrt(least - x.error), np.sqrt
        case _:
            return None
    error += (_ALLOWED + _ROUNDED) * (size + error) + roundoff(size)
    return Near(_ONE, upward(error), upward(size), lambda: m.write(function, x.reg(), table=op.table))


def _geometric_mean(m: Maker, op: Op, size: Exact) -> Near | None:
    """exp(Σ w·ln x / Σ w) for constant weights; a zero makes it zero, since exp(−∞) is 0."""
    weights = [m.facts(each).constant for each in op.operands[1::2]]
    if any(weight is None or weight <= 0 for weight in weights):
        return None
    total = sum((weight for weight in weights if weight is not None), Exact(0))
    parts: list[tuple[Near, Exact]] = []
    doubted: list[Near] = []
    error, greatest = Exact(0), Exact(0)
    for place, weight in zip(op.operands[::2], weights, strict=True):
        near, fact = m.near(place), m.facts(place)
        least, largest = fact.least_size, fact.size
        if near is None or near.doubt or largest is None or fact.low is None or fact.low < 0 or weight is None:
            return None
        x = aligned(m, near, _ONE)
        if least is None or (x.error and least < _DOUBTED_BELOW):  # too near zero, a logarithm has no bound
            least = _DOUBTED_BELOW
            doubted.append(x)
        if 2 * x.error >= least:
            return None
        logarithm = max(abs(irrational.ln(least)), abs(irrational.ln(largest or _ONE)))
        share = weight / total
        own = x.error / (least - x.error) + _ALLOWED * (logarithm + 1)
        error += share * own + 3 * roundoff(share * (logarithm + 1))
        greatest += share * (logarithm + 1)
        parts.append((x, share))
    error += len(parts) * roundoff(greatest + error)
    if error >= Exact(1, 2):
        return None
    error = 2 * error * size + (_ALLOWED + _ROUNDED) * (size + 1)

    def write() -> Reg:
        logarithms = [
            m.write(np.multiply, m.write(np.log, x.reg(), table=op.table), as_float(share), table=op.table)
            for x, share in parts
        ]
        found = logarithms[0]
        for each in logarithms[1:]:
            found = m.write(np.add, found, each, table=op.table)
        return m.write(np.exp, found, table=op.table)

    return Near(_ONE, upward(error), upward(size), write, doubt=_doubt(m, doubted, op) if doubted else None)


def _doubt(m: Maker, doubted: Sequence[Near], op: Op) -> Callable[[], Reg]:
    def write() -> Reg:
        small = [m.write(np.less, x.reg(), as_float(2 * _DOUBTED_BELOW), dtype=TRUTH, table=op.table) for x in doubted]
        found = small[0]
        for each in small[1:]:
            found = m.write(np.logical_or, found, each, dtype=TRUTH, table=op.table)
        return found

    return write
