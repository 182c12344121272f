"""From a trace to the result that people see."""

from collections.abc import Sequence

from perfrules.diagnostics import Diagnostic
from perfrules.evaluate.result import Result
from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan


def assemble(plan: Plan, facts: Facts, trace: Trace) -> Result:
    """Make the result of an entity whose facts could be evaluated."""
    return Result(entity=facts.entity, plan=plan, facts=facts, trace=trace)


def refused_result(plan: Plan, entity: str, problems: Sequence[Diagnostic]) -> Result:
    """Make the result of an entity whose data failed: its problems and no values."""
    return Result(entity=entity, plan=plan, problems=tuple(problems))
