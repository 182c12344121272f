"""What the author's expressions become: kinds, unit conversions, flat chains, and the one report of each mistake."""

from __future__ import annotations

from datetime import date

import pytest

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CompareOp, LogicOp
from perfrules.lang import kinds
from perfrules.lang.exact import Exact
from perfrules.lang.states import State


def _const(value):
    return core.Const(value if isinstance(value, bool | str | date) else Exact(value))


def _arith(op, *operands):
    return core.Arith(op, operands)


def _equal(name, option):
    return core.Compare(CompareOp.EQUAL, core.Input(name), _const(option))


SPENT, BUDGET, STAFF, RATE, N = (core.Input(name) for name in ("spent", "budget", "staff", "rate", "n"))


@pytest.mark.parametrize(
    ("written", "kind", "expr"),
    [
        ("staff / quota", kinds.Ratio(), _arith(ArithOp.DIVIDE, STAFF, core.Input("quota"))),
        (
            "spent / budget",
            kinds.Ratio(),
            _arith(ArithOp.DIVIDE, _arith(ArithOp.MULTIPLY, SPENT, _const(10000)), BUDGET),
        ),
        ("rate - 90%", kinds.PercentagePoints(), _arith(ArithOp.SUBTRACT, RATE, _const(Exact(9, 10)))),
        ("rate + 2pp", kinds.Percent(), _arith(ArithOp.ADD, RATE, _const(Exact(1, 50)))),
        ("n + 1 + n + 2", kinds.Number(), _arith(ArithOp.ADD, N, _const(1), N, _const(2))),
        ("n * 2 * n", kinds.Number(), _arith(ArithOp.MULTIPLY, N, _const(2), N)),
        ("A1 + 5", kinds.Points(), _arith(ArithOp.ADD, core.NodeRef("A.A1"), _const(5))),
        ("5 - A.A1", kinds.Points(), _arith(ArithOp.SUBTRACT, _const(5), core.NodeRef("A.A1"))),
        ("20% of A1", kinds.Points(), _arith(ArithOp.MULTIPLY, _const(Exact(1, 5)), core.NodeRef("A.A1"))),
        ("A1.rate", kinds.Ratio(), _arith(ArithOp.DIVIDE, core.NodeRef("A.A1"), _const(5))),
        ("A1.measure", kinds.Ratio(), core.NodeRef("A.A1/measure")),
        ("A1.full", kinds.Points(), _const(5)),
        ("A2.level", kinds.Level(("good", "bad")), core.Input("A.A2.level")),
        ("A2.mark", kinds.Points(), core.Input("A.A2.mark")),
        ("-3", kinds.Number(), _const(-3)),
        ("-n", kinds.Number(), _arith(ArithOp.NEGATE, N)),
        ("n ^ 2", kinds.Number(), _arith(ArithOp.POWER, N, _const(2))),
        ("max(rate, 50%)", kinds.Percent(), _arith(ArithOp.MAXIMUM, RATE, _const(Exact(1, 2)))),
        ("abs(rate - 90%)", kinds.PercentagePoints(), None),
        ("days(start, 2024-03-01)", None, core.DateDifference(False, core.Input("start"), _const(date(2024, 3, 1)))),
        ("ln(n)", kinds.Number(), core.Irrational(core.IrrationalFunction.LN, (N,))),
        ("root(n, 3)", kinds.Number(), core.Irrational(core.IrrationalFunction.ROOT, (N, _const(3)))),
        ("n ^ 0.5", kinds.Number(), core.Irrational(core.IrrationalFunction.POWER, (N, _const(Exact(1, 2))))),
        ("scope = central", kinds.YesNo(), _equal("scope", "central")),
        ("central = scope", kinds.YesNo(), core.Compare(CompareOp.EQUAL, _const("central"), core.Input("scope"))),
        ("grade = 良", kinds.YesNo(), core.Compare(CompareOp.EQUAL, core.NodeRef("grade"), _const("良"))),
        ("total >= 12", kinds.YesNo(), core.Compare(CompareOp.AT_LEAST, core.NodeRef("total"), _const(12))),
        ("spent >= 30 元", kinds.YesNo(), core.Compare(CompareOp.AT_LEAST, SPENT, _const(Exact(3, 1000)))),
        ("spent > 0", kinds.YesNo(), core.Compare(CompareOp.GREATER, SPENT, _const(0))),
        ("done is missing", kinds.YesNo(), core.IsState(core.Input("done"), State.MISSING)),
        ("not done", kinds.YesNo(), core.Logic(LogicOp.NOT, (core.Input("done"),))),
        ("visits * 2 + n", None, None),
    ],
)
def test_an_expression_becomes_core(lower, written, kind, expr):
    found = lower(f"let x = {written}")
    assert found.codes == []
    assert expr is None or found.expr("x") == expr
    assert kind is None or found.expr("x").kind == kind


