"""Which values are never above which: an entity's own value, and the statistics across entities it counts in.

Nothing is said where the entity may not be among those compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import permutations
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CohortOp, Expr
from perfrules.prove.compared import Compared, Comparisons
from perfrules.prove.enclosure import UNKNOWN
from perfrules.prove.scene import Scene

_MIDDLE: Final = frozenset({CohortOp.MEAN, CohortOp.MEDIAN, CohortOp.PERCENTILE})


def orders(scene: Scene, parts: Collection[Expr]) -> Iterator[tuple[Expr, Expr]]:
    """Yield the pairs of *parts* of which the first is never above the second where all of them are numbers."""
    known = scene.world.comparisons
    if known is None or not any(known.statistic(part) for part in parts):
        return
    together = _Parts(scene, known, parts)
    for low, high in permutations(parts, 2):
        if _is_ordered(together, low, high):
            yield low, high


class _Parts:
    """The parts of an expression, all of them numbers, and the scene they stand in."""

    __slots__ = ("known", "parts", "scene")

    def __init__(self, scene: Scene, known: Comparisons, parts: Collection[Expr]) -> None:
        self.scene = scene
        self.known = known
        self.parts = parts

    def counts_itself(self, statistic: Compared) -> bool:
        """Tell whether the entity surely is among those that *statistic* is of."""
        where, own = statistic.expr.where, statistic.own
        if where is not None:
            holds = self.scene.quietly(where)
            if holds.states or holds.booleans != {True}:
                return False
        if not statistic.expr.present or own is None:
            return True  # a value of its own in a state would be the state of the statistic
        return own in self.parts or not self.scene.quietly(own).states

    def bounds_from_above(self, part: Expr, statistic: Compared) -> bool:
        """Tell whether no member's value is above the statistic."""
        if statistic.expr.op is CohortOp.SUM:
            return self._never_negative(part, statistic)
        return statistic.expr.op is CohortOp.MAXIMUM

    def _never_negative(self, part: Expr, statistic: Compared) -> bool:
        """Tell whether nobody's value is below zero: a sum of any number of values has a lower bound only then."""
        assert isinstance(part, core.NodeRef)
        world = self.scene.world
        total = (world.over_all or self.scene.values).get(part.id, UNKNOWN).numbers
        some_overridden = world.eventual and statistic.may_be_overridden
        return total is not None and total.lo is not None and not some_overridden


def _is_ordered(all_: _Parts, low: Expr, high: Expr) -> bool:
    lower, upper = all_.known.statistic(low), all_.known.statistic(high)
    if upper is not None and low == upper.own:
        return all_.bounds_from_above(high, upper) and all_.counts_itself(upper)
    if lower is not None and high == lower.own:
        return lower.expr.op is CohortOp.MINIMUM and all_.counts_itself(lower)
    if lower is None or upper is None:
        return False
    if lower.expr.op is CohortOp.RANK:
        return upper.expr.op is CohortOp.COUNT and _all_counted(lower, upper)
    if lower.own is None or lower.own != upper.own or not all_.counts_itself(lower) or not all_.counts_itself(upper):
        return False
    is_least, is_most = lower.expr.op is CohortOp.MINIMUM, all_.bounds_from_above(high, upper)
    if is_least and is_most:
        return True  # the value of the entity itself is between them
    return (
        (is_least or lower.expr.op in _MIDDLE)
        and (is_most or upper.expr.op in _MIDDLE)
        and is_least is not is_most
        and _of_the_same(lower, upper)
    )


def _all_counted(rank: Compared, count: Compared) -> bool:
    """Tell whether all who are ranked are counted."""
    same = (count.texts, count.groups) == (rank.texts, rank.groups)
    return same and not count.expr.present and count.where in (None, rank.where)


def _of_the_same(first: Compared, second: Compared) -> bool:
    """Tell whether both are of the same entities: who is absent in one round may be refused before the next."""
    return (
        (first.texts, first.where, first.groups) == (second.texts, second.where, second.groups)
        and not first.expr.present
        and not second.expr.present
    )
