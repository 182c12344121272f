"""What has to be relied on for a column that its declaration leaves open, once cells are found that the facts exclude.

Decimals are taken up to `MOST_DECIMALS`, numbers up to `LARGEST` of their smallest unit; what is beyond is left to the
reader of single rows, so that one odd cell does not make every column slow.
"""

from __future__ import annotations

from math import lcm
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.batch.source import NumberFacts
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.exact import Exact, decimal_places, from_float
from perfrules.tables.ingest.cells import Decimals, Floats, Mask, Wholes
from perfrules.tables.ingest.distinct import number_at
from perfrules.tables.ingest.fit import LARGEST, MOST_DECIMALS, declared_bounds, declared_decimals, divisor_of
from perfrules.tables.ingest.numbers import MOST_EXACT_TENS
from perfrules.tables.ingest.reading import Exacts, Figures


@frozen
class _Span:
    """How many decimals some cells have, and between which numbers they lie."""

    decimals: int
    low: Exact
    high: Exact


def wider_facts(figures: Figures, where: Mask, declaration: InputDeclaration, facts: NumberFacts) -> NumberFacts | None:
    """Return facts that hold of *facts*' cells and those at *where*, as far as these can be taken; None: none can."""
    divisor = 1 if isinstance(figures, Exacts) else divisor_of(declaration)
    span = _span(figures, where, declaration)
    if span is None:
        return None
    bounds = declared_bounds(declaration)
    if bounds is not None:
        low, high = bounds.low, bounds.high
    else:
        low, high = (_power(each) / divisor for each in (span.low, span.high))
        low, high = min(low, Exact(0)), max(high, Exact(0))
    found = NumberFacts(
        low=low if facts.low is None else min(low, facts.low),
        high=high if facts.high is None else max(high, facts.high),
        scale=lcm(facts.scale or 1, divisor * 10**span.decimals),
    )
    return None if found == facts else found


def _span(figures: Figures, where: Mask, declaration: InputDeclaration) -> _Span | None:
    most = declared_decimals(declaration)
    most = MOST_DECIMALS if most is None else most
    match figures:
        case Floats(values, _):
            return _of_floats(values[where], most)
        case Wholes(values, _):
            return _of_wholes(values[where])
        case Decimals():
            return _of_decimals(figures, where, most)
        case Exacts(codes, numbers):
            return _of_exacts([numbers[code] for code in set(codes[where].tolist())], most + 2)


def _of_floats(values: NDArray[Any], most: int) -> _Span | None:
    values = values[np.abs(values) <= values.dtype.type(LARGEST)]
    span: _Span | None = None
    with np.errstate(all="ignore"):
        for decimals in range(min(most, MOST_EXACT_TENS[values.itemsize]) + 1):
            unit = np.float64(10**decimals)
            raw = np.rint(values * unit)
            fits = ((raw / unit).astype(values.dtype) == values) & (np.abs(raw) <= np.float64(LARGEST))
            if fits.any():
                span = _joined(span, _floats_span(values[fits], decimals))
            values = values[~fits]
    return span


def _floats_span(values: NDArray[Any], decimals: int) -> _Span:
    low, high = (from_float(float(each)) or Exact(0) for each in (values.min(), values.max()))
    return _Span(decimals, low, high)


def _of_wholes(values: NDArray[Any]) -> _Span | None:
    values = values[(values >= -LARGEST) & (values <= LARGEST)]
    return _Span(0, Exact(int(values.min())), Exact(int(values.max()))) if len(values) else None


def _of_decimals(figures: Decimals, where: Mask, most: int) -> _Span | None:
    span: _Span | None = None
    for number in {number_at(figures, place) for place in np.nonzero(where)[0].tolist()}:
        cell = Exact(number) / Exact(10) ** figures.scale
        span = _joined(span, _of_one(cell, most))
    return span


def _of_exacts(numbers: list[Exact], most: int) -> _Span | None:
    span: _Span | None = None
    for number in numbers:
        span = _joined(span, _of_one(number, most))
    return span


def _of_one(number: Exact, most: int) -> _Span | None:
    places = decimal_places(number)
    if places is None or places > most or abs(number) * 10**places > LARGEST:
        return None
    return _Span(places, number, number)


def _joined(first: _Span | None, second: _Span | None) -> _Span | None:
    if first is None or second is None:
        return second if first is None else first
    decimals = max(first.decimals, second.decimals)
    return _Span(decimals, min(first.low, second.low), max(first.high, second.high))


def _power(number: Exact) -> Exact:
    """Return the next power of ten away from zero, with the sign of *number*.

    >>> _power(Exact(-250)), _power(Exact(1, 2)), _power(Exact(0))
    (Fraction(-1000, 1), Fraction(1, 1), Fraction(0, 1))
    """
    if number == 0:
        return Exact(0)
    power = Exact(1)
    while power < abs(number):
        power *= 10
    return power if number > 0 else -power
