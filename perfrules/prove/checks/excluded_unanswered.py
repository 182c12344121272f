"""excluded-unanswered: where a child can be excluded, its parent says what becomes of its marks."""

from collections.abc import Iterator
from typing import Final

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Word
from perfrules.ir.expressions import Combine, CombineOp, StateConst
from perfrules.ir.plan import Node
from perfrules.lang.states import State
from perfrules.prove.checks.context import Context
from perfrules.prove.enclosure import NOTHING
from perfrules.prove.exclusion import excludable
from perfrules.prove.scene import Visit
from perfrules.text import Span

_REDISTRIBUTING: Final = (
    CombineOp.SUM,
    CombineOp.WEIGHTED_MEAN,
    CombineOp.GEOMETRIC_MEAN,
    CombineOp.HARMONIC_MEAN,
)


def excluded_unanswered(context: Context) -> Iterator[Diagnostic]:
    """Report the first such child of each node that combines marks and does not say."""
    silent = [(node, visit, combine) for node, visit, combine in context.places(Combine) if combine.share is None]
    leaving = [each for each in silent if any(_leaving(each[2], each[1]))]
    if not leaving:
        return
    can_leave = excludable(context)
    for node, visit, combine in leaving:
        part = _first_that_leaves(combine, visit, can_leave)
        if part is not None and combine.op in _REDISTRIBUTING:
            yield _unanswered(node, combine, part, context)


def _first_that_leaves(combine: Combine, visit: Visit, can_leave: frozenset[str]) -> str | None:
    """Return the first child that counts and can be excluded; where only one counts, nobody is left to take its share:
    the parent is excluded with it.
    """
    return next((code for code in _leaving(combine, visit) if code in can_leave), None)


def _leaving(combine: Combine, visit: Visit) -> Iterator[str]:
    """Yield the children that can be excluded as far as the ranges tell."""
    counted = [member for member in combine.members if not member.bonus]
    values = {id(part.expr): part.value for part in reversed(visit.parts)}
    if len(counted) > 1:
        yield from (each.code for each in counted if State.EXCLUDED in values.get(id(each.value), NOTHING).states)


def _unanswered(node: Node, combine: Combine, part: str, context: Context) -> Diagnostic:
    parent = "" if node.indicator is None else node.indicator
    at = context.span_of(parent) or combine.origin.span or node.origin.span
    cause = _cause(part, context)
    return Diagnostic(
        Code.EXCLUDED_UNANSWERED,
        at=at,
        args={"part": _short(part, context), "code": _short(parent, context) if parent else Word("this-ruleset")},
        others=[] if cause is None else [Labelled(cause, "can-be-excluded")],
    )


def _cause(code: str, context: Context) -> Span | None:
    """Return the clause that excludes, or the child itself where one of its own parts does."""
    for node in context.own_nodes():
        if node.indicator == code:
            for visit in context.visits_of(node):
                match visit.expr:
                    case StateConst(state=State.EXCLUDED, origin=origin) if origin.role == "replacement":
                        return origin.span
    return context.span_of(code)


def _short(code: str, context: Context) -> str:
    item = context.outline.get(code)
    return code if item is None else item.short
