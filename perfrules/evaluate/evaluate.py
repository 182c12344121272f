"""The way in: a plan and the facts of one entity give its result."""

from collections.abc import Iterator
from itertools import count
from typing import Final

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.evaluate import reference as slow
from perfrules.evaluate.against_data import against_data
from perfrules.evaluate.assemble import assemble, refused_result
from perfrules.evaluate.result import Result
from perfrules.evaluate.trace import Trace
from perfrules.evaluate.uncovered import Uncovered, edges_depend_on_data, subject_text
from perfrules.ir.expressions import Steps
from perfrules.ir.inputs import Facts
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.lang.calendar import OutsideCalendar
from perfrules.plugins.faults import PluginFault, fault_diagnostic

GENERATE_AFTER: Final = 8
"""Generating a plan's function takes as long as about so many evaluations by the reference."""


def evaluate(plan: Plan, facts: Facts, *, reference: bool = False) -> Result:
    """Score one entity by generated code, once a plan is used often enough to repay it.

    *reference* always takes the slow evaluator that defines the meaning; the result is the same.
    """
    try:
        trace = traced(plan, facts, reference=reference)
        problems = against_data(plan, facts, trace)
    except OutsideCalendar as outside:
        return refused_result(plan, facts.entity, [_outside(facts, outside)])
    except PluginFault as fault:
        return refused_result(plan, facts.entity, [_of_plugin(facts, fault)])
    except Uncovered as hole:
        if hole.table is None:
            return evaluate(plan, facts, reference=True)
        if not edges_depend_on_data(hole.table):
            raise
        return refused_result(plan, facts.entity, [_uncovered(facts, hole, hole.table)])
    return refused_result(plan, facts.entity, problems) if problems else assemble(plan, facts, trace)


def traced(plan: Plan, facts: Facts, *, reference: bool = False) -> Trace:
    """Evaluate every node, by whichever evaluator is the faster for a plan that is used so often."""
    seldom = next(_uses(plan)) < GENERATE_AFTER
    return slow.evaluate_nodes(plan, facts) if reference or seldom else _by_generated_code(plan, facts)


def _by_generated_code(plan: Plan, facts: Facts) -> Trace:
    from perfrules.evaluate import generated  # whoever checks a ruleset or scores a few entities does not need it

    return generated.evaluate_nodes(plan, facts)


@per_plan
def _uses(_plan: Plan) -> Iterator[int]:
    return count()


def _outside(facts: Facts, outside: OutsideCalendar) -> Diagnostic:
    args = {"date": str(outside.day), "from_date": str(outside.first), "to_date": str(outside.last)}
    return Diagnostic(Code.OUTSIDE_CALENDAR, args=args, where=DataPlace(entity=facts.entity, value=str(outside.day)))


def _of_plugin(facts: Facts, fault: PluginFault) -> Diagnostic:
    return fault_diagnostic(fault.fault, where=DataPlace(entity=facts.entity))


def _uncovered(facts: Facts, hole: Uncovered, table: Steps) -> Diagnostic:
    value, subject = subject_text(table, hole.value)
    args = {"range": value, "subject": subject}
    return Diagnostic(Code.BAND_HOLE, table.origin.span, args=args, where=DataPlace(entity=facts.entity, value=value))
