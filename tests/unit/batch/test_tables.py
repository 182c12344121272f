"""Aggregates over records, lowered to a tape that is read exactly, are what the reference makes of the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.batch.exactly import Exactly
from perfrules.batch.lower import lower
from perfrules.batch.lowered import Asked, Lowered, NodeColumns, Shape
from perfrules.batch.tape import STATES, Do, Read, Source, Type
from perfrules.evaluate import reference
from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.trace import Value
from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, CompareOp, Expr
from perfrules.ir.inputs import Facts, JudgedDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.kinds import Table, YesNo
from perfrules.lang.states import State
from tests.differential.facts_columns import FactsColumns, python_values
from tests.strategies import inputs as data
from tests.strategies.building import constant, declare, facts_of, node, plan_of
from tests.strategies.plans import GRADES, PlanMaker

AS_OF = data.AS_OF[-1]
ENTITIES = 12


class AggregateMaker(PlanMaker):
    """Makes plans of aggregates only, without what has no columns."""

    def __init__(self, random: Random) -> None:
        super().__init__(random, compares=False)

    def computed(self, depth: int) -> Expr:
        return self.simple_number(depth)

    def aggregates(self, op: AggregateOp) -> Plan:
        """Return a plan with some aggregates by one operation."""
        nodes = [node(f"n{position}", self.table_aggregate(2, op)) for position in range(4)]
        judged = tuple(JudgedDeclaration(code=code, title=None, levels=data.LEVELS) for code in data.JUDGED_CODES)
        return plan_of(nodes, data.ALL, judged=judged, calendar=data.CALENDAR, grades=GRADES, as_of_default=AS_OF)


def plain_facts(random: Random, *, complete: bool) -> Facts:
    """Make facts without overrides; *complete* ones lack nothing."""
    facts = evolve(data.facts(random), overrides={}, as_of=AS_OF)
    while complete and any(_lacks(value) for value in facts.values.values()):
        facts = evolve(facts, values={declared.name: _refilled(random, declared, facts) for declared in data.ALL})
    return facts


def _lacks(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(isinstance(cell, State) for record in value for cell in record.values())
    return isinstance(value, State)


def _refilled(random: Random, declared: Any, facts: Facts) -> Any:
    needed = evolve(declared, optional=False, fields=tuple(evolve(each, optional=False) for each in declared.fields))
    value = facts.values[declared.name]
    return data.value_of(random, needed) if _lacks(value) else value


def lowered_for(plan: Plan, facts: Sequence[Facts]) -> tuple[Lowered, FactsColumns]:
    columns = FactsColumns(plan, facts)
    found = lower(plan, Asked(as_of=AS_OF, holes=columns.holes()))
    columns.name_texts(found.texts)
    return found, columns


def values_of(plan: Plan, facts: Sequence[Facts]) -> dict[str, list[Value | None]]:
    """Return the value of each node for each entity by columns; None where the row is put aside."""
    lowered, columns = lowered_for(plan, facts)
    assert not lowered.unsupported
    exactly = Exactly(lowered.tape, columns.known(lowered.tape.ops), len(facts), columns.counts)
    aside = [False] * len(facts)
    for each in lowered.aside:
        aside = [a or b for a, b in zip(aside, python_values(exactly.column(each.condition)), strict=True)]
    found: dict[str, list[Value | None]] = {}
    for id_, read in lowered.nodes.items():
        cells = _values(exactly, read, len(facts))
        found[id_] = [None if out else cell for cell, out in zip(cells, aside, strict=True)]
    return found


def _values(exactly: Exactly, node: NodeColumns, rows: int) -> list[Value]:
    values = [None] * rows if node.value is None else python_values(exactly.column(node.value))
    states = [0] * rows if node.state is None else python_values(exactly.column(node.state))
    return [STATES[code] or _value(cell, node.shape) for cell, code in zip(values, states, strict=True)]


def _value(cell: Any, shape: Shape) -> Value:
    match shape:
        case Shape.NUMBER:
            return Fraction(*cell)
        case Shape.DATE:
            return date.fromordinal(Fraction(*cell).numerator)
        case _:
            return bool(cell)


@settings(max_examples=150)
@given(st.sampled_from(AggregateOp), st.integers(0, 2**32), st.booleans())
def test_columns_of_random_aggregates_are_what_the_reference_finds(op: AggregateOp, seed: int, complete: bool) -> None:
    random = Random(seed)
    plan = AggregateMaker(random).aggregates(op)
    facts = [plain_facts(random, complete=complete) for _ in range(ENTITIES)]
    found = values_of(plan, facts)
    for row, each in enumerate(facts):
        try:
            trace = reference.evaluate_nodes(plan, each)
        except (EvaluationDefect, OutsideCalendar):
            continue
        for id_, cells in found.items():
            assert cells[row] is None or cells[row] == trace[id_], (id_, row)


FIELDS = (declare("amount", decimals=1, optional=True), declare("done", YesNo(), optional=True))
PROJECTS = declare("projects", Table(()), fields=FIELDS, optional=True)
AMOUNT, DONE = core.FieldOf("p", "amount"), core.FieldOf("p", "done")
LARGE = core.Compare(CompareOp.AT_LEAST, AMOUNT, constant(4))


def over(op: AggregateOp, body: Expr | None = AMOUNT, **settings: Any) -> core.TableAggregate:
    plain: dict[str, Any] = {"where": None, "trimming": None, "skipping_missing": False, "empty": None}
    return core.TableAggregate(op, core.Input("projects"), "p", body=body, **{**plain, **settings})


def entity(*records: tuple[str | State, bool | State]) -> Facts:
    rows = tuple({"amount": a if isinstance(a, State) else Fraction(a), "done": done} for a, done in records)
    return facts_of({"projects": rows})


MISSING, PENDING, EXCLUDED = State.MISSING, State.PENDING, State.EXCLUDED
FOUR = entity(("1.5", True), ("4", False), ("2", True), ("4", True))
NONE = entity()
GAP = entity(("1", True), (MISSING, True), ("5", MISSING))
ABSENT = facts_of({"projects": MISSING})
OPEN = entity(("5", PENDING), (MISSING, False), ("4", True))
ALL = [FOUR, NONE, GAP, ABSENT, OPEN]


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (over(AggregateOp.SUM), ["11.5", "0", MISSING, MISSING, MISSING]),
        (over(AggregateOp.SUM, skipping_missing=True), ["11.5", "0", "6", MISSING, "9"]),
        (over(AggregateOp.COUNT, None, where=DONE), ["3", "0", MISSING, MISSING, PENDING]),
        (over(AggregateOp.COUNT, None, where=DONE, skipping_missing=True), ["3", "0", "2", MISSING, PENDING]),
        (over(AggregateOp.SHARE, DONE, empty=constant(7)), ["3/4", "7", MISSING, MISSING, PENDING]),
        (
            over(AggregateOp.MEDIAN, where=DONE, empty=core.StateConst(EXCLUDED)),
            ["2", EXCLUDED, MISSING, MISSING, PENDING],
        ),
        (
            over(AggregateOp.COUNT_DISTINCT, quorum=3, skipping_missing=True),
            ["3", PENDING, PENDING, MISSING, PENDING],
        ),
        (
            over(AggregateOp.DEVIATION_SAMPLE, where=LARGE, skipping_missing=True, empty=constant(9)),
            ["0", "9", "9", MISSING, "0.7071067811865475244008443621048490"],
        ),
    ],
)
def test_numbers_of_records_missing_records_and_none(expr: Expr, expected: list[Any]) -> None:
    wanted = [each if isinstance(each, State) else Fraction(each) for each in expected]
    plan = plan_of([node("x", expr)], [PROJECTS])
    assert values_of(plan, ALL) == {"x": wanted} == {"x": [reference.evaluate_nodes(plan, each)["x"] for each in ALL]}


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (over(AggregateOp.ANY, LARGE, where=DONE), [True, False, MISSING, MISSING, True]),
        (over(AggregateOp.ALL, LARGE, where=DONE), [False, True, False, MISSING, True]),
        (over(AggregateOp.ALL, DONE), [False, True, MISSING, MISSING, False]),
        (over(AggregateOp.ANY, DONE, where=LARGE, quorum=2), [True, PENDING, MISSING, MISSING, True]),
        (over(AggregateOp.ANY, DONE, where=LARGE, quorum=3), [PENDING, PENDING, PENDING, MISSING, MISSING]),
        (
            over(AggregateOp.ALL, DONE, where=LARGE, skipping_missing=True, empty=core.Const(False)),
            [False, False, False, MISSING, PENDING],
        ),
    ],
)
def test_any_and_all_are_three_valued(expr: Expr, expected: list[Any]) -> None:
    plan = plan_of([node("x", expr)], [PROJECTS])
    assert values_of(plan, ALL) == {"x": expected} == {"x": [reference.evaluate_nodes(plan, each)["x"] for each in ALL]}


def test_a_table_without_holes_is_added_up_without_states_and_counted_without_a_pass() -> None:
    plan = plan_of([node("x", over(AggregateOp.SUM)), node("y", over(AggregateOp.COUNT, None))], [PROJECTS])
    lowered = lower(plan, Asked())
    amount, count = Read("amount", table="projects"), Read("projects", Source.COUNT)
    assert [(op.do, op.param, op.type) for op in lowered.tape.ops if op.do is not Do.CONSTANT] == [
        (Do.INPUT, amount, Type.NUMBER),
        (Do.TOTAL, None, Type.NUMBER),
        (Do.INPUT, count, Type.NUMBER),
    ]
    assert [each.state for each in lowered.nodes.values()] == [None, None]


def test_a_constant_factor_is_left_for_the_sum() -> None:
    priced = core.Arith(core.ArithOp.MULTIPLY, (AMOUNT, constant("0.3")))
    plan = plan_of([node("x", over(AggregateOp.SUM, priced))], [PROJECTS])
    ops = lower(plan, Asked()).tape.ops
    assert [op.table for op in ops if op.do is Do.MULTIPLY] == [None]
    assert values_of(plan, [FOUR]) == {"x": [Fraction("3.45")]}


def test_a_record_seen_from_another_record_has_no_columns() -> None:
    larger = core.Compare(CompareOp.GREATER, core.FieldOf("q", "amount"), AMOUNT)
    above = core.TableAggregate(AggregateOp.COUNT, core.Input("projects"), "q", larger, None, None, False, None)
    plan = plan_of([node("x", over(AggregateOp.SUM, above))], [PROJECTS])
    assert set(lower(plan, Asked()).unsupported) == {"x"}
