"""The children of a combination as columns, and sums over those that are left."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.pairs import Pair, value_of


@frozen
class Child:
    """A member that is no bonus: its marks, its weight and full marks, and whether it is not excluded (a truth)."""

    code: str
    pair: Pair
    weight: int
    full: int
    left: int


@frozen
class Children:
    """All children that are no bonus."""

    all: tuple[Child, ...]

    def stay(self, c: Columns) -> bool:
        """Tell whether none can be excluded."""
        return all(c.constant(child.left) is True for child in self.all)

    def any_out(self, c: Columns) -> int:
        """Tell whether any is excluded."""
        return truths.any_of(c, [truths.negation(c, child.left) for child in self.all])

    def with_code(self, code: str | None) -> Child | None:
        """Return the child of this code."""
        return next((child for child in self.all if child.code == code), None)

    def of_those_left(self, c: Columns, size: Callable[[Child], int]) -> int:
        """Add up *size* over the children that are left."""
        nothing = c.number(0)
        return numbers.total(c, [truths.where(c, child.left, size(child), nothing) for child in self.all])

    def of_those_out(self, c: Columns, size: Callable[[Child], int]) -> int:
        """Add up *size* over the excluded children."""
        nothing = c.number(0)
        return numbers.total(c, [truths.where(c, child.left, nothing, size(child)) for child in self.all])

    def of_all(self, c: Columns, size: Callable[[Child], int]) -> int:
        """Add up *size* over all children."""
        return numbers.total(c, [size(child) for child in self.all])


def marks(c: Columns, child: Child) -> int:
    """Return a child's marks."""
    return value_of(c, child.pair)
