"""The way in: a plan and the facts of one entity give its result."""

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.evaluate import generated
from perfrules.evaluate import reference as slow
from perfrules.evaluate.assemble import assemble, refused_result
from perfrules.evaluate.result import Result
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang.calendar import OutsideCalendar


def evaluate(plan: Plan, facts: Facts, *, reference: bool = False) -> Result:
    """Score one entity. *reference* takes the slow evaluator that defines the meaning; the result is the same."""
    try:
        trace = (slow if reference else generated).evaluate_nodes(plan, facts)
    except OutsideCalendar as outside:
        return refused_result(plan, facts.entity, [_outside(facts, outside)])
    return assemble(plan, facts, trace)


def _outside(facts: Facts, outside: OutsideCalendar) -> Diagnostic:
    args = {"date": str(outside.day), "from_date": str(outside.first), "to_date": str(outside.last)}
    return Diagnostic(Code.OUTSIDE_CALENDAR, args=args, where=DataPlace(entity=facts.entity, value=str(outside.day)))
