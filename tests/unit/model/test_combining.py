"""How children become a parent, and what becomes of the marks of those that do not apply."""

from fractions import Fraction

import pytest

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CombineOp, Const, LedgerLine, Member, NodeRef, Origin, ShareRule
from perfrules.lang.states import State


def number(value: int | str) -> Const:
    return Const(Fraction(value))


def ruleset(body: str, total: str = "total 10 points") -> str:
    return (
        f'ruleset t "T" version "1" {{\n  {total}\n  input rate : % in [0%, 100%]\n  input open : yes/no\n'
        f"  input size : one of (large, small)\n{body}\n}}\n"
    )


LEAF = "{ score = rate * full }"
OPTIONAL_LEAF = "{ score = rate * full; applies when open otherwise excluded }"


def test_points_are_summed(compiled):
    found = compiled(ruleset(f"indicator A 4 points {LEAF}\nindicator B 6 points {LEAF}"))
    assert found.errors == []
    members = (Member("A", NodeRef("A"), None, number(4)), Member("B", NodeRef("B"), None, number(6)))
    assert found.nodes["total/combined"] == core.Combine(CombineOp.SUM, members, None)


def test_weights_make_a_mean_on_a_scale(compiled):
    found = compiled(
        ruleset(
            f"scale 0 to 100\nindicator A weight 30% {LEAF}\nindicator B weight 70% {{ indicator B1 40 points {LEAF}\n"
            f"indicator B2 60 points {LEAF} }}",
            "total 100 points",
        )
    )
    assert found.errors == []
    assert found.nodes["A/score"] == core.Arith(ArithOp.MULTIPLY, (core.Input("rate"), number(100)))
    members = (
        Member("A", NodeRef("A"), number("3/10"), number(100)),
        Member("B", NodeRef("B"), number("7/10"), number(100)),
    )
    assert found.nodes["total/combined"] == core.Combine(CombineOp.WEIGHTED_MEAN, members, None)


@pytest.mark.parametrize("method", ["best", "worst", "median", "first available"])
def test_a_choice_among_children_is_worth_the_largest(compiled, method):
    found = compiled(
        ruleset(
            f"indicator A {{ combine {method}\nindicator A1 4 points {LEAF}\nindicator A2 10 points {LEAF} }}",
        )
    )
    assert found.errors == []
    assert found.nodes["A/full"] == number(10)


def test_an_expression_combines_by_itself(compiled):
    found = compiled(
        ruleset(
            f"indicator A 10 points {{ combine = A1 * 60% + A2 * 40%\n"
            f"indicator A1 10 points {LEAF}\nindicator A2 10 points {LEAF} }}"
        )
    )
    assert found.errors == []
    assert isinstance(found.nodes["A/score"], core.Arith)


@pytest.mark.parametrize(
    ("policy", "share", "to"),
    [("rescale", ShareRule.RESCALE, None), ("lost", ShareRule.LOST, None), ("to B", ShareRule.TO, "B")],
)
def test_the_share_of_what_does_not_apply_is_stated(compiled, policy, share, to):
    found = compiled(
        ruleset(f"excluded share {policy}\nindicator A 4 points {OPTIONAL_LEAF}\nindicator B 6 points {LEAF}")
    )
    assert found.errors == []
    combined = found.nodes["total/combined"]
    assert isinstance(combined, core.Combine)
    assert (combined.share, combined.to) == (share, to)


def test_a_share_goes_to_a_sibling_only(compiled):
    found = compiled(
        ruleset(
            f"excluded share to B1\nindicator A 4 points {OPTIONAL_LEAF}\n"
            f"indicator B {{ indicator B1 6 points {LEAF} }}"
        )
    )
    assert "wrong-place at B1" in found.errors


def test_bonuses_are_added_outside_the_full_marks(compiled):
    found = compiled(
        ruleset(f"indicator A 10 points {LEAF}\nindicator X bonus 3 points {LEAF}", "total 10 points at most 12 points")
    )
    assert found.errors == []
    members = (Member("A", NodeRef("A"), None, number(10)), Member("X", NodeRef("X"), None, number(3), True))
    assert found.nodes["total/combined"] == core.Combine(CombineOp.SUM, members, None)
    assert found.nodes["total/held"] == core.Clamp(NodeRef("total/combined"), None, number(12))


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("capped", core.Clamp(NodeRef("total/combined"), None, number(10))),
        ("between 0 and 11", core.Clamp(NodeRef("total/combined"), number(0), number(11))),
        ("unbounded", None),
    ],
)
def test_the_total_says_whether_it_may_pass_its_full_marks(compiled, words, held):
    found = compiled(
        ruleset(f"indicator A 10 points {LEAF}\nindicator X bonus 3 points {LEAF}", f"total 10 points {words}")
    )
    assert found.errors == []
    assert found.nodes.get("total/held") == held


def test_silence_about_that_is_reported(compiled):
    found = compiled(ruleset(f"indicator A 10 points {LEAF}\nindicator X bonus 3 points {LEAF}"))
    assert dict(found.only("ceiling-unstated").args) == {"full": "10", "highest": "13"}


def test_a_base_is_added_to_and_taken_from(compiled):
    found = compiled(
        ruleset(
            "indicator A { score tally from 0 { open: less 5 points } }\n"
            "indicator X bonus 3 points { score = rate * full }",
            "base 100 points",
        )
    )
    assert found.errors == []
    ledger = found.nodes["A/score"]
    assert isinstance(ledger, core.Ledger)
    assert (ledger.floor, ledger.ceiling) == (None, None)
    lines = tuple(
        LedgerLine(1, core.Recover(NodeRef(code), State.EXCLUDED, number(0)), Origin("test")) for code in ("A", "X")
    )
    assert found.nodes["total/combined"] == core.Ledger(number(100), lines, (), None, None)


def test_the_total_is_rounded_after_its_ceiling(compiled):
    found = compiled(
        ruleset(f"round total to 1 decimals half up\nindicator A 10 points {LEAF}", "total 10 points capped")
    )
    assert found.errors == []
    rounded = found.nodes["rounded total"]
    assert isinstance(rounded, core.Round)
    assert (rounded.operand, found.nodes["total"]) == (NodeRef("total"), NodeRef("total/held"))


def test_what_holds_nothing_but_bonuses_is_a_bonus(compiled):
    found = compiled(
        ruleset(
            f"indicator A 10 points {LEAF}\nindicator X {{ indicator X1 bonus 2 points {LEAF} }}",
            "total 10 points capped",
        )
    )
    assert found.errors == []
    members = (Member("A", NodeRef("A"), None, number(10)), Member("X", NodeRef("X"), None, number(2), True))
    assert found.nodes["total/combined"] == core.Combine(CombineOp.SUM, members, None)


def test_a_bonus_made_of_parts_counts_once(compiled):
    found = compiled(
        ruleset(f"indicator A 10 points {LEAF}\nindicator X bonus 4 points {{ indicator X1 bonus 4 points {LEAF} }}")
    )
    assert dict(found.only("ceiling-unstated").args)["highest"] == "14"


def test_grades_need_marks(compiled):
    found = compiled(
        'ruleset t "T" version "1" {\n  input rate : % in [0%, 100%]\n'
        "  indicator M { measure rate; lights { otherwise green } }\n  grades of total { a >= 1; b otherwise }\n}"
    )
    assert found.errors == ["wrong-place at grades of total { a >= 1; b otherwise }"]
