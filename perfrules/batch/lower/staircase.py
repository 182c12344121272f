"""A value that depends on where a number lies among constant edges: as few comparisons as there are changes.

Where no step takes a number, it does not occur (that was proved), and either neighbour's value will do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import evolve, frozen

from perfrules.batch.lower import truths
from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.pairs import Pair, pair_where
from perfrules.evaluate.reference.operations import ordered
from perfrules.ir.expressions import CompareOp
from perfrules.lang.exact import Exact


@frozen
class Edges:
    """Comparisons with constants; all of them hold of what is taken, or any."""

    comparisons: tuple[tuple[CompareOp, Exact], ...]
    all_hold: bool

    def take(self, number: Exact) -> bool:
        """Tell whether *number* is taken.

        >>> Edges(((CompareOp.AT_LEAST, Exact(1)), (CompareOp.LESS, Exact(2))), True).take(Exact(2))
        False
        """
        found = (_holds(op, number, edge) for op, edge in self.comparisons)
        return all(found) if self.all_hold else any(found)


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
    alone: list[Run] = []
    for before, run, after in zip(runs, runs[1:], runs[2:], strict=False):
        if run.point and before.value == after.value and run.start is not None:
            alone.append(run)
    runs = _merged([run for run in runs if run not in alone])
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
    inner = [(low + high) / 2 for low, high in pairwise(edges)]
    beyond = [*inner, edges[-1] + 1] if edges else []
    nothing = steps[-1].value
    pieces = [(edges[0] - 1 if edges else Exact(0), Run(None, False, nothing))]
    for edge, after in zip(edges, beyond, strict=True):
        pieces += [(edge, Run(edge, True, nothing, point=True)), (after, Run(edge, False, nothing))]
    found: list[Run] = []
    for inside, run in pieces:
        value = next((step.value for step in steps if step.edges.take(inside)), otherwise)
        if value is not None:
            found.append(evolve(run, value=value))
    return found or [Run(None, False, nothing)]


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours of one value."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].value == run.value:
            found[-1] = evolve(found[-1], point=False)
        else:
            found.append(run)
    return found


def _holds(op: CompareOp, number: Exact, edge: Exact) -> bool:
    return number == edge if op is CompareOp.EQUAL else ordered(op, number, edge)
