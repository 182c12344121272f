"""Logic of two values as columns: what others decide already is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from perfrules.batch.lower.columns import Columns
from perfrules.batch.tape import Do, Type

_ASKED_TOGETHER = 60
"""Longer lists are taken as they are."""


def negation(c: Columns, place: int) -> int:
    """Return NOT."""
    op = c.op(place)
    match op.do:
        case Do.CONSTANT:
            return c.truth(not op.param)
        case Do.NOT:
            return op.operands[0]
    return c.add(Do.NOT, place, type=Type.TRUTH)


def together(c: Columns, do: Do, places: Iterable[int]) -> int:
    """Join truths by AND or by OR.

    One false (true) operand decides, as two opposite ones do; of an operand only that is kept which is open while the
    others hold (fail).
    """
    decisive = do is Do.OR
    kept = dict.fromkeys(place for place in places if c.constant(place) is not (not decisive))
    if any(c.constant(place) is decisive for place in kept):
        return c.truth(decisive)
    if len(kept) <= 1:
        return next(iter(kept)) if kept else c.truth(not decisive)
    if len(kept) < _ASKED_TOGETHER:
        known = _parts(c, do, kept)
        if any(_negated(c, place) in known for place in known):
            return c.truth(decisive)
        for place in kept:
            rest = _open(c, do, place, _parts(c, do, [other for other in kept if other != place]))
            if rest != place:
                return together(c, do, [rest if each == place else each for each in kept])
    return c.add(do, *sorted(kept), type=Type.TRUTH)


def _parts(c: Columns, do: Do, places: Collection[int]) -> set[int]:
    """Return *places* and what those of them are made of that are of the same operation."""
    found: set[int] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting += c.op(place).operands if c.op(place).do is do else ()
    return found


def _open(c: Columns, do: Do, place: int, known: Collection[int]) -> int:
    """Return what is left of an operand of *do*, the *known* ones having no say (true under AND, false under OR)."""
    neutral = c.truth(do is Do.AND)
    op = c.op(place)
    if op.do is do:
        rest = [each for each in op.operands if each not in known]
        return place if len(rest) == len(op.operands) else together(c, do, rest)
    if op.do is (Do.OR if do is Do.AND else Do.AND):
        if any(each in known for each in op.operands):
            return neutral
        rest = [each for each in op.operands if _opposite(c, each) not in known]
        return place if len(rest) == len(op.operands) else together(c, op.do, rest)
    inner = c.op(op.operands[0]) if op.do is Do.NOT else None
    if inner is not None and inner.do is do:
        rest = [each for each in inner.operands if each not in known]
        return place if len(rest) == len(inner.operands) else negation(c, together(c, do, rest))
    return place


def _opposite(c: Columns, place: int) -> int | None:
    """Return the negation of *place*, if it is there; that of a negation is what it negates."""
    op = c.op(place)
    return op.operands[0] if op.do is Do.NOT else negation(c, place)


def _negated(c: Columns, place: int) -> int | None:
    """Return what *place* negates."""
    op = c.op(place)
    return op.operands[0] if op.do is Do.NOT else None
