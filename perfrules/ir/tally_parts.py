"""What a line of a tally is made of, and what in a plan depends on data and not on the author alone."""

from collections.abc import Iterator
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, LedgerLine
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything

_DIRECTIONS: Final = frozenset({"less", "plus"})
_MADE_OF: Final = frozenset({"uncapped amount", "capped amount", "subjects"})


def tally_parts(line: LedgerLine) -> Iterator[Expr]:
    """Yield the subject, the amount and the cap of a `less` or `plus` line; of a distance also its step."""
    waiting = [line.amount] if line.origin.role in _DIRECTIONS else []
    while waiting:
        part = waiting.pop()
        of_line = part.origin.construct == "tally line"
        match part:
            case core.Arith() if of_line and part.origin.role in _MADE_OF:
                waiting.extend(part.operands)
            case core.Parts():
                waiting.extend((part.distance, part.step))
            case core.Select(cases=((_, value),), otherwise=otherwise) if of_line:
                waiting.extend((value, otherwise))
            case _:
                yield part


def written_part(part: Expr) -> Expr:
    """Return what the author wrote: of a line that adds up amounts of records, the amount of one."""
    if isinstance(part, core.TableAggregate) and part.origin.role == "events" and part.body is not None:
        return part.body
    return part


@per_plan
def nodes_reading_data(plan: Plan) -> frozenset[str]:
    """Return the nodes that depend on data, and not on parameters alone."""
    found: set[str] = set()
    for node in plan.nodes:
        if reads_data(node.expr, found):
            found.add(node.id)
    return frozenset(found)


def reads_data(expr: Expr, nodes: frozenset[str] | set[str]) -> bool:
    """Tell whether *expr* depends on data, *nodes* being those that do."""
    return any(
        part.id in nodes
        if isinstance(part, core.NodeRef)
        else isinstance(part, core.Input | core.FieldOf | core.Judged | core.CohortAggregate)
        for part in everything(expr)
    )