def test_a_grade_at_least_another_is_one_of_the_better_ones(lower):
    grade = core.NodeRef("grade")
    better = tuple(core.Compare(CompareOp.EQUAL, grade, _const(name)) for name in ("优", "良"))
    assert lower("let x = grade >= 良").expr("x") == core.Logic(LogicOp.OR, better)


def test_a_range_is_two_comparisons_in_the_unit_of_its_subject(lower):
    low, high = (
        core.Compare(CompareOp.AT_LEAST, SPENT, _const(0)),
        core.Compare(CompareOp.LESS, SPENT, _const(Exact(1, 100))),
    )
    assert lower("let x = spent in [0, 100 元)").expr("x") == core.Logic(LogicOp.AND, (low, high))


def test_else_if_is_one_list_of_cases(lower):
    found = lower("let x = if scope = central then 1 else if done then 2 else 3").expr("x")
    assert found == core.Select(((_equal("scope", "central"), _const(1)), (core.Input("done"), _const(2))), _const(3))


def test_an_aggregate_keeps_the_kind_of_its_body(lower):
    found = lower("let x = mean(p.part for p in projects where not p.late empty -> excluded)").expr("x")
    assert found == core.TableAggregate(
        op=core.AggregateOp.MEAN,
        table=core.Input("projects"),
        variable="p",
        where=core.Logic(LogicOp.NOT, (core.FieldOf("p", "late"),)),
        body=core.FieldOf("p", "part"),
        trimming=None,
        skipping_missing=False,
        empty=core.StateConst(State.EXCLUDED),
    )
    assert found.kind == kinds.Percent()


def test_a_let_in_an_indicator_is_its_own_node_and_knows_full(lower):
    found = lower("", beside="indicator A 15 points { indicator A1 5 points { let k = 20% of full; score = k } }")
    assert found.nodes["A.A1/let.k"].expr == _arith(ArithOp.MULTIPLY, _const(Exact(1, 5)), _const(5))


def test_a_long_sum_stays_shallow(lower):
    written = " + ".join(["n", "1"] * 30) + " - n" * 60
    found = lower(f"let x = {written}")
    assert found.codes == []
    assert isinstance(found.expr("x"), core.Arith)
    assert len(found.expr("x").operands) == 120


