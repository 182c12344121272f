"""Where marks were lost under a formula of the children: each child's with its factor, and what else was added."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules.explain import EntityExplanation, IndicatorExplanation, explain
from tests.support.explained import plan_of, result_of

RULES = """
ruleset t "T" version "1" {{
  total 20 points
  param own_share "Own share" : % = 25%
  input own "Own marks" : points decimals 2 in [0, 20]
  input x : number in [0, 1]
  input y : number in [0, 1]
  input z : yes/no
  {lets}
  indicator P "Parent" 20 points {{
    combine = {formula}
    indicator A "First" 12 points {{ score = x * full }}
    indicator B "Second" 8 points {{ score = y * full }}
  }}
}}
"""
# A is 6 of 12, B is 6 of 8, own marks are 16 of 20.
DATA = {"own": 16, "x": "0.5", "y": "0.75", "z": "yes"}


def explained(formula: str, lets: str = "") -> IndicatorExplanation:
    found = explain(result_of(plan_of(RULES.format(formula=formula, lets=lets)), DATA), "P")
    assert isinstance(found, IndicatorExplanation)
    assert found.score is not None
    assert sum(loss.amount for loss in found.losses) == 20 - found.score
    return found


def losses(formula: str, lets: str = "") -> list[tuple[str, str, Fraction]]:
    return [(loss.cause, loss.code or "", loss.amount) for loss in explained(formula, lets).losses]


FOLDED = [("formula", "P", Fraction(1)), ("child", "P.A", Fraction(9, 2)), ("child", "P.B", Fraction(3, 2))]
"""20 − 25% × 16 − 75% × 20 = 1; 75% × (12 − 6); 75% × (8 − 6)."""


@pytest.mark.parametrize(
    ("formula", "lets"),
    [
        ("own_share * own + 75% * (A + B)", ""),
        ("own_share * own + 75% * A + 0.75 * B", ""),
        ("25% * own - 75% * -(A + B)", ""),
        ("own / 4 + 3 * (A + B) / 4", ""),
        ("own_share * own + found", "let found = 75% * (P.A + P.B)"),
        ("own_share * own + 75% * 12 * A.rate + 75% * B", ""),
        ("min(own_share * own + 75% * (A + B), 20 points)", ""),
        ("own_share * own + min(75% * (A + B), 15 points)", ""),
        ("if z then own_share * own + 75% * (A + B) else A", ""),
    ],
)
def test_what_is_added_with_a_factor_is_told_of_each_child_and_of_the_rest(formula: str, lets: str) -> None:
    found = explained(formula, lets)
    assert [(loss.cause, loss.code, loss.amount) for loss in found.losses] == FOLDED
    assert found.contribution.effects == ()
    assert [child.share for child in found.contribution.children] == [Fraction(3, 4), Fraction(3, 4)]


def test_what_a_limit_around_the_formula_takes_is_an_item_of_its_own() -> None:
    # 6 + 2 × 6 + 4 = 22, held at 20
    assert losses("A + 2 * B + 4 points between 0 and full") == [
        ("base", "P", Fraction(-12)),
        ("child", "P.A", Fraction(6)),
        ("child", "P.B", Fraction(4)),
        ("ceiling", "P", Fraction(2)),
    ]


@pytest.mark.parametrize("formula", ["min(A + B, 10 points)", "A * B.rate", "max(A, B)", "if A > 6 then A else B"])
def test_where_the_children_are_not_simply_added_only_what_each_alone_would_change_is_told(formula: str) -> None:
    found = explained(f"{formula} between 0 and full")
    assert {loss.cause for loss in found.losses} <= {"combine", "ceiling"}
    assert [child.share for child in found.contribution.children] == [None, None]


def test_the_entity_is_told_the_leaves_in_marks_of_the_total() -> None:
    found = explain(result_of(plan_of(RULES.format(formula="own_share * own + 75% * (A + B)", lets="")), DATA))
    assert isinstance(found, EntityExplanation)
    assert [(loss.code, loss.amount) for loss in found.losses] == [
        ("P.A", Fraction(9, 2)),
        ("P.B", Fraction(3, 2)),
        ("P", Fraction(1)),
    ]
    assert "Own share × Own marks = 25% × 16 points" in " ".join(found.text("en").split())
