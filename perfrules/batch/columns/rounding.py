"""Rounding to a step, exactly.

What is rounded lies on a lattice, or has bounded denominators; so, in steps and (for halves) moved by one half, it is
either a whole number or at least the *gap* away from one. Where the error of the float column is below half the gap,
moving it by half the gap and taking the floor is exact. Where it is not, int64 quotients are divided with remainder;
and else the cells whose enclosure holds a boundary are computed again in exact numbers, cell by cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from perfrules.batch.columns import functions
from perfrules.batch.columns.code import F8, I8, TRUTH, Reg
from perfrules.batch.columns.facts import Fact
from perfrules.batch.columns.proofs import GAP, GUARDED, INT64, PYTHON
from perfrules.batch.columns.ways import Near, Quotient, Whole, as_float, dtype_for, roundoff, upward
from perfrules.batch.tape import Op
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Mode, Rounding, Significant, round_exact, step_at
from perfrules.prove.lattice import common

if TYPE_CHECKING:
    from perfrules.batch.columns.maker import Maker

_ONE, _HALF = Exact(1), Exact(1, 2)
_HALVES = (Mode.HALF_UP, Mode.HALF_DOWN, Mode.HALF_EVEN)
_GUARDED_UP_TO = Exact(1, 256)
"""With a greater error nearly every cell would have to be computed again, so all are computed exactly at once."""


def gap_of(fact: Fact, step: Exact, *, halves: bool) -> Exact | None:
    """Return how near to a whole number other than itself `x / step` (for halves plus one half) can come.

    >>> gap_of(Fact(Exact(0), Exact(1), Exact(1, 300)), Exact(1, 100), halves=True)
    Fraction(1, 6)
    >>> gap_of(Fact(Exact(0), Exact(1), None, 7), Exact(1, 100), halves=True)
    Fraction(1, 14)
    """
    if fact.step is not None:
        return common([fact.step / step, _HALF if halves else _ONE])
    if fact.denominators is None:
        return None
    return Exact(1, (2 if halves else 1) * fact.denominators * step.numerator)


def allowed_error(gap: Exact) -> Exact:
    """Return below which error a float column tells the sides of its boundaries: half the *gap*."""
    return gap / 2


@frozen
class Task:
    """What is to be rounded to multiples of *step*: *sign* is -1 where all of it is at most zero (then it is turned),
    0 where both signs occur.
    """

    mode: Mode
    step: Exact
    sign: int

    @property
    def halves(self) -> bool:
        """Tell whether boundaries lie half way between steps."""
        return self.mode in _HALVES


def rounded(m: Maker, place: int, op: Op) -> Whole | None:
    """Return the rounded numbers, whole multiples of the step."""
    rounding, operand = op.param, op.operands[0]
    assert isinstance(rounding, Rounding)
    fact, size = m.facts(operand), m.facts(place).size
    step = m.facts(place).step if isinstance(rounding.target, Significant) else step_at(_ONE, rounding.target)
    dtype = None if size is None or not step else dtype_for(size / step)
    if dtype is None or size is None or not step:
        return None
    if isinstance(rounding.target, Significant):
        return Whole(step, dtype, size / step, lambda: _exactly(m, place, step, dtype))
    whole = m.whole(operand)
    if whole is not None and (whole.unit / step).denominator == 1:
        return Whole(whole.unit, whole.dtype, whole.size, whole.reg)
    task = _task(fact, rounding.mode, step)
    unit = -step if task.sign < 0 else step
    near = m.near(operand)
    if dtype == F8 and near is not None:
        cells, gap = in_steps(near, task), gap_of(fact, step, halves=task.halves)
        if gap is not None and near.doubt is None and cells.error < allowed_error(gap):
            return Whole(unit, F8, size / step, lambda: _proved(m, place, cells, task, gap))
    quotient = m.quotient(operand)
    if quotient is not None:
        found = _divided(m, place, quotient, task, size / step, dtype, op.table)
        if found is not None:
            return found
    if dtype == F8 and near is not None and cells.error < _GUARDED_UP_TO:
        return Whole(unit, F8, size / step, lambda: _guarded(m, place, cells, task, unit))
    return Whole(step, dtype, size / step, lambda: _exactly(m, place, step, dtype))


def _task(fact: Fact, mode: Mode, step: Exact) -> Task:
    if fact.low is not None and fact.low >= 0:
        return Task(Mode.FLOOR if mode is Mode.TRUNCATE else mode, step, 1)
    if fact.high is not None and fact.high <= 0:
        turned = {Mode.FLOOR: Mode.CEILING, Mode.CEILING: Mode.FLOOR, Mode.TRUNCATE: Mode.FLOOR}
        return Task(turned.get(mode, mode), step, -1)
    return Task(mode, step, 0)


@frozen(eq=False)
class Cells:
    """`cell · times + added` is within *error* of what is rounded, in steps, whatever is *added* up to one."""

    near: Near
    times: Exact
    error: Exact


def in_steps(near: Near, task: Task) -> Cells:
    """Return how cells become numbers of steps, and the error after the last addition."""
    times = near.factor / task.step * (-1 if task.sign < 0 else 1)
    size, error = near.size * abs(times), near.error * abs(times)
    if times != 1:
        error += 2 * roundoff(size + error) + roundoff(error)  # of the constant, and of the product
    error += 2 * roundoff(size + error + 2)  # of what is added, and of the sum
    return Cells(near, times, upward(error))


def _steps(m: Maker, cells: Cells) -> Reg:
    register = cells.near.reg()
    return register if cells.times == 1 else m.write(np.multiply, register, as_float(cells.times), table=register.table)


def _exactly(m: Maker, place: int, step: Exact, dtype: str) -> Reg:
    m.proved(place, PYTHON)
    return m.all_exactly(place, step, dtype)


def _proved(m: Maker, place: int, cells: Cells, task: Task, gap: Exact) -> Reg:
    """Floor, or ceiling, of what was moved by half the gap away from the boundaries."""
    m.proved(place, GAP, cells.error, allowed_error(gap))
    x = _steps(m, cells)
    if task.sign == 0 and task.mode not in (Mode.FLOOR, Mode.CEILING):
        size = m.write(np.absolute, x, table=x.table)
        return m.write(np.copysign, _positive(m, size, task.mode, gap), x, table=x.table)
    return _positive(m, x, task.mode, gap)


def _positive(m: Maker, x: Reg, mode: Mode, gap: Exact) -> Reg:
    half_gap, table = gap / 2, x.table
    match mode:
        case Mode.FLOOR | Mode.TRUNCATE:
            return m.write(np.floor, m.write(np.add, x, as_float(half_gap), table=table), table=table)
        case Mode.CEILING:
            return m.write(np.ceil, m.write(np.subtract, x, as_float(half_gap), table=table), table=table)
        case Mode.HALF_DOWN:
            return m.write(np.ceil, m.write(np.subtract, x, as_float(_HALF + half_gap), table=table), table=table)
    up = m.write(np.floor, m.write(np.add, x, as_float(_HALF + half_gap), table=table), table=table)
    if mode is Mode.HALF_UP:
        return up
    return m.write(functions.to_even, up, x, as_float(_HALF - half_gap), table=table)


def _guarded(m: Maker, place: int, cells: Cells, task: Task, unit: Exact) -> Reg:
    """Round both ends of each cell's enclosure; where they differ, the cell is computed exactly."""
    m.proved(place, GUARDED, cells.error)
    x = _steps(m, cells)
    turned = x
    if task.sign == 0 and task.mode not in (Mode.FLOOR, Mode.CEILING):
        x = m.write(np.absolute, x, table=x.table)
    moved = _HALF if task.halves else Exact(0)
    below, above = as_float(moved - cells.error), as_float(moved + cells.error)
    function = np.ceil if task.mode is Mode.CEILING else np.floor
    low = m.write(function, m.write(np.add, x, below, table=x.table), table=x.table)
    high = m.write(function, m.write(np.add, x, above, table=x.table), table=x.table)
    open_ = m.write(np.not_equal, low, high, dtype=TRUTH, table=x.table)
    if cells.near.doubt is not None:
        open_ = m.write(np.logical_or, open_, cells.near.doubt(), dtype=TRUTH, table=x.table)
    found = low if turned is x else m.write(np.copysign, low, turned, table=x.table)
    if cells.near.held is not None:
        found, open_ = _at_ends(m, place, cells, unit, (found, open_))
    return m.recomputed(place, found, open_, unit)


