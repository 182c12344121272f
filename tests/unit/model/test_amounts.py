"""Full marks and weights: what is stated agrees with what the children are worth."""

from fractions import Fraction

import pytest

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Const, NodeRef

LEAF = "{ score = rate * full between 0 and full }"


def number(value: int | str) -> Const:
    return Const(Fraction(value))


def ruleset(body: str, total: str = "total 10 points") -> str:
    return (
        f'ruleset t "T" version "1" {{\n  {total}\n  input rate : % in [0%, 100%]\n'
        f"  input size : one of (large, small)\n{body}\n}}\n"
    )


def test_the_addends_are_listed_where_marks_do_not_add_up(compiled):
    found = compiled(ruleset(f"indicator A 10 points {{ indicator A1 5 points {LEAF}\nindicator A2 4 points {LEAF} }}"))
    error = found.only("marks-do-not-add-up")
    assert dict(error.args) == {"code": "A", "stated": "10", "found": "9", "sum": "5 + 4"}
    assert [found.source.span_text(other.span) for other in error.others] == ["5 points", "4 points"]
    assert found.source.span_text(error.at) == "10 points"


def test_the_total_is_checked_too(compiled):
    found = compiled(ruleset(f"indicator A 4 points {LEAF}\nindicator B 5 points {LEAF}"))
    assert dict(found.only("marks-do-not-add-up").args) == {
        "code": "the-total",
        "stated": "10",
        "found": "9",
        "sum": "4 + 5",
    }


def test_a_choice_among_children_is_compared_with_the_largest(compiled):
    found = compiled(
        ruleset(f"indicator A 10 points {{ combine best\nindicator A1 5 points {LEAF}\nindicator A2 4 points {LEAF} }}")
    )
    assert dict(found.only("marks-do-not-add-up").args) == {
        "code": "A",
        "stated": "10",
        "found": "5",
        "sum": "max(5, 4)",
    }


def test_a_parents_full_marks_come_from_its_children(compiled):
    found = compiled(ruleset(f"indicator A {{ indicator A1 6 points {LEAF}\nindicator A2 4 points {LEAF} }}"))
    assert found.errors == []
    assert found.nodes["A/full"] == number(10)


def test_full_marks_by_group_are_checked_in_every_group(compiled):
    found = compiled(
        ruleset(
            "param a by size : points { large -> 6; small -> 5 }\nparam b by size : points { large -> 4; small -> 4 }\n"
            f"indicator A a points {LEAF}\nindicator B b points {LEAF}"
        )
    )
    error = found.only("marks-do-not-add-up")
    assert dict(error.args) == {"code": "the-total", "stated": "10", "found": "9", "sum": "small: 5 + 4"}


def test_full_marks_by_group_that_add_up_everywhere_are_a_node(compiled):
    found = compiled(
        ruleset(
            "param a by size : points { large -> 6; small -> 5 }\nparam b by size : points { large -> 4; small -> 5 }\n"
            f"indicator A a points {LEAF}\nindicator B b points {LEAF}"
        )
    )
    assert found.errors == []
    assert found.nodes["A/full"] == NodeRef("param.a")
    assert found.nodes["A/score"] == core.Arith(ArithOp.MULTIPLY, (core.Input("rate"), NodeRef("A/full")))


def test_full_marks_by_date_are_checked_at_every_date(compiled):
    found = compiled(
        ruleset(
            f"param a : points {{ from 2019-01-01 -> 10; from 2022-01-01 -> 12 }}\nindicator A a points {LEAF}",
        )
    )
    assert dict(found.only("marks-do-not-add-up").args)["sum"] == "2022-01-01: 12"


def test_a_leaf_needs_an_amount(compiled):
    assert compiled(ruleset(f"indicator A {LEAF}")).errors[0].startswith("missing-clause at A")


def test_marks_need_a_score(compiled):
    assert compiled(ruleset("indicator A 10 points { measure rate }")).errors == ["missing-clause at A"]


def test_points_and_weights_do_not_mix(compiled):
    found = compiled(ruleset(f"scale 0 to 10\nindicator A 5 points {LEAF}\nindicator B weight 100% {LEAF}"))
    assert any(error.startswith("mixed-amounts") for error in found.errors)


def test_weights_are_parts_of_a_whole(compiled):
    found = compiled(ruleset(f"scale 0 to 10\nindicator A weight 30% {LEAF}\nindicator B weight 60% {LEAF}"))
    error = found.only("weights-not-whole")
    assert dict(error.args) == {"code": "this-ruleset", "found": "90%", "expected": "100%", "sum": "30% + 60%"}


def test_relative_weights_need_not_be(compiled):
    found = compiled(
        ruleset(f"scale 0 to 10\nweights relative\nindicator A weight 7.5 {LEAF}\nindicator B weight 2 {LEAF}")
    )
    assert found.errors == []


@pytest.mark.parametrize("weight", ["0", "0%"])
def test_a_weight_is_above_zero(compiled, weight):
    found = compiled(
        ruleset(f"scale 0 to 10\nweights relative\nindicator A weight {weight} {LEAF}\nindicator B weight 2 {LEAF}")
    )
    assert [error.split()[0] for error in found.errors] == ["weight-not-positive"]


def test_weights_need_a_scale(compiled):
    found = compiled(ruleset(f"indicator A weight 30% {LEAF}\nindicator B weight 70% {LEAF}"))
    assert dict(found.only("missing-clause").args)["clause"] == "scale"


def test_the_scale_agrees_with_the_total(compiled):
    found = compiled(ruleset(f"scale 0 to 100\nindicator A weight 100% {LEAF}"))
    assert dict(found.only("marks-do-not-add-up").args)["found"] == "100"


def test_a_weighted_indicator_made_of_points_reaches_the_top_of_the_scale(compiled):
    found = compiled(
        ruleset(
            f"scale 0 to 10\nindicator A weight 100% {{ indicator A1 4 points {LEAF}\nindicator A2 5 points {LEAF} }}"
        )
    )
    assert dict(found.only("marks-do-not-add-up").args) == {"code": "A", "stated": "10", "found": "9", "sum": "4 + 5"}
