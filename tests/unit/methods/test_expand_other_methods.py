"""What formulas, curves, bands, cases and judged levels become."""

from fractions import Fraction

import pytest

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Among, ArithOp, Between, CompareOp, Const, Input, JudgedLevel, NodeRef
from perfrules.ir.inputs import JudgedDeclaration


def number(value: int | str) -> Const:
    return Const(Fraction(value))


def score_of(scored, clauses: str) -> core.Expr:
    found = scored(clauses)
    assert found.errors == []
    return found.nodes["A/score"]


def takes(scored, clauses: str) -> list[Between | Among]:
    steps = score_of(scored, clauses)
    assert isinstance(steps, core.Steps)
    return [step.takes for step in steps.steps]


def test_a_formula_is_its_expression(scored):
    product = core.Arith(ArithOp.MULTIPLY, (Input("rate"), number(5)))
    assert score_of(scored, "score = rate * 5 points") == product


def test_limits_are_a_stage_of_their_own(scored):
    nodes = scored("score = done between 0 and full").nodes
    assert nodes["A/held"] == core.Clamp(NodeRef("A/score"), number(0), number(10))


def test_a_curve_keeps_its_points(scored):
    expected = core.Lines(Input("rate"), ((number("1/2"), number(0)), (number(1), number(10))))
    assert score_of(scored, "score curve of rate { 50% -> 0; 100% -> full }") == expected


def test_the_points_of_a_curve_are_in_its_subjects_unit(scored):
    expected = core.Lines(Input("spent"), ((number(10_000), number(0)), (number(20_000), number(10))))
    assert score_of(scored, "score curve of spent { 1 亿元 -> 0; 2 亿元 -> full }") == expected


def test_the_points_of_a_curve_increase(scored):
    error = scored("score curve of rate { 50% -> 0; 50% -> full }").only("curve-not-increasing")
    assert dict(error.args) == {"value": "50%", "before": "50%"}


def test_a_descending_ladder_reads_top_to_bottom(scored):
    ladder = takes(scored, "score bands of rate { >= 90% -> full; > 80% -> 4; >= 60% -> 2; otherwise -> 0 }")
    assert ladder == [
        Between(number("9/10"), None, True, False),
        Between(number("4/5"), number("9/10"), False, False),
        Between(number("3/5"), number("4/5"), True, True),
    ]


def test_an_ascending_ladder_reads_top_to_bottom(scored):
    ladder = takes(scored, "score bands of rate { <= 10% -> full; < 20% -> 4; otherwise -> 0 }")
    assert ladder == [
        Between(None, number("1/10"), False, True),
        Between(number("1/10"), number("1/5"), False, False),
    ]


def test_other_edges_stand_as_written(scored):
    edges = takes(
        scored, "score bands of done { = 0 -> 3; one of (3, 4) -> 1; [5, 10) -> 2; >= 10 -> 0; otherwise -> 1 }"
    )
    assert edges == [
        Among((number(0),)),
        Among((number(3), number(4))),
        Between(number(5), number(10), True, False),
        Between(number(10), None, True, False),
    ]


def test_edges_that_depend_on_data_stay_open(scored):
    ladder = takes(scored, "score bands of spent { >= budget -> full; >= 50% of budget -> 4; otherwise -> 0 }")
    assert [edge.high for edge in ladder if isinstance(edge, Between)] == [None, None]


def test_a_step_that_the_ladder_above_it_takes_is_reported(scored):
    found = scored("score bands of rate { >= 80% -> 4; >= 90% -> full; otherwise -> 0 }")
    assert found.errors == ["unreachable-case at >= 90%"]


def test_bands_take_options(scored):
    options = takes(scored, "score bands of place { = city -> full; one of (county, town) -> 4 }")
    assert options == [Among((Const("city"),)), Among((Const("county"), Const("town")))]


def test_unequal_to_an_option_takes_the_others(scored):
    options = takes(scored, "score bands of place { != city -> full; otherwise -> 4 }")
    assert options == [Among((Const("county"), Const("town")))]


def test_nothing_follows_otherwise(scored):
    found = scored("score bands of rate { otherwise -> 0; >= 90% -> full }")
    assert found.errors == ["unreachable-case at >= 90% -> full"]


def test_cases_are_tried_in_order(scored):
    over = core.Compare(CompareOp.GREATER, Input("rate"), number(1))
    expected = core.Select(((over, number(1)), (Input("fraud"), number(2))), number(10))
    assert score_of(scored, "score cases { when rate > 100% -> 1; when fraud -> 2; otherwise -> full }") == expected


def test_cases_end_with_otherwise(scored):
    assert scored("score cases { when fraud -> 1 }").errors == ["missing-clause at cases { when fraud -> 1 }"]


def test_judged_levels_have_limits(scored):
    found = scored('score judged { "good" -> [80%, 100%] of full; "fair" -> [2, 8); "none" -> 0 }')
    assert found.errors == []
    judged = found.nodes["A/score"]
    assert isinstance(judged, core.Judged)
    good, fair, none = judged.levels
    assert good.low == core.Arith(ArithOp.MULTIPLY, (number("4/5"), number(10)))
    assert fair == JudgedLevel("fair", number(2), number(8), True, False)
    assert none == JudgedLevel("none", number(0), number(0), True, True)
    assert found.model.judged == (JudgedDeclaration(code="A", title="A", levels=("good", "fair", "none")),)


@pytest.mark.parametrize(
    ("levels", "error"),
    [
        ('"good" -> [8, 2]', "empty-range at [8, 2]"),
        ('"good" -> 5; "good" -> 4', 'duplicate-name at "good"'),
    ],
)
def test_levels_that_cannot_be_are_reported(scored, levels, error):
    assert scored(f"score judged {{ {levels} }}").errors == [error]
