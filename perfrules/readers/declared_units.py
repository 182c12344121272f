"""The units that data may carry: the built-in ones and those the inputs of a plan are declared in."""

from __future__ import annotations

from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.kinds import Quantity
from perfrules.lang.units import BUILT_IN, Unit, UnitTable


def units_of(plan: Plan) -> UnitTable:
    """Return the table of units; a unit that no input is declared in is not known from a plan."""
    declared: dict[str, Unit] = {}
    for each in _all_inputs(plan.inputs):
        if isinstance(each.kind, Quantity):
            parts = each.kind.unit.parts or ((each.kind.unit, 1),)
            declared |= {unit.name: unit for unit, _ in parts if unit.name not in BUILT_IN}
    return UnitTable(tuple(declared.values()))


def _all_inputs(inputs: tuple[InputDeclaration, ...]) -> tuple[InputDeclaration, ...]:
    return tuple(part for each in inputs for part in (each, *each.fields))
