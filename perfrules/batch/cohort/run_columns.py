"""Numbers of all entities as columns that a program can read: whole numbers, quotients of them, or in two parts.

Numbers that are too long for whole numbers of 64 bits are read as a whole number of 2**-k and what is left over: the
former is as near as a float comes, the latter, which is exact, is looked at only where that does not decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from perfrules.batch.cohort.figures import INT64_END, Cells, Figures, as_objects, compact, greatest, joined
from perfrules.batch.cohort.members import Mask
from perfrules.batch.source import NumberFacts
from perfrules.ir.expressions import Arith, ArithOp, CohortAggregate, Const, Expr, Input
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Number

_ONE: Final = Exact(1)
_FLOAT_BITS: Final = 53
_TAME: Final = 16


@frozen(eq=False)
class RunColumn:
    """One column of the run: whole numbers over *scale*, exact numbers (*scale* None), or truths (no *facts*).

    *states* are codes, MISSING and EXCLUDED only (None: a value in every row).
    """

    values: Figures | Cells = field(repr=False)
    facts: NumberFacts | None
    states: NDArray[Any] | None = field(default=None, repr=False)


Read = tuple[Expr, Mapping[str, RunColumn]]
"""What a plan reads, and the columns that it needs, by their names."""


@frozen(eq=False)
class RunNumbers:
    """The numbers of all entities: each its own, or (*groups*) that of its group."""

    numbers: Figures
    groups: Cells | None

    def known(self, known: Mask) -> RunNumbers:
        """Put a number that occurs where none is *known*, and take one denominator where that keeps numbers short."""
        if self.groups is not None:
            of_groups = np.zeros(len(self.numbers), bool)
            of_groups[self.groups[known]] = True
            known = of_groups
        values = self.numbers
        if not known.all():
            first, some = int(np.argmax(known)), bool(known.any())
            below = values.below
            if not isinstance(below, int):
                below = np.where(known, below, below[first] if some else 1)
            values = Figures(np.where(known, values.tops, values.tops[first] if some else 0), below)
        found = joined(values)
        return evolve(self, numbers=found if greatest(found.tops) < 2**_FLOAT_BITS else values)

    def column(self, numbers: Figures, states: NDArray[Any] | None = None) -> RunColumn:
        """Return a column of all entities."""
        return RunColumn(numbers if self.groups is None else numbers.take(self.groups), facts_of(numbers), states)


def read_numbers(expr: CohortAggregate, name: str, run: RunNumbers, states: NDArray[Any] | None) -> Read:
    """Return how a plan reads the numbers of *run* with their *states*."""
    numbers = run.numbers
    if states is None and (constant := _constant(numbers)) is not None:
        return Const(constant, kind=expr.kind, origin=expr.origin), {}
    if isinstance(numbers.below, int) and numbers.tops.dtype != object and numbers.below < INT64_END:
        return Input(name, kind=expr.kind, origin=expr.origin), {name: run.column(numbers, states)}
    is_quotient = not isinstance(numbers.below, int) and numbers.tops.dtype != object and numbers.below.dtype != object
    if is_quotient and (run.groups is None or _excess(numbers) <= _TAME):
        return _quotient(expr, name, run, states)
    return _in_two_parts(expr, name, run, states)


def facts_of(numbers: Figures) -> NumberFacts:
    """Return what holds of all numbers; without a scale they are read as exact numbers."""
    if not len(numbers):
        return NumberFacts(low=Exact(0), high=_ONE, scale=1)
    if isinstance(numbers.below, int) and numbers.tops.dtype != object and numbers.below < INT64_END:
        ends = numbers.tops.min(), numbers.tops.max()
        return NumberFacts(
            low=Exact(int(ends[0]), numbers.below), high=Exact(int(ends[1]), numbers.below), scale=numbers.below
        )
    whole = as_objects(numbers.tops) // as_objects(numbers.belows)
    return NumberFacts(low=Exact(int(whole.min())), high=Exact(int(whole.max()) + 1), scale=None)


def _excess(numbers: Figures) -> int:
    """Return how many times greater the greatest quotient seems, by its parts alone, than it is."""
    assert not isinstance(numbers.below, int)
    seems = greatest(numbers.tops) // int(numbers.below.min())
    return seems // (greatest(numbers.tops // numbers.below) + 1)


def _quotient(expr: CohortAggregate, name: str, run: RunNumbers, states: NDArray[Any] | None) -> Read:
    numbers, kind = run.numbers, expr.kind
    divisor = Input(f"{name} below", kind=Number(), origin=expr.origin)
    found: Expr = Arith(
        ArithOp.DIVIDE, (Input(name, kind=kind, origin=expr.origin), divisor), kind=kind, origin=expr.origin
    )
    if _excess(numbers) > 1:  # its parts alone do not tell where it lies
        whole = numbers.tops // numbers.below
        for op, end in ((ArithOp.MAXIMUM, int(whole.min())), (ArithOp.MINIMUM, int(whole.max()) + 1)):
            found = Arith(op, (found, Const(Exact(end), kind=kind, origin=expr.origin)), kind=kind, origin=expr.origin)
    below = run.column(Figures(numbers.belows))
    return found, {name: run.column(Figures(numbers.tops), states), divisor.name: below}


def _in_two_parts(expr: CohortAggregate, name: str, run: RunNumbers, states: NDArray[Any] | None) -> Read:
    tops, belows = as_objects(run.numbers.tops), as_objects(run.numbers.belows)
    unit = 1 << max(_FLOAT_BITS - 1 - greatest(tops // belows).bit_length(), 0)
    near = (tops * unit) // belows
    left = Figures(tops * unit - near * belows, belows * unit)
    reading, rest = (
        Input(name, kind=expr.kind, origin=expr.origin),
        Input(f"{name} rest", kind=expr.kind, origin=expr.origin),
    )
    facts = NumberFacts(low=Exact(0), high=Exact(1, unit), scale=None)
    columns = {
        name: run.column(Figures(compact(near), unit), states),
        rest.name: evolve(run.column(left), facts=facts),
    }
    return Arith(ArithOp.ADD, (reading, rest), kind=expr.kind, origin=expr.origin), columns


def _constant(numbers: Figures) -> Exact | None:
    if not len(numbers) or not bool((numbers.tops == numbers.tops[0]).all()):
        return None
    if not isinstance(numbers.below, int) and not bool((numbers.below == numbers.below[0]).all()):
        return None
    return numbers.at(0)
