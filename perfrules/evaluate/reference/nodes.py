"""Evaluate the nodes of a plan in order, each expression by the evaluator of its class."""

from collections.abc import Generator, Mapping, Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import assert_never

from attrs import evolve

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.judged_facts import values_to_read
from perfrules.evaluate.numbering import Placed, extra_slots, layout_of, place
from perfrules.evaluate.reference.choices import dated, logic, recover, select, step_table
from perfrules.evaluate.reference.combine import combine
from perfrules.evaluate.reference.context import (
    Context,
    Evaluation,
    Record,
    WithExtras,
    at_once,
    every,
    strict,
)
from perfrules.evaluate.reference.marks import demote, judged, ledger, overridable, worst_light
from perfrules.evaluate.reference.operations import (
    arithmetic,
    compare,
    hold,
    interpolate,
    irrational_result,
    number,
    parts,
)
from perfrules.evaluate.reference.tables import aggregate
from perfrules.evaluate.stack import run_on_stack
from perfrules.evaluate.trace import NOT_EVALUATED, AsKept, StepValue, Trace, Value
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang import calendar as calendars
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import round_exact
from perfrules.lang.states import State


def evaluate_nodes(plan: Plan, facts: Facts) -> Trace:
    """Evaluate every node of *plan* for one entity, and keep every step.

    Raises OutsideCalendar for a date that the plan's calendar does not know, EvaluationDefect for what the checker
    should have excluded.
    """
    layout = layout_of(plan)
    facts = evolve(facts, values=values_to_read(plan, facts))
    nodes: dict[str, Value] = {}
    steps: list[StepValue] = [NOT_EVALUATED] * layout.size
    context = _context(plan, facts, MappingProxyType(nodes))
    for node in plan.nodes:
        nodes[node.id] = evaluate_placed(layout.roots[node.id], context, steps)
    return Trace(layout, tuple(steps), AsKept())


def evaluate_beside(plan: Plan, facts: Facts, found: Mapping[str, Value], expr: Expr) -> Value:
    """Evaluate one more expression, *found* being the values of the plan's nodes."""
    root = place(expr)
    return evaluate_placed(root, _context(plan, facts, found), [NOT_EVALUATED] * (root.slot + 1 + extra_slots(expr)))


def evaluate_about_record(
    plan: Plan, facts: Facts, found: Mapping[str, Value], records: Mapping[str, Record], expr: Expr
) -> Value:
    """Evaluate an expression about records, by variable, *found* being the values of the plan's nodes."""
    root = place(expr)
    context = evolve(_context(plan, facts, found), records=records)
    return evaluate_placed(root, context, [NOT_EVALUATED] * (root.slot + 1 + extra_slots(expr)))


def _context(plan: Plan, facts: Facts, nodes: Mapping[str, Value]) -> Context:
    return Context(facts, facts.as_of or plan.as_of_default, plan.calendar, nodes, {})


def evaluate_placed(root: Placed, context: Context, steps: list[StepValue]) -> Value:
    """Evaluate one expression; write the values of what was evaluated into their slots of *steps*."""

    def keeping(placed: Placed) -> Generator[Placed, Value, Value]:
        found = yield from _evaluator(placed, context)
        value, extras = (found.value, found.extras) if isinstance(found, WithExtras) else (found, ())
        steps[placed.slot + 1 : placed.slot + 1 + len(extras)] = extras
        steps[placed.slot] = value
        return value

    return run_on_stack(keeping, root)


def evaluate_body(context: Context, variable: str, body: Expr, record: Record) -> Value:
    """Evaluate an expression without steps of its own, *variable* standing for *record*."""
    root = place(body)
    inner = evolve(context, records={**context.records, variable: record})
    return evaluate_placed(root, inner, [NOT_EVALUATED] * (root.slot + 3))