def _at_ends(m: Maker, place: int, cells: Cells, unit: Exact, regs: tuple[Reg, Reg]) -> tuple[Reg, Reg]:
    """Where what was held surely lies beyond an end, the number is that end, and its rounding is known."""
    held, rounding = cells.near.held, m.tape.ops[place].param
    assert held is not None
    assert isinstance(rounding, Rounding)
    found, open_ = regs
    base = held.base.reg()
    for end, function, sign in ((held.low, np.less_equal, -1), (held.high, np.greater_equal, 1)):
        if end is None:
            continue
        beyond = end + sign * (held.base.error + 2 * roundoff(abs(end)))
        sure = m.write(function, base, as_float(beyond), dtype=TRUTH, table=base.table)
        number = round_exact(end * cells.near.factor, rounding) / unit
        assert number.denominator == 1
        found = m.choose_by(sure, float(number.numerator), found, F8, base.table)
        doubtful = m.write(np.logical_not, sure, dtype=TRUTH, table=base.table)
        open_ = m.write(np.logical_and, open_, doubtful, dtype=TRUTH, table=base.table)
    return found, open_


def _divided(
    m: Maker, place: int, quotient: Quotient, task: Task, size: Exact, dtype: str, table: str | None
) -> Whole | None:
    """Divide int64 with remainder: floor(x + 1/2) = (2·above + below) // (2·below)."""
    if task.mode in (Mode.HALF_EVEN, Mode.TRUNCATE) or (task.sign == 0 and task.halves):
        return None
    times = quotient.factor / task.step * (-1 if task.sign < 0 else 1)
    twice = 2 if task.halves else 1
    above, below = abs(times.numerator) * twice, times.denominator * twice
    if dtype_for(quotient.above * above + quotient.below * below) is None or dtype_for(quotient.below * below) is None:
        return None
    sign = 1 if times > 0 else -1
    unit = -task.step if task.sign < 0 else task.step

    def write() -> Reg:
        m.proved(place, INT64)
        first, second = quotient.regs()
        n = _times(m, first, sign * above, table)
        d = _times(m, second, below, table)
        if task.mode in (Mode.CEILING, Mode.HALF_DOWN):  # ceil(x) = -floor(-x)
            n = m.write(np.negative, n, dtype=I8, table=table)
        if task.halves:
            n = m.write(np.add, n, _times(m, second, times.denominator, table), dtype=I8, table=table)
        found = m.write(functions.floor_divide, n, d, dtype=I8, table=table)
        if task.mode in (Mode.CEILING, Mode.HALF_DOWN):
            found = m.write(np.negative, found, dtype=I8, table=table)
        return m.write(functions.cast, found, table=table) if dtype == F8 else found

    return Whole(unit, dtype, size, write)


def _times(m: Maker, register: Reg, factor: int, table: str | None) -> Reg:
    return register if factor == 1 else m.write(np.multiply, register, factor, dtype=I8, table=table)
