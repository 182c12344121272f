"""Which way cases, step tables and curves go: as their values do, in the order of what chooses them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from perfrules.ir import expressions as core
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, hull
from perfrules.prove.directions import OPEN, SAME, UP, Direction, together
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.families.steps import ends_of, meets, remains, taken_by, whole_of
from perfrules.prove.scene import Visit

_Band: TypeAlias = tuple[Interval, Interval | None]
"""What a step gets to hold of the subject, and what it earns there; None where it earns no marks."""


def select(visit: Visit, parts: Sequence[Direction]) -> Direction:
    """Cases are nested choices: where a condition that grows true is met, its value must not lie below what follows."""
    expr = visit.expr
    assert isinstance(expr, core.Select)
    remaining = list(zip(visit.parts, parts, strict=True))
    chain: list[tuple[Direction, Visit, Direction]] = []
    for reached in visit.reached[:-1]:
        if not remaining or len(remaining) == 1:
            break
        condition = remaining.pop(0)[1]
        if reached:
            value, direction = remaining.pop(0)
            chain.append((condition, value, direction))
    # A condition that always holds makes its case the last one.
    last, found = remaining[0] if remaining else chain.pop()[1:]
    below = last.value.numbers
    for condition, value, direction in reversed(chain):
        found = together((found, direction, _switch(condition, value.value.numbers, below)))
        below = _wider(below, value.value.numbers)
    chosen_by_input = any(condition is not SAME for condition, _, _ in chain)
    if chosen_by_input and _is_unordered(visit.value):
        return OPEN
    return _not_same(found) if chosen_by_input and visit.value.states else found


def _is_unordered(value: Enclosure) -> bool:
    """Tell whether values other than numbers are chosen from, of which none is above another."""
    return bool(value.booleans) or value.texts is None or bool(value.texts) or value.days is not None


def _not_same(direction: Direction) -> Direction:
    """Say less than SAME of what has a value for some of the input only: whether it has one does not stay the same."""
    return UP if direction is SAME else direction


def _switch(condition: Direction, value: Interval | None, otherwise: Interval | None) -> Direction:
    """Return the way things go when *condition* turns from false to true; a branch without a value does not count."""
    if condition is SAME or value is None or otherwise is None:
        return SAME
    if _not_below(value, otherwise) and condition is not OPEN:
        return condition
    return condition.flipped() if _not_below(otherwise, value) and condition is not OPEN else OPEN


def _not_below(one: Interval, other: Interval) -> bool:
    return one.lo is not None and other.hi is not None and one.lo >= other.hi


def _wider(one: Interval | None, other: Interval | None) -> Interval | None:
    if one is None or other is None:
        return one or other
    return hull(one, other)


def step_table(visit: Visit, parts: Sequence[Direction]) -> Direction:
    """Bands with known edges go one way if their values do, in the order of what each band really gets to hold."""
    expr = visit.expr
    assert isinstance(expr, core.Steps)
    subject, rest = parts[0], list(zip(visit.parts[1:], parts[1:], strict=True))
    left = whole_of(visit.parts[0].value)
    bands: list[_Band] = []
    values: list[Direction] = []
    for step, reached in zip(expr.steps, visit.reached, strict=False):
        ends = [rest.pop(0) for _ in ends_of(step.takes)]
        taken = taken_by(step.takes, [end.value for end, _ in ends])
        if any(direction is not SAME for _, direction in ends):
            return OPEN
        if subject is not SAME and (taken.states or taken.surely != taken.maybe):
            return OPEN
        if reached:
            value, direction = rest.pop(0)
            values.append(direction)
            bands += [(piece, value.value.numbers) for piece in meets(left, taken).pieces]
        left = remains(left, taken)
    if rest:
        values.append(rest[0][1])
        bands += [(piece, rest[0][0].value.numbers) for piece in left.pieces]
    if subject is SAME:
        return together(values)
    if _is_unordered(visit.value):
        return OPEN
    heights = [height for _, height in sorted(bands, key=_start) if height is not None]
    found = together((*values, _through(subject, heights)))
    return _not_same(found) if visit.value.states else found


def _start(band: _Band) -> tuple[bool, Exact, bool]:
    return band[0].lo is not None, band[0].lo or Exact(0), not band[0].lo_closed


def _through(subject: Direction, heights: Sequence[Interval]) -> Direction:
    if subject is SAME or all(_not_below(b, a) and _not_below(a, b) for a, b in pairwise(heights)):
        return SAME
    if all(_not_below(after, before) for before, after in pairwise(heights)):
        return subject
    return subject.flipped() if all(_not_below(before, after) for before, after in pairwise(heights)) else OPEN


def lines(visit: Visit, parts: Sequence[Direction]) -> Direction:
    xs, ys = parts[1::2], parts[2::2]
    heights = [part.value.numbers for part in visit.parts[2::2]]
    known = [height for height in heights if height is not None]
    if any(x is not SAME for x in xs) or len(known) < len(heights):
        return OPEN
    return together((*ys, _through(parts[0], known)))
