"""What sums and quotients over statistics and an entity's own values are known to be, beyond what their parts tell.

`x / max(x across entities)` is at most 1 for an entity that counts: where all is a number, its own value is among those
compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, intersect, make_interval
from perfrules.prove.compared import Comparisons
from perfrules.prove.enclosure import Enclosure, refine
from perfrules.prove.linear import Combination, Look, combination, enclosed, plus, taken_apart
from perfrules.prove.orders import orders
from perfrules.prove.scene import Scene

_MOST_NAMES: Final = 16
"""How many names are looked into for one sum."""


def sum_among_members(expr: Expr, scene: Scene, found: Enclosure) -> Enclosure:
    """Narrow what a sum or difference was found to be by what is known of statistics in it."""
    if scene.world.comparisons is None or found.numbers is None:
        return found
    terms = taken_apart(expr, scene, _look(scene, scene.world.comparisons))
    return _narrowed(found, _enclosed(terms, scene)) if _compares(terms, scene.world.comparisons) else found


def quotient_among_members(above: Expr, below: Expr, scene: Scene, found: Enclosure) -> Enclosure:
    """Narrow what a quotient was found to be by what is known of statistics in it."""
    known, sign = scene.world.comparisons, _sign(scene.quietly(below))
    if known is None or found.numbers is None or sign is None:
        return found
    look = _look(scene, known)
    over, under = combination(above, scene, look), combination(below, scene, look)
    if not _compares(plus(over, under, Exact(1)), known):
        return found
    for times in _candidates(over, under, scene):
        rest = _enclosed(plus(over, under, -times), scene)
        if rest is not None:
            found = _narrowed(found, _side(rest, times, sign))
    return found


def orders_within(expr: core.Arith, scene: Scene) -> Iterator[tuple[Expr, Expr]]:
    """Yield the pairs of which the first is never above the second, among what a sum or a quotient is made of."""
    if scene.world.comparisons is not None:
        look = _look(scene, scene.world.comparisons)
        terms: Combination = {}
        for operand in expr.operands:
            terms = plus(terms, combination(operand, scene, look), Exact(1))
        yield from orders(scene, _parts(terms))


def _enclosed(terms: Combination, scene: Scene) -> Interval | None:
    return enclosed(terms, scene, list(orders(scene, _parts(terms))))


def _parts(terms: Combination) -> list[Expr]:
    return [part for part in terms if part is not None]


def _compares(terms: Combination, known: Comparisons) -> bool:
    return any(known.statistic(part) is not None for part in _parts(terms))


def _look(scene: Scene, known: Comparisons) -> Look:
    """Look through names that stand for a value compared or for arithmetic with statistics, so many of them."""
    names_left = iter(range(_MOST_NAMES))

    def look(expr: Expr) -> tuple[Expr, bool]:
        seen = known.meaning(expr)
        if seen in known.own_values or known.statistic(seen) is not None:
            return seen, True
        if not isinstance(seen, core.NodeRef) or seen.id not in known.dependants:
            return seen, False
        inner = scene.world.nodes[seen.id].expr
        return (inner, False) if isinstance(inner, core.Arith) and next(names_left, None) is not None else (seen, True)

    return look


def _candidates(over: Combination, under: Combination, scene: Scene) -> Iterator[Exact]:
    """Yield what the quotient may be compared with: how often a part goes into itself or into what bounds it."""
    found = dict.fromkeys(over[part] / under[part] for part in _parts(over) if under.get(part))
    pairs = orders(scene, _parts(plus(over, under, Exact(1))))
    for one, other in pairs:
        for first, second in ((one, other), (other, one)):
            if over.get(first) and under.get(second):
                found[over[first] / under[second]] = None
    yield from found


def _sign(divisor: Enclosure) -> int | None:
    """Return which sign all divisors have, zero being none."""
    numbers = divisor.numbers
    if numbers is None:
        return None
    if numbers.lo is not None and numbers.lo >= 0:
        return 1
    return -1 if numbers.hi is not None and numbers.hi <= 0 else None


def _side(rest: Interval, times: Exact, sign: int) -> Interval | None:
    """Return where a quotient lies if the dividend less *times* the divisor, of that *sign*, lies in *rest*."""
    never_above = rest.hi is not None and rest.hi <= 0
    never_below = rest.lo is not None and rest.lo >= 0
    if sign < 0:
        never_above, never_below = never_below, never_above
    if not never_above and not never_below:
        return None
    return make_interval(times if never_below else None, times if never_above else None)


def _narrowed(found: Enclosure, known: Interval | None) -> Enclosure:
    """Keep of *found* what *known* holds; what contradicts cannot come about, and nothing is said of it."""
    if known is None or found.numbers is None or found.reported or intersect(found.numbers, known) is None:
        return found
    narrower = refine(found, evolve(found, numbers=known, step=None, nonzero=False))
    return found if narrower.numbers is None else narrower
