"""Candidates on a curve: one natural unit further on the slope, and the next point that gives more."""

from collections.abc import Iterator
from itertools import pairwise

from perfrules.evaluate.numbering import Placed
from perfrules.explain.changes.target import Target, natural_unit, one_further, subject_of, toward
from perfrules.explain.reading import Reading
from perfrules.lang.exact import Exact


def targets(reading: Reading, placed: Placed) -> Iterator[Target]:
    """Yield what would give more, a small step first."""
    found = subject_of(reading, placed.parts[0])
    given = reading.exact(placed)
    numbers = [reading.exact(part) for part in placed.parts[1:]]
    if found is None or given is None:
        return
    now, kind = found
    points = [(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True) if x is not None and y is not None]
    small = _small_step(now, points, natural_unit(kind))
    if small is not None:
        yield toward("curve", placed.parts[0], now, small)
    above = next((x for x, y in points if x > now and y > given), None)
    below = next((x for x, y in reversed(points) if x < now and y > given), None)
    for to in (above, below):
        if to is not None and to != small:
            yield toward("curve", placed.parts[0], now, to)


def _small_step(now: Exact, points: list[tuple[Exact, Exact]], unit: Exact) -> Exact | None:
    """Return one unit further on the slope that *now* lies on; None where that leaves the slope."""
    for (x1, y1), (x2, y2) in pairwise(points):
        upward = y2 > y1
        to = one_further(now, unit, upward=upward)
        if y1 != y2 and x1 <= now <= x2 and x1 < to < x2:
            return to
    return None
