"""Functions of a few exact numbers that have to be computed cell by cell; outside their domain the cell holds 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import numpy as np

from perfrules.batch.rationals import Cells, Numbers, from_fractions
from perfrules.batch.tape import Lookup
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.means import geometric_mean, median
from perfrules.ir.expressions import IrrationalFunction
from perfrules.lang import irrational
from perfrules.lang.exact import Exact

_NOTHING: Final = Exact(0)


def _root(x: Exact, n: Exact) -> Exact:
    if n.denominator != 1:
        raise ValueError("the degree of a root is a whole number")
    return irrational.root(x, n.numerator)


_FUNCTIONS: Final[dict[IrrationalFunction, Callable[..., Exact]]] = {
    IrrationalFunction.LN: irrational.ln,
    IrrationalFunction.EXP: irrational.exp,
    IrrationalFunction.SQRT: irrational.sqrt,
    IrrationalFunction.ROOT: _root,
    IrrationalFunction.POWER: irrational.power,
}


def irrational_of(function: IrrationalFunction, operands: Sequence[Numbers]) -> Numbers:
    """Return the function of one or two columns; cells with equal operands are computed once."""
    found: dict[tuple[Exact, ...], Exact] = {}
    return from_fractions([_kept(found, _FUNCTIONS[function], each) for each in _rows(operands)])


def _kept(found: dict[tuple[Exact, ...], Exact], make: Callable[..., Exact], operands: tuple[Exact, ...]) -> Exact:
    if operands not in found:
        try:
            found[operands] = make(*operands)
        except ValueError:
            found[operands] = _NOTHING
    return found[operands]


def geometric_mean_of(values: Sequence[Numbers], weights: Sequence[Numbers]) -> Numbers:
    """Return the weighted geometric mean; what weighs nothing is left out."""
    rows = zip(_rows(values), _rows(weights), strict=True)
    return from_fractions([_geometric_mean(zip(xs, ws, strict=True)) for xs, ws in rows])


def _geometric_mean(weighted: Iterable[tuple[Exact, Exact]]) -> Exact:
    weighing = [(x, weight) for x, weight in weighted if weight]
    try:
        return geometric_mean(weighing) if weighing else _NOTHING
    except EvaluationDefect:
        return _NOTHING


def median_of(values: Sequence[Numbers], taken: Sequence[Cells]) -> Numbers:
    """Return in each row the median of the values that are taken."""
    chosen = [
        [value for value, is_taken in zip(row, truths, strict=True) if is_taken]
        for row, truths in zip(_rows(values), zip(*(each.tolist() for each in taken), strict=True), strict=True)
    ]
    return from_fractions([median(each) if each else _NOTHING for each in chosen])


def looked_up(lookup: Lookup, places: Numbers) -> Numbers:
    """Return the number at each place; 0 outside and between the places."""
    last = lookup.first + len(lookup.values) - 1
    found = [
        lookup.values[int(place) - lookup.first] if place.denominator == 1 and lookup.first <= place <= last else 0
        for place in places.fractions()
    ]
    cells = np.empty(len(found), object)
    cells[:] = found
    return Numbers(cells, 1)


def _rows(columns: Sequence[Numbers]) -> Iterable[tuple[Exact, ...]]:
    return zip(*(column.fractions() for column in columns), strict=True)
