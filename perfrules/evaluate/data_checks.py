"""The checks that a ruleset makes of its data, before one entity is scored.

Only the checks, and the parameters and lets they read, are evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic
from perfrules.evaluate.check_findings import Checked, closure, findings, undecided
from perfrules.evaluate.evaluate import traced
from perfrules.evaluate.uncovered import Uncovered
from perfrules.ir.inputs import Facts
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import CheckOutline, Plan
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.states import State
from perfrules.plugins.faults import PluginFault

_NOWHERE = DataPlace()


def check_data(plan: Plan, facts: Facts, place: DataPlace = _NOWHERE) -> tuple[Diagnostic, ...]:
    """Make every check of *plan* for one entity, whose data stand at *place*; report those that do not hold."""
    if not plan.checks:
        return ()
    part = _checks_alone(plan)
    try:
        checked = Checked(part, facts, traced(part, facts))
    except (OutsideCalendar, PluginFault, Uncovered):  # reported when the entity is scored
        return ()
    where = evolve(place, entity=facts.entity)
    return tuple(problem for check in plan.checks for problem in _problems(checked, check, where))


@per_plan
def _checks_alone(plan: Plan) -> Plan:
    needed = {id_ for check in plan.checks for id_ in closure(plan, check.node)}
    return evolve(plan, nodes=tuple(node for node in plan.nodes if node.id in needed))


def _problems(checked: Checked, check: CheckOutline, where: DataPlace) -> Iterator[Diagnostic]:
    """Report one check, unless it holds or what it is about does not apply."""
    value = checked.trace[check.node]
    args: dict[str, Argument] = {"title": check.title}
    if value is False:
        args["found"] = findings(checked, check)
        code = Code.DATA_CHECK_DOUBTFUL if check.warning else Code.DATA_CHECK_FAILED
        yield Diagnostic(code, check.span, args=args, where=where)
    elif value in (State.MISSING, State.PENDING):
        args["names"] = undecided(checked, check)
        yield Diagnostic(Code.DATA_CHECK_UNDECIDED, check.span, args=args, where=where)
