"""One expression, evaluated both ways: the value and the steps that the tests of this folder state."""

from datetime import date
from fractions import Fraction
from typing import Any

from perfrules.evaluate import generated, reference
from perfrules.evaluate.trace import StepValue
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.calendar import Calendar
from perfrules.lang.states import State
from tests.strategies.building import facts_of, node, plan_of

AT = Origin("expression")
MISSING, EXCLUDED, PENDING, REFUSED = (
    core.StateConst(state) for state in (State.MISSING, State.EXCLUDED, State.PENDING, State.REFUSED)
)
YES, NO = core.Const(True), core.Const(False)
CALENDAR = Calendar(date(2024, 1, 1), date(2024, 12, 31), holidays=frozenset((date(2024, 1, 1),)))


def n(value: str | int) -> core.Const:
    """Return a number as an expression."""
    return core.Const(Fraction(value))


def steps(expr: Expr, values: dict[str, Any] | None = None, inputs: Any = (), **settings: Any) -> tuple[StepValue, ...]:
    """Return the steps of *expr*, on which both evaluators must agree."""
    plan = plan_of([node("x", expr)], inputs, calendar=CALENDAR)
    facts = facts_of(values, **settings)
    expected = reference.evaluate_nodes(plan, facts)
    found = generated.evaluate_nodes(plan, facts)
    assert expected.steps("x") == found.steps("x")
    assert expected["x"] == found["x"]
    return expected.steps("x")


def value(expr: Expr, values: dict[str, Any] | None = None, inputs: Any = (), **settings: Any) -> StepValue:
    """Return the value of *expr*, on which both evaluators must agree."""
    from perfrules.evaluate.numbering import extra_slots

    return steps(expr, values, inputs, **settings)[-1 - extra_slots(expr)]
