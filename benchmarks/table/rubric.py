"""The rubric that every competitor computes: 35 leaves of seven kinds, in 16 groups, in 6 parts, 100 points. Synthetic.

Marks are in hundredths of a point, edges and rates of curves in percent. `rubric(10)` is ten of them under one total.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from attrs import frozen


class Kind(Enum):
    """How a leaf is scored; a *rate* is done / goal."""

    RATE = "full × the rate, at most full"
    BANDS = "a share of full by the rate"
    CURVE = "piecewise linear in a percentage"
    STARTED = "less 0.5 points per started percentage point over the budget"
    BELOW = "less 0.2 points per exact percentage point short of the goal"
    TALLY = "less 0.5 points per small and 2 points per great incident"
    CHECKS = "a third of full for each of three things done"


class Unit(Enum):
    """What a column holds; the value is how many decimals are declared."""

    MONEY = 2
    PERCENT = 1
    COUNT = 0
    YES_NO = None


BANDS = ((95, 100), (90, 80), (80, 60), (60, 30))
"""At least so many percent of the goal: so many percent of full; below, nothing."""
CURVE = ((70, 0), (80, 25), (100, 100))
"""At so many percent: so many percent of full; straight in between, flat outside."""
OVER_POINT, BELOW_POINT, SMALL, GREAT = 50, 20, 50, 200
"""Hundredths lost per started point over, per exact point below, per incident."""
GRADES = ((90, "A"), (80, "B"), (60, "C"), (0, "D"))
"""At least so many percent of all marks, as the total is rounded."""
LINES = tuple(line for line, _ in reversed(GRADES[:-1]))
LETTERS = tuple(letter for _, letter in reversed(GRADES))


@frozen
class Column:
    """One input: *low* and *high* as they are declared, in its unit."""

    name: str
    unit: Unit
    low: int
    high: int

    @property
    def scale(self) -> int:
        """How many of the stored whole numbers make one."""
        return 10 ** (self.unit.value or 0)


@frozen
class Leaf:
    """One leaf indicator: its full marks in hundredths, its inputs in the order in which its kind reads them."""

    code: str
    kind: Kind
    full: int
    inputs: tuple[Column, ...]


@frozen
class Node:
    """Some indicators that are added: leaves in a group, groups in a part."""

    code: str
    parts: tuple[Leaf, ...] | tuple[Node, ...]

    @property
    def full(self) -> int:
        return sum(part.full for part in self.parts)


@frozen
class Rubric:
    """The tree, top down."""

    parts: tuple[Node, ...]

    @property
    def groups(self) -> list[Node]:
        return [group for part in self.parts for group in part.parts if isinstance(group, Node)]

    @property
    def leaves(self) -> list[Leaf]:
        return [leaf for group in self.groups for leaf in group.parts if isinstance(leaf, Leaf)]

    @property
    def columns(self) -> list[Column]:
        return [column for leaf in self.leaves for column in leaf.inputs]

    @property
    def full(self) -> int:
        return sum(part.full for part in self.parts)

    @property
    def lines(self) -> list[int]:
        """The least total, in hundredths, of the second lowest grade and those above it."""
        return [line * self.full // 100 for line in LINES]


_R, _N = "RATE of money", "RATE of numbers"
_LEAVES: tuple[tuple[str, int], ...] = (
    # in the order of the outline; marks in hundredths
    (_R, 300), ("BANDS", 300), ("STARTED", 300), (_N, 400), ("CHECKS", 300), ("CURVE", 300), (_R, 200),
    ("BANDS", 200), (_N, 300), ("TALLY", 200), ("BELOW", 300), (_R, 500), ("CURVE", 400), ("STARTED", 200),
    (_R, 300), ("BANDS", 400), (_N, 200), ("CHECKS", 150), ("CURVE", 200), (_R, 400), ("BANDS", 300),
    ("TALLY", 300), (_N, 300), ("STARTED", 300), ("CURVE", 300), (_R, 200), ("BELOW", 250), ("BANDS", 200),
    (_R, 300), ("CHECKS", 300), ("TALLY", 200), ("CURVE", 300), ("STARTED", 200), ("BANDS", 300), (_R, 400),
)  # fmt: skip
_GROUPS = (3, 2, 2, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2)
_PARTS = (3, 3, 3, 3, 2, 2)


def rubric(copies: int = 1) -> Rubric:
    """Return the rubric of 35 leaves, or so many times its parts under one total."""
    leaves = [
        _leaf(f"L{copy * len(_LEAVES) + place + 1}", kind, full)
        for copy in range(copies)
        for place, (kind, full) in enumerate(_LEAVES)
    ]
    groups = [Node(f"G{n}", tuple(leaves[a:b])) for n, (a, b) in enumerate(_cuts(_GROUPS * copies), 1)]
    parts = [Node(f"P{n}", tuple(groups[a:b])) for n, (a, b) in enumerate(_cuts(_PARTS * copies), 1)]
    return Rubric(tuple(parts))


def _cuts(sizes: Sequence[int]) -> list[tuple[int, int]]:
    ends = [0]
    for size in sizes:
        ends.append(ends[-1] + size)
    return list(pairwise(ends))


def _leaf(code: str, kind: str, full: int) -> Leaf:
    name = code.lower()
    done, goal = Column(f"{name}_done", Unit.COUNT, 0, 400), Column(f"{name}_goal", Unit.COUNT, 1, 200)
    spent, budget = Column(f"{name}_spent", Unit.MONEY, 0, 10_000), Column(f"{name}_budget", Unit.MONEY, 1, 5_000)
    match kind:
        case "RATE of money":
            return Leaf(code, Kind.RATE, full, (spent, budget))
        case "RATE of numbers":
            return Leaf(code, Kind.RATE, full, (done, goal))
        case "STARTED":
            return Leaf(code, Kind.STARTED, full, (spent, budget))
        case "CURVE":
            return Leaf(code, Kind.CURVE, full, (Column(f"{name}_percent", Unit.PERCENT, 0, 100),))
        case "TALLY":
            return Leaf(
                code, Kind.TALLY, full, tuple(Column(f"{name}_{w}", Unit.COUNT, 0, 50) for w in ("small", "great"))
            )
        case "CHECKS":
            return Leaf(code, Kind.CHECKS, full, tuple(Column(f"{name}_{w}", Unit.YES_NO, 0, 1) for w in "abc"))
        case _:
            return Leaf(code, Kind[kind], full, (done, goal))
