"""A value that depends on where a number lies among constant edges: as few comparisons as there are changes.

Where no step takes a number, it does not occur (that was proved), and either neighbour's value will do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.pairs import Pair, pair_where
from perfrules.ir.expressions import CompareOp
from perfrules.lang.exact import Exact


@frozen
class Edges:
    """Comparisons with constants; all of them hold of what is taken, or any (these ask for equality)."""

    comparisons: tuple[tuple[CompareOp, Exact], ...]
    all_hold: bool

    def pieces(self, places: Mapping[Exact, int]) -> list[range]:
        """Return which pieces are taken of those into which all edges cut the numbers; *places* are those of edges.

        >>> Edges(((CompareOp.AT_LEAST, Exact(1)), (CompareOp.LESS, Exact(2))), True).pieces({Exact(1): 1, Exact(2): 3})
        [range(1, 3)]
        """
        if not self.all_hold:
            return [range(places[edge], places[edge] + 1) for _, edge in self.comparisons]
        first, end = 0, 2 * len(places) + 1
        for op, edge in self.comparisons:
            if op in _ABOVE:
                first = max(first, places[edge] + _ABOVE[op])
            else:
                end = min(end, places[edge] + _BELOW[op])
        return [range(first, max(first, end))]


_ABOVE: Final = {CompareOp.AT_LEAST: 0, CompareOp.GREATER: 1}
_BELOW: Final = {CompareOp.LESS: 0, CompareOp.AT_MOST: 1}


@frozen
class Taking:
    """What a step takes, and its value."""

    edges: Edges
    value: Pair


@frozen
class Run:
    """The numbers from *start* on, *closed* with it, that have one value; without start: from below all edges.

    *point*: it is *start* alone.
    """

    start: Exact | None
    closed: bool
    value: Pair
    point: bool = False


def staircase(c: Columns, subject: int, steps: Sequence[Taking], otherwise: Pair | None) -> Pair:
    """Choose the value of the first step that takes the subject."""
    runs = _merged(_runs(steps, otherwise))
    around = zip(runs, runs[1:], runs[2:], strict=False)
    alone = [run for before, run, after in around if run.point and before.value == after.value]
    points = {run.start for run in alone}
    runs = _merged([run for run in runs if not (run.point and run.start in points)])
    result = runs[0].value
    for run in runs[1:]:
        op = CompareOp.AT_LEAST if run.closed else CompareOp.GREATER
        result = pair_where(c, truths.compared(c, op, subject, c.number(run.start or 0)), run.value, result)
    for run in alone:
        result = pair_where(
            c, truths.compared(c, CompareOp.EQUAL, subject, c.number(run.start or 0)), run.value, result
        )
    return result


def _runs(steps: Sequence[Taking], otherwise: Pair | None) -> list[Run]:
    """Cut the numbers at every edge, and give each piece its value; pieces that do not occur are left out."""
    edges = sorted({edge for step in steps for _, edge in step.edges.comparisons})
    values = _first_taking(steps, {edge: 2 * number + 1 for number, edge in enumerate(edges)})
    found: list[Run] = []
    for piece, taken in enumerate(values):
        value = otherwise if taken is None else taken
        if value is not None:
            start = edges[(piece - 1) // 2] if piece else None
            found.append(Run(start, piece % 2 == 1, value, point=piece % 2 == 1))
    return found or [Run(None, False, steps[-1].value)]


def _first_taking(steps: Sequence[Taking], places: Mapping[Exact, int]) -> list[Pair | None]:
    """Return for each piece the value of the first step that takes it."""
    values: list[Pair | None] = [None] * (2 * len(places) + 1)
    following = list(range(len(values) + 1))  # the next piece that is not taken, as far as that is known

    def open_from(piece: int) -> int:
        passed: list[int] = []
        while following[piece] != piece:
            passed.append(piece)
            piece = following[piece]
        for each in passed:
            following[each] = piece
        return piece

    for step in steps:
        for taken in step.edges.pieces(places):
            piece = open_from(taken.start)
            while piece < taken.stop:
                values[piece] = step.value
                following[piece] = piece + 1
                piece = open_from(piece)
    return values


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours of one value."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].value == run.value:
            found[-1] = evolve(found[-1], point=False)
        else:
            found.append(run)
    return found