def _evaluator(placed: Placed, context: Context) -> Evaluation:
    expr, operands = placed.expr, placed.parts
    match expr:
        case core.Const():
            return at_once(expr.value)
        case core.StateConst():
            return at_once(expr.state)
        case core.Input():
            return at_once(_fact(context, expr.name))
        case core.FieldOf():
            return at_once(context.records[expr.variable][expr.name])
        case core.NodeRef():
            return at_once(context.nodes[expr.id])
        case core.Logic():
            return logic(expr.op, operands)
        case core.Select():
            return select(operands)
        case core.IsState():
            return _is_state(expr, operands)
        case core.Recover():
            return recover(expr.state, operands)
        case core.Steps():
            return step_table(expr, operands)
        case core.Dated():
            return dated([start for start, _ in expr.entries], context.as_of, operands)
        case core.Ledger():
            return ledger(expr, operands)
        case core.CohortAggregate():
            return _across_entities(expr, context, operands)
        case core.TableAggregate():
            return aggregate(expr, operands, partial(evaluate_body, context, expr.variable))
        case core.Judged():
            return judged(expr.levels, context.facts.judged.get(expr.code), operands)
        case core.Overridable():
            return overridable(context.facts.overrides.get(expr.code), operands)
        case core.Combine():
            return combine(expr, operands)
        case core.Demote():
            return demote(expr, operands)
        case core.WorstLight():
            return worst_light(operands)
        case core.Broken():
            raise EvaluationDefect("a broken expression was evaluated")
        case _:
            return strict(operands, partial(_apply, expr, context))


Strict = (
    core.Arith
    | core.Parts
    | core.Compare
    | core.Lines
    | core.Clamp
    | core.Round
    | core.Irrational
    | core.DateDifference
    | core.Computed
)


def _apply(expr: Strict, context: Context, values: Sequence[Value]) -> Value:
    """Apply an operation that needs all its operands to them."""
    match expr:
        case core.Arith():
            return arithmetic(expr.op, values)
        case core.Parts():
            return parts(expr.rule, number(values[0]), number(values[1]))
        case core.Compare():
            return compare(expr.op, values[0], values[1])
        case core.Lines():
            numbers = [number(value) for value in values]
            return interpolate(numbers[0], list(zip(numbers[1::2], numbers[2::2], strict=True)))
        case core.Clamp():
            remaining = iter([number(value) for value in values])
            held = next(remaining)
            floor = None if expr.floor is None else next(remaining)
            return hold(held, floor, None if expr.ceiling is None else next(remaining))
        case core.Round():
            return round_exact(number(values[0]), expr.rounding)
        case core.Irrational():
            return irrational_result(expr.function, values)
        case core.DateDifference():
            return _days_between(expr.workdays, context, values)
        case core.Computed():
            return expr.function.compute(tuple(number(value) for value in values))
        case _:
            assert_never(expr)


def _fact(context: Context, name: str) -> Value:
    try:
        return context.facts.values[name]
    except KeyError:
        raise EvaluationDefect(f"there is no fact {name}") from None


def _across_entities(expr: core.CohortAggregate, context: Context, operands: Sequence[Placed]) -> Evaluation:
    """Take what was made of the values of all entities; the parts are evaluated for their steps alone."""
    yield from every(operands)
    fact = context.facts.cohort.get(expr.id)
    if fact is None:
        raise EvaluationDefect(f"the statistic {expr.id} is not known")
    return fact.value


def _is_state(expr: core.IsState, operands: Sequence[Placed]) -> Evaluation:
    found = yield operands[0]
    if found is State.PENDING and expr.state is not State.PENDING:
        return State.PENDING
    return found is expr.state


def _days_between(workdays: bool, context: Context, values: Sequence[Value]) -> Exact:
    start, end = values
    if not isinstance(start, date) or not isinstance(end, date):
        raise EvaluationDefect("a date is needed")
    if not workdays:
        return Exact(calendars.days(start, end))
    if context.calendar is None:
        raise EvaluationDefect("workdays are counted without a calendar")
    return Exact(calendars.workdays(start, end, context.calendar))
