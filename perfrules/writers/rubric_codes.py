"""The codes of a rubric's indicators, in its order."""

from __future__ import annotations

from perfrules.ir.plan import MarksStyle, Plan, Role
from perfrules.readers.headings import indicators_of


def codes_of(plan: Plan) -> tuple[str, ...]:
    """Return the full codes of all indicators that have marks, parents before their parts."""
    return tuple(item.code for item in indicators_of(plan.outline) if item.style is not MarksStyle.NONE)


def lit_codes_of(plan: Plan) -> tuple[str, ...]:
    """Return the full codes of all indicators that have a light, parents before their parts."""
    lit = {node.indicator for node in plan.nodes if node.role is Role.LIGHT}
    return tuple(item.code for item in indicators_of(plan.outline) if item.code in lit)
