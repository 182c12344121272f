"""Piecewise linear functions: between the lowest and the highest point that the subject can reach."""

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from typing import TypeAlias

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, hull
from perfrules.prove.enclosure import Enclosure, in_interval
from perfrules.prove.families.arithmetic import states_of
from perfrules.prove.scene import Scene

_Point: TypeAlias = tuple[Exact, Exact]


def lines(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose the height of the lines at the subject."""
    assert isinstance(expr, core.Lines)
    subject = scene.enclose(expr.subject)
    points = [(scene.enclose(x), scene.enclose(y)) for x, y in expr.points]
    states = states_of((subject, *(end for point in points for end in point)))
    heights = [y.numbers for _, y in points if y.numbers is not None]
    if subject.numbers is None or len(heights) < len(points) or any(x.numbers is None for x, _ in points):
        return Enclosure(states=states)
    xs = [x.numbers.lo for x, _ in points if x.numbers is not None and x.numbers.is_point and x.numbers.lo is not None]
    if len(xs) < len(points) or any(after <= before for before, after in pairwise(xs)):
        return in_interval(reduce(hull, heights), None, states)
    return in_interval(_reach(xs, heights, subject.numbers), None, states)


def height_at(points: Sequence[_Point], x: Exact) -> Exact:
    """Return the height at *x* of the lines through *points*, flat outside.

    >>> height_at([(Exact(0), Exact(0)), (Exact(2), Exact(5))], Exact(1))
    Fraction(5, 2)
    """
    if x <= points[0][0]:
        return points[0][1]
    for (x1, y1), (x2, y2) in pairwise(points):
        if x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1)
    return points[-1][1]


def _reach(xs: Sequence[Exact], heights: Sequence[Interval], subject: Interval) -> Interval:
    """Between any two points the height is a mean of theirs, so the lowest line and the highest line enclose it."""
    lows = [y.lo for y in heights if y.lo is not None]
    highs = [y.hi for y in heights if y.hi is not None]
    below = _image(list(zip(xs, lows, strict=True)), subject) if len(lows) == len(xs) else None
    above = _image(list(zip(xs, highs, strict=True)), subject) if len(highs) == len(xs) else None
    exact = all(y.is_point for y in heights)
    return Interval(
        None if below is None else below.lo,
        None if above is None else above.hi,
        not exact or below is None or below.lo_closed,
        not exact or above is None or above.hi_closed,
    )


def _image(points: Sequence[_Point], subject: Interval) -> Interval:
    ends = [
        (subject.lo, subject.lo_closed) if subject.lo is not None else (points[0][0] - 1, True),
        (subject.hi, subject.hi_closed) if subject.hi is not None else (points[-1][0] + 1, True),
    ]
    if subject.lo is None and subject.hi is not None:
        ends[0] = (min(points[0][0], subject.hi) - 1, True)
    if subject.hi is None and subject.lo is not None:
        ends[1] = (max(points[-1][0], subject.lo) + 1, True)
    (first, first_closed), (last, last_closed) = ends
    inner = [(x, True) for x, _ in points if first < x < last]
    places = [(first, first_closed), *inner, (last, last_closed)]
    heights = [(height_at(points, x), closed) for x, closed in places]
    pieces = (
        [_between(a, b) for a, b in pairwise(heights)] if first < last else [Interval(heights[0][0], heights[0][0])]
    )
    return reduce(hull, pieces)


def _between(a: tuple[Exact, bool], b: tuple[Exact, bool]) -> Interval:
    """Return the heights of one segment; a flat one is there even if its ends are not."""
    (low, low_closed), (high, high_closed) = sorted((a, b))
    return Interval(low, high, low_closed or low == high, high_closed or low == high)
