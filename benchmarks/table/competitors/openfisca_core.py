"""OpenFisca-Core: a variable for each indicator, full marks, bands and curves as its own parameters; float32 inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.table.numbers import Array
from benchmarks.table.rubric import (
    BANDS,
    BELOW_POINT,
    CURVE,
    GREAT,
    LETTERS,
    LINES,
    OVER_POINT,
    SMALL,
    Kind,
    Leaf,
    Rubric,
    Unit,
)

YEAR = "2024"
Department = build_entity(key="department", plural="departments", label="Department", is_person=True)
Grade = Enum("Grade", {letter: letter for letter in LETTERS})
Formula = Callable[[Any, Any, Any], Array]


def half_up(y: Array) -> Array:
    """Round to two decimals."""
    return np.floor(y * 100 + 0.5) / 100


def leaf_formula(leaf: Leaf) -> Formula:
    """Return the formula of one leaf."""
    inputs = [column.name for column in leaf.inputs]

    def formula(department: Any, period: Any, parameters: Any) -> Array:
        first, *others = (department(name, period) for name in inputs)
        full, scales = parameters(period).full[leaf.code], parameters(period).scales
        match leaf.kind:
            case Kind.RATE:
                return half_up(full * np.minimum(first / others[0], 1))
            case Kind.BANDS:
                return half_up(full * scales.bands.calc(first / others[0]))
            case Kind.CURVE:
                return half_up(full * scales.curve.calc(first))
            case Kind.STARTED:
                over = np.ceil(np.maximum(first / others[0] - 1, 0) * 100)
                return half_up(np.maximum(full - over * OVER_POINT / 100, 0))
            case Kind.BELOW:
                return half_up(np.maximum(full - np.maximum(1 - first / others[0], 0) * BELOW_POINT, 0))
            case Kind.TALLY:
                return half_up(np.maximum(full - first * SMALL / 100 - others[0] * GREAT / 100, 0))
            case Kind.CHECKS:
                return half_up(full / 3 * (first.astype(int) + others[0] + others[1]))

    return formula


def sum_formula(codes: list[str]) -> Formula:
    """Return the formula of a group or a part."""
    return lambda department, period, _parameters: sum(department(code, period) for code in codes)


def parameters(of: Rubric) -> ParameterNode:
    """Return the parameters: full marks, bands by amount, the curve as marginal rates."""
    rises = [((most - least) / 100 / (high - low), low) for (low, least), (high, most) in pairwise(CURVE)]
    bands = [{"threshold": _since(edge / 100), "amount": _since(share / 100)} for edge, share in (*BANDS, (0, 0))]
    curve = [{"threshold": _since(low), "rate": _since(rate)} for rate, low in [*rises, (0, CURVE[-1][0])]]
    return ParameterNode(
        "",
        data={
            "full": {leaf.code: {"values": _since(leaf.full / 100)} for leaf in of.leaves},
            "scales": {
                "bands": {"metadata": {"type": "single_amount"}, "brackets": bands[::-1]},
                "curve": {"brackets": curve},
            },
        },
    )


def _since(value: float) -> dict[str, dict[str, float]]:
    return {"2020-01-01": {"value": value}}


def system(of: Rubric) -> TaxBenefitSystem:
    """Return the rubric as a system of variables."""
    made = TaxBenefitSystem([Department])
    made.parameters = parameters(of)
    edges = np.array([line * of.full / 10_000 for line in LINES])
    for column in of.columns:
        made.add_variable(_variable(column.name, _TYPES[column.unit], None))
    for leaf in of.leaves:
        made.add_variable(_variable(leaf.code, float, leaf_formula(leaf)))
    for node in (*of.groups, *of.parts):
        made.add_variable(_variable(node.code, float, sum_formula([part.code for part in node.parts])))
    add_parts = sum_formula([part.code for part in of.parts])
    made.add_variable(_variable("total", float, lambda d, period, p: half_up(add_parts(d, period, p))))
    made.add_variable(_variable("grade", Enum, lambda d, period, _p: np.digitize(d("total", period), edges)))
    return made


_TYPES: Mapping[Unit, type] = {Unit.MONEY: float, Unit.PERCENT: float, Unit.COUNT: int, Unit.YES_NO: bool}


def _variable(name: str, kind: type, formula: Formula | None) -> type[Variable]:
    told = {"value_type": kind, "entity": Department, "definition_period": DateUnit.YEAR, "label": name}
    if kind is Enum:
        told |= {"possible_values": Grade, "default_value": Grade[LETTERS[0]]}
    if formula is not None:
        told["formula"] = formula
    return type(name, (Variable,), told)


def score(made: TaxBenefitSystem, x: Mapping[str, Array]) -> tuple[Array, Array]:
    """Return the totals and the places of the grades, the lowest 0."""
    simulation = SimulationBuilder().build_default_simulation(made, count=len(next(iter(x.values()))))
    for name, values in x.items():
        simulation.set_input(name, YEAR, values)
    return simulation.calculate("total", YEAR), simulation.calculate("grade", YEAR)
