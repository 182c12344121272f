"""The directions a value can go in while one input grows."""

from collections.abc import Iterable
from enum import Enum


class Direction(Enum):
    """Never changes, never falls, never rises, or not known."""

    SAME = "same"
    UP = "up"
    DOWN = "down"
    OPEN = "open"

    def flipped(self) -> "Direction":
        """Return the direction of the opposite number."""
        return {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}.get(self, self)


SAME, UP, DOWN, OPEN = Direction.SAME, Direction.UP, Direction.DOWN, Direction.OPEN


def together(directions: Iterable[Direction]) -> Direction:
    """Return the direction of what never falls when any of its parts rises.

    >>> together([SAME, UP]), together([UP, DOWN])
    (<Direction.UP: 'up'>, <Direction.OPEN: 'open'>)
    """
    found = {direction for direction in directions if direction is not SAME}
    if not found:
        return SAME
    return found.pop() if len(found) == 1 else OPEN
