"""Bands, cases, lights, grades and tally lines that can never apply, and conditions that never hold."""

from collections.abc import Iterator
from typing import Final

from perfrules.diagnostics import Diagnostic, Word
from perfrules.ir.expressions import Between, Const, Expr, Ledger, Select, Step, Steps
from perfrules.ir.plan import Role
from perfrules.lang.exact import Exact
from perfrules.methods.misplaced import HELD_ABOVE, unreachable
from perfrules.prove.checks.band_holes import takings
from perfrules.prove.checks.context import Context
from perfrules.prove.families.steps import meets, whole_of
from perfrules.prove.scene import Visit

NEVER_HOLDS: Final = Word("never-holds")
OUTSIDE: Final = Word("outside-declared-range")

_NOT_THE_AUTHORS: Final = frozenset({"parameter", "schedule", "veto"})
"""Constructs whose cases are options or vetoes, which have checks of their own."""


def unreachable_cases(context: Context) -> Iterator[Diagnostic]:
    """Yield an error for each case that no data can reach."""
    for _, visit, table in context.places(Steps):
        if table.origin.construct not in _NOT_THE_AUTHORS and not visit.value.reported:
            yield from _steps(visit, table)
    for _, visit, select in context.places(Select):
        if select.origin.construct not in _NOT_THE_AUTHORS and not visit.value.reported:
            yield from _cases(visit, select, context)
    for _, visit, ledger in context.places(Ledger):
        if not visit.value.reported:
            yield from _lines(visit, ledger, context)
    for node in context.own_nodes(Role.VETO, Role.DECISION):
        value = context.value(node.id)
        if value.booleans == {False} and not value.states and not value.reported and context.depends_on_data(node.expr):
            yield unreachable(node.origin.span, NEVER_HOLDS)


def _steps(visit: Visit, table: Steps) -> Iterator[Diagnostic]:
    whole = whole_of(visit.parts[0].value)
    if whole.is_empty:
        return
    for step, taken, reached in zip(table.steps, takings(visit, table), visit.reached, strict=False):
        if not reached and not _is_empty(step):
            inside = not meets(whole, taken).is_empty
            yield unreachable(step.origin.span, HELD_ABOVE if inside else OUTSIDE)


def _is_empty(step: Step) -> bool:
    """Tell whether constant edges hold no number at all: a rung hidden by the one above, reported where it is read."""
    match step.takes:
        case Between(low=Const(value=Exact() as low), high=Const(value=Exact() as high)) as takes:
            return low > high or (low == high and not (takes.low_closed and takes.high_closed))
        case _:
            return False


def _cases(visit: Visit, select: Select, context: Context) -> Iterator[Diagnostic]:
    for (condition, _), reached in zip(select.cases, visit.reached, strict=False):
        if reached or not context.depends_on_data(condition):
            continue
        alone = visit.scene.quietly(condition)
        if alone.reported or alone.is_nothing:
            continue
        reason = HELD_ABOVE if True in alone.booleans else NEVER_HOLDS
        if not _is_settled_around(condition, visit, context):
            yield unreachable(condition.origin.span or select.origin.span, reason)


def _is_settled_around(condition: Expr, visit: Visit, context: Context) -> bool:
    """Tell whether the condition fails only because of what holds around the cases, as in a guard that is repeated."""
    outside = context.survey.scene.quietly(condition)
    return True in outside.booleans and True not in visit.scene.quietly(condition).booleans


def _lines(visit: Visit, ledger: Ledger, context: Context) -> Iterator[Diagnostic]:
    for line in ledger.lines:
        amount = visit.of(line.amount)
        nothing = amount.constant == Exact(0) and not isinstance(amount.constant, bool)
        conditional = isinstance(line.amount, Select)
        if nothing and not conditional and not amount.reported and context.depends_on_data(line.amount):
            yield unreachable(line.origin.span or ledger.origin.span, OUTSIDE)
