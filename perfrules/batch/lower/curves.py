"""Curves and parts as columns: a line through constant points is a sum of held and multiplied subjects."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.columns import Columns
from perfrules.ir.expressions import CompareOp, PartsRule
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import TO_INTEGER_ABOVE, TO_INTEGER_BELOW

Point: TypeAlias = tuple[Exact, Exact]
Ends: TypeAlias = tuple[int, int, int, int]


def parts(c: Columns, rule: PartsRule, distance: int, step: int) -> int:
    """Count the steps that a distance holds."""
    quotient = numbers.quotient(c, distance, step)
    match rule:
        case PartsRule.EXACT:
            return quotient
        case PartsRule.WHOLE:
            return numbers.rounded(c, quotient, TO_INTEGER_BELOW)
        case PartsRule.STARTED:
            return numbers.rounded(c, quotient, TO_INTEGER_ABOVE)


def line(c: Columns, subject: int, points: Sequence[tuple[int, int]]) -> int:
    """Follow the line through *points*, flat outside its ends."""
    known = [(numbers.number_at(c, x), numbers.number_at(c, y)) for x, y in points]
    constant = [(x, y) for x, y in known if x is not None and y is not None]
    return _through(c, subject, constant) if len(constant) == len(points) else _between(c, subject, points)


def _through(c: Columns, subject: int, points: Sequence[Point]) -> int:
    """Return y1 + Σ slope · (the subject held between two x − the lower x), of neighbours with one slope once."""
    terms: list[tuple[Exact, int]] = [(Exact(1), c.number(points[0][1]))]
    for (x1, y1), (x2, y2) in pairwise(without_bends_that_are_none(points)):
        if x1 < x2 and y1 != y2:
            slope = (y2 - y1) / (x2 - x1)
            held = numbers.held(c, subject, c.number(x1), c.number(x2))
            terms += [(slope, held), (-slope, c.number(x1))]
    return numbers.weighted(c, terms)


def without_bends_that_are_none(points: Sequence[Point]) -> list[Point]:
    """Leave out points on the line between their neighbours.

    >>> one, two, five = (Exact(0), Exact(0)), (Exact(1), Exact(2)), (Exact(2), Exact(4))
    >>> without_bends_that_are_none([one, two, five]) == [one, five]
    True
    """
    kept: list[Point] = []
    for x, y in points:
        while len(kept) > 1:
            (x1, y1), (x2, y2) = kept[-2:]
            if (y2 - y1) * (x - x2) != (y - y2) * (x2 - x1):
                break
            kept.pop()
        kept.append((x, y))
    return kept


def _between(c: Columns, subject: int, points: Sequence[tuple[int, int]]) -> int:
    """Choose the two points around the subject, then divide once."""
    if len(points) == 1:
        return points[0][1]
    held = numbers.held(c, subject, points[0][0], points[-1][0])
    segments = [(*first, *second) for first, second in pairwise(points)]
    x1, y1, x2, y2 = segments[-1]
    for segment in reversed(segments[:-1]):
        before = truths.compared(c, CompareOp.AT_MOST, held, segment[2])
        x1, y1, x2, y2 = (truths.where(c, before, *two) for two in zip(segment, (x1, y1, x2, y2), strict=True))
    along, width = numbers.difference(c, held, x1), numbers.difference(c, x2, x1)
    rise = numbers.difference(c, y2, y1)
    return numbers.total(c, (y1, numbers.product(c, (numbers.quotient(c, along, width), rise))))
