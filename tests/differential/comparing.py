"""Evaluate one case both ways and say where they differ; count what was exercised."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction

from attrs import frozen

from perfrules.evaluate import generated, reference
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.generated.nodes import compiled_for
from perfrules.evaluate.numbering import layout_of
from perfrules.evaluate.trace import Trace
from perfrules.ir import expressions as core
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.states import State


@frozen
class Difference:
    """Where two evaluations differ; slot -1 where one of them failed."""

    slot: int
    expected: object
    found: object


def outcome(evaluate_nodes: Callable[[Plan, Facts], Trace], plan: Plan, facts: Facts) -> Trace | type[Exception]:
    """Evaluate, or return the class of what was raised."""
    try:
        return evaluate_nodes(plan, facts)
    except (EvaluationDefect, OutsideCalendar) as raised:
        return type(raised)


def difference(plan: Plan, facts: Facts, counts: Counter[str] | None = None) -> Difference | None:
    """Return the first slot in which the two evaluators differ."""
    expected = outcome(reference.evaluate_nodes, plan, facts)
    found = outcome(generated.evaluate_nodes, plan, facts)
    if isinstance(expected, type) or isinstance(found, type):
        if counts is not None and isinstance(expected, type):
            counts[f"raised {expected.__name__}"] += 1
        return None if expected is found else Difference(-1, expected, found)
    for slot in range(layout_of(plan).size):
        left, right = expected.value(slot), found.value(slot)
        if not same(left, right):
            return Difference(slot, left, right)
        if expected.state(slot) is not found.state(slot):
            return Difference(slot, expected.state(slot), found.state(slot))
        if counts is not None:
            counts[f"value {_what(left)}"] += 1
    return None


def same(left: object, right: object) -> bool:
    """Tell whether two step values are equal and of one kind; a state is no text."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        return left is right or (len(left) == len(right) and all(map(same, left, right)))
    return type(left) is type(right) and left == right


def _what(value: object) -> str:
    if isinstance(value, State):
        return value.value
    kinds = {Fraction: "number", bool: "condition", str: "text", date: "date", tuple: "records", type(None): "none"}
    return kinds.get(type(value), "not evaluated")


def count_plan(plan: Plan, facts: Facts, counts: Counter[str]) -> None:
    """Count the classes, operations and representations in *plan*."""
    for node in plan.nodes:
        for expr in everything(node.expr):
            counts[f"class {type(expr).__name__}"] += 1
            _count_operation(expr, counts)
    compiled = compiled_for(plan, facts.as_of or plan.as_of_default)
    if compiled is not None:
        for place in compiled.rendering.places.values():
            form = getattr(place, "rep", None)
            counts[f"held as {form.value if form else 'constant'}"] += 1


def _count_operation(expr: core.Expr, counts: Counter[str]) -> None:
    match expr:
        case core.Combine():
            counts[f"combine {expr.op} {expr.share or 'nothing said'}"] += 1
        case core.Round():
            counts[f"round {expr.rounding.mode} {type(expr.rounding.target).__name__}"] += 1
        case core.Arith() | core.Compare() | core.Logic() | core.TableAggregate():
            counts[f"{type(expr).__name__.lower()} {expr.op}"] += 1
        case core.Parts():
            counts[f"parts {expr.rule}"] += 1
        case core.Irrational():
            counts[f"irrational {expr.function}"] += 1