@pytest.mark.parametrize(
    ("written", "code", "place"),
    [
        ("spent + staff", "kinds-differ", "spent + staff"),
        ("spent + 5", "kinds-differ", "spent + 5"),
        ("rate + 5", "number-with-percent", "rate + 5"),
        ("1 - rate", "number-with-percent", "1 - rate"),
        ("90% > 2pp", "percent-with-percentage-points", "2pp"),
        ("sprent", "unknown-name", "sprent"),
        ("5 斤", "unknown-name", "斤"),
        ("scope = centrol", "unknown-name", "centrol"),
        ("grade = 优秀", "unknown-name", "优秀"),
        ('A2.level = "fine"', "unknown-name", '"fine"'),
        ("A9 + 1", "unknown-name", "A9"),
        ("A.A9", "unknown-name", "A.A9"),
        ("mox(n, 1)", "unknown-name", "mox"),
        ("max(n)", "wrong-number-of-values", "max(n)"),
        ("workdays(start, finish)", "calendar-needed", "workdays(start, finish)"),
        ("rounded total", "unknown-stage", "rounded total"),
        ("full", "unknown-stage", "full"),
        ("B1.measure", "unknown-stage", "B1.measure"),
        ("A1.level", "unknown-stage", "A1.level"),
        ("max(p.amount for p in projects)", "empty-unanswered", "max(p.amount for p in projects)"),
        ("sum(p.amount for p in project)", "unknown-name", "project"),
        ("sum(p.amont for p in projects)", "unknown-name", "amont"),
        ("not n", "kinds-differ", "n"),
        ("A1 * A2", "kinds-differ", "A1 * A2"),
        ("if done then spent else rate", "kinds-differ", "if done then spent else rate"),
        ("spent in [3 元, 1 元]", "empty-range", "[3 元, 1 元]"),
        ("n " + "/ n " * 60, "nesting-too-deep", "n " + "/ n " * 59 + "/ n"),
    ],
)
def test_each_mistake_is_reported_once_and_in_its_place(lower, written, code, place):
    found = lower(f"let x = {written}\nlet y = x")
    assert found.places == [(code, place)]


@pytest.mark.parametrize(
    ("written", "new"),
    [
        ("sprent", "spent"),
        ("1 - rate", "100%"),
        ("rate + 5", "5%"),
        ("rate > 0.9", "90%"),
        ("spent + 5", "5 万元"),
        ("scope = centrol", "central"),
    ],
)
def test_an_obvious_correction_is_offered(lower, written, new):
    [problem] = lower(f"let x = {written}").diagnostics
    assert problem.fix.args["new"] == new


def test_a_code_that_two_indicators_have_needs_its_full_path(lower):
    beside = "indicator A { indicator X 1 points { score = 1 } }\nindicator B { indicator X 1 points { score = 1 } }"
    found = lower("let a = X\nlet b = A.X", beside=beside)
    assert found.codes == ["ambiguous-name"]
    assert found.diagnostics[0].args["candidates"] == ("A.X", "B.X")
    assert found.expr("b") == core.NodeRef("A.X")


def test_inside_its_parent_a_code_means_the_child(lower):
    beside = """
      indicator A { let x = X; indicator X 1 points { score = 1 } }
      indicator B { let x = X; indicator X 1 points { score = 1 } }
    """
    found = lower("", beside=beside)
    assert found.codes == []
    assert found.nodes["B/let.x"].expr == core.NodeRef("B.X")


def test_a_let_that_needs_itself_is_left_to_the_order_of_evaluation(lower):
    found = lower("let a = b + 1\nlet b = a + 1")
    assert found.codes == []
    assert found.expr("b").operands[0] == core.NodeRef("let.a")


def test_marks_accept_numbers_but_no_percents(lower):
    found = lower("")
    lowering = found.lowering
    for written, accepted in [("5", True), ("n", True), ("visits * 2", True), ("rate * 20", True), ("rate", False)]:
        value = lower(f"let x = {written}").lowering.scope.names.lets[""]["x"].tree.value
        assert isinstance(lowering.marks(value), core.Broken) is not accepted


def test_thousands_of_lets_may_need_one_another_in_any_order(lower):
    lets = [f"let x{place} = x{place - 1} + 1" for place in range(1999, 0, -1)]
    found = lower("\n".join(["let last = x1999", *lets, "let x0 = 5 亩"]), beside="")
    assert found.codes == ["kinds-differ"]


def test_a_record_has_a_name_of_its_own(lower):
    assert lower("let x = sum(n.amount for n in projects)").places == [("duplicate-name", "n")]
