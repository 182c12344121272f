"""How the numbers of a plan's nodes can be written, as far as the prover knows from the declarations."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules.batch.results import NumberForm
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.survey import survey
from perfrules.tables.results.columns import NO_NUMBER


@per_plan
def proved_forms(plan: Plan) -> Mapping[str, NumberForm]:
    """Return the forms by node, for any data that satisfy the declarations, overrides left aside."""
    values = survey(plan, declared(plan), keeps_visits=False).values
    return {node: _form(value) for node, value in values.items()}


def _form(value: Enclosure) -> NumberForm:
    numbers = value.numbers
    if numbers is None:
        return NO_NUMBER
    scale = None if value.step is None else value.step.denominator
    return NumberForm(scale=scale, low=numbers.lo, high=numbers.hi)
