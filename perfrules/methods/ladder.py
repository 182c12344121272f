"""Ladders: two or more thresholds of one direction, read top to bottom."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from attrs import frozen

from perfrules.diagnostics import Diagnostic, Labelled
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.methods.lowers import Lowers
from perfrules.methods.misplaced import HELD_ABOVE, unreachable
from perfrules.methods.parts import constant
from perfrules.syntax.ast.scoring import Comparison, Edge, Threshold

LADDER: Final[Mapping[str, frozenset[Comparison]]] = MappingProxyType(
    {
        "down": frozenset({Comparison.AT_LEAST, Comparison.GREATER}),
        "up": frozenset({Comparison.AT_MOST, Comparison.LESS}),
    }
)
_CLOSED: Final = frozenset({Comparison.AT_LEAST, Comparison.AT_MOST})


@frozen(kw_only=True)
class Rung:
    """An edge as written, what it earns, and the author's title of it."""

    edge: Edge
    value: Expr
    title: str | None = None
    construct: str = "band"

    def origin(self, role: str) -> Origin:
        """Return where the step comes from: the place of the edge itself."""
        return Origin(self.construct, role, self.edge.span, self.title)


def ladder_steps(subject: Expr, rungs: Sequence[Rung], lowering: Lowers) -> Mapping[int, core.Step]:
    """Return the steps of all ladders among *rungs*, by position; a lone threshold is no ladder."""
    steps: dict[int, core.Step] = {}
    for direction, comparisons in LADDER.items():
        members = [
            (position, rung, rung.edge)
            for position, rung in enumerate(rungs)
            if isinstance(rung.edge, Threshold) and rung.edge.comparison in comparisons
        ]
        if len(members) > 1:
            steps.update(_one_ladder(direction == "down", subject, members, lowering))
    return steps


def _one_ladder(
    down: bool, subject: Expr, members: Sequence[tuple[int, Rung, Threshold]], lowering: Lowers
) -> dict[int, core.Step]:
    steps: dict[int, core.Step] = {}
    above: tuple[Expr, bool, Rung] | None = None
    for position, rung, edge in members:
        end = lowering.beside(subject, edge.value)
        closed = edge.comparison in _CLOSED
        if above is not None and rung.construct == "band" and _is_hidden(down, above, end, closed):
            lowering.report(_hidden(rung, above[2]))
        role = "ladder down" if down else "ladder up"
        steps[position] = core.Step(_between(down, above, end, closed), rung.value, rung.origin(role))
        above = (end, closed, rung)
    return steps


def _between(down: bool, above: tuple[Expr, bool, Rung] | None, end: Expr, closed: bool) -> core.Between:
    """Return the values from *end* to where the step above begins, if both are known."""
    far, far_closed = (above[0], not above[1]) if above else (None, False)
    if far is None or constant(far) is None or constant(end) is None:
        far, far_closed = None, False
    if down:
        return core.Between(end, far, closed, far_closed)
    return core.Between(far, end, far_closed, closed)


def _is_hidden(down: bool, above: tuple[Expr, bool, Rung], end: Expr, closed: bool) -> bool:
    """Tell whether the step above already takes all that this one would."""
    before, here = constant(above[0]), constant(end)
    if before is None or here is None:
        return False
    if before == here:
        return above[1] or not closed
    return here > before if down else here < before


def _hidden(rung: Rung, by: Rung) -> Diagnostic:
    others = [Labelled(by.edge.span, "hidden-by")]
    return unreachable(rung.edge.span, HELD_ABOVE, others)
