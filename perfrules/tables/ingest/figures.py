"""Figures of any form written as raw numbers, or told exactly one by one."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from perfrules.batch.source import NumberFacts
from perfrules.ir.inputs import Bounds, InputDeclaration
from perfrules.lang.exact import Exact
from perfrules.readers.python_values import Figure, plain
from perfrules.tables.ingest.cells import Decimals, Floats, Mask, Wholes
from perfrules.tables.ingest.distinct import number_at
from perfrules.tables.ingest.fit import NOTHING_FITS, Fit, anywhere, declared_bounds, divisor_of, known_fit
from perfrules.tables.ingest.numbers import write_decimals, write_floats, write_wholes
from perfrules.tables.ingest.reading import Exacts, Figures

_ZERO: Final = Exact(0)


def write_figures(
    figures: Figures, declaration: InputDeclaration, facts: NumberFacts, out: NDArray[Any]
) -> tuple[Mask | None, Fit]:
    """Write raw numbers into *out*; return where cells do not fit (None: nowhere), and what they had to fit."""
    fit = known_fit(declaration, facts, unbounded=out.dtype == object)
    is_open = facts.scale is None or (out.dtype != object and (facts.low is None or facts.high is None))
    if isinstance(figures, Exacts) and not is_open:
        return _write_exacts(figures, declared_bounds(declaration), facts, out), fit
    if fit is NOTHING_FITS:
        out[:] = anywhere(facts)
        return np.ones(len(out), bool), fit
    match figures:
        case Floats():
            return write_floats(figures, fit, out), fit
        case Wholes():
            return write_wholes(figures, fit, out), fit
        case Decimals():
            return write_decimals(figures, fit, out), fit
    raise AssertionError("what fits has a scale and two ends")


def exact_at(figures: Figures, place: int, declaration: InputDeclaration) -> Exact:
    """Return the value of one cell; 0 where it has none."""
    match figures:
        case Floats(values, _):
            found = plain(values[place])
            cell = found.value if isinstance(found, Figure) else _ZERO
        case Wholes(values, _):
            cell = Exact(int(values[place]))
        case Decimals():
            cell = Exact(number_at(figures, place)) / Exact(10) ** figures.scale
        case Exacts(codes, numbers):
            return numbers[int(codes[place])]
    return cell / divisor_of(declaration)


def _write_exacts(figures: Exacts, bounds: Bounds | None, facts: NumberFacts, out: NDArray[Any]) -> Mask | None:
    harmless = anywhere(facts)
    raws = [_raw(number, facts) if _is_within(number, bounds) else None for number in figures.numbers]
    out[:] = np.array([harmless if raw is None else raw for raw in raws], out.dtype)[figures.codes]
    bad: Mask = np.array([raw is None for raw in raws])[figures.codes]
    return bad if bad.any() else None


def _is_within(number: Exact, bounds: Bounds | None) -> bool:
    """Tell whether a range holds a number; the limits of a level are looked at here alone, of inputs by the reader."""
    if bounds is None:
        return True
    above = number > bounds.low or (bounds.low_closed and number == bounds.low)
    return above and (number < bounds.high or (bounds.high_closed and number == bounds.high))


def _raw(number: Exact, facts: NumberFacts) -> int | None:
    """Return the raw number of a value; None where the facts do not hold of it."""
    raw = number * (facts.scale or 1)
    below = facts.low is not None and number < facts.low
    above = facts.high is not None and number > facts.high
    return None if below or above or raw.denominator != 1 else raw.numerator
