"""Where marks were lost, each item derived by hand."""

from fractions import Fraction

from perfrules.evaluate.assemble import refused_result
from perfrules.explain import EntityExplanation, explain
from tests.support.explained import plan_of, result_of

LEDGER = """
ruleset t "T" version "1" {{
  total 10 points
  {rounding}
  input late : days in [0, 100]
  input slips : count in [0, 50]
  input tidy : yes/no
  input fraud : yes/no
  indicator A "Order" 10 points {{ {score} }}
}}
"""


def losses(score: str, rounding: str = "", **data: object) -> list[tuple[str, Fraction]]:
    plan = plan_of(LEDGER.format(score=score, rounding=rounding))
    facts = {"late": 0, "slips": 0, "tidy": "no", "fraud": "no", **data}
    explained = explain(result_of(plan, facts), "A")
    assert sum(loss.amount for loss in explained.losses) == 10 - explained.score
    return [(loss.cause, loss.amount) for loss in explained.losses]


def test_what_a_cap_and_a_floor_absorb_are_items_of_their_own():
    # 40 days: 8 off, held at 3; 5 slips: 10 off; 10 − 3 − 10 = −3, held at 0.
    late = "late above 0 days: less 1 point per whole 5 days, at most 3 points"
    score = f"score tally from full {{ {late}; slips: less 2 points each }}"
    assert losses(score, late=40, slips=5) == [("tally line", 8), ("cap", -5), ("tally line", 10), ("floor", -3)]


def test_additions_that_go_beyond_full_meet_the_ceiling():
    score = "score tally from full { slips: less 1 points each; tidy: plus 2 points }"
    assert losses(score, slips=1, tidy="yes") == [("tally line", 1), ("earned", -2), ("ceiling", 1)]


def test_a_tally_from_nothing_tells_what_was_not_earned():
    score = "score tally from 0 { tidy: plus 4 points; when late = 0 days: plus 6 points }"
    assert losses(score, late=0, tidy="no") == [("not earned", 4)]


def test_a_zero_line_takes_everything():
    score = "score tally from full { slips: less 1 points each; fraud: zero }"
    assert losses(score, slips=3, fraud="yes") == [("zero line", 10)]


def test_rounding_is_an_item():
    score = "score = full - slips / 3 between 0 and full"
    assert losses(score, "round leaves to 1 decimal half up", slips=1) == [
        ("formula", Fraction(1, 3)),
        ("rounding", Fraction(-1, 30)),
    ]


def test_an_override_shows_the_computed_mark_and_who_replaced_it():
    plan = plan_of(LEDGER.format(score="score tally from full { slips: less 1 points each }", rounding=""))
    facts = {"late": 0, "slips": 4, "tidy": "no", "fraud": "no"}
    override = {"A.override.value": "8", "A.override.by": "Li", "A.override.why": "two were not ours"}
    explained = explain(result_of(plan, {**facts, **override}), "A")
    assert (explained.override.value, explained.override.by, explained.override.why) == (8, "Li", "two were not ours")
    assert explained.override.computed.value == 6
    assert [(loss.cause, loss.amount) for loss in explained.losses] == [("tally line", 4), ("override", -2)]


PARENT = """
ruleset t "T" version "1" {{
  total 20 points
  excluded share rescale
  input a : % in [0%, 100%]
  input b : % in [0%, 100%]
  input applies_b : yes/no
  indicator A "First" 10 points {{ score = a * full }}
  indicator B "Second" 10 points {{ applies when applies_b otherwise excluded
    score = b * full }}
}}
"""


def entity(text: str, **data: object) -> EntityExplanation:
    explained = explain(result_of(plan_of(text), data))
    assert isinstance(explained, EntityExplanation)
    return explained


def test_what_is_lost_below_counts_in_the_marks_of_the_total():
    # B left: each mark of A counts twice, so the 4 lost in A are 8 of the total.
    whole = entity(PARENT.format(), a="60%", b="0%", applies_b="no")
    assert [(loss.code, loss.amount) for loss in whole.losses] == [("A", 8)]
    assert whole.total == 12
    assert len(whole.left_out) == 1


def test_under_a_parent_that_takes_the_best_only_effects_are_told():
    text = PARENT.format().replace("excluded share rescale", "combine best").replace("total 20", "total 10")
    text = text.replace("applies when applies_b otherwise excluded", "").replace("  input applies_b : yes/no\n", "")
    whole = entity(text, a="60%", b="40%")
    assert [(loss.cause, loss.amount) for loss in whole.losses] == [("combine", 4)]
    assert [(effect.code, effect.amount) for effect in whole.contribution.effects] == [("A", 4), ("B", 4)]


def test_a_refused_entity_has_problems_and_no_values():
    result = refused_result(plan_of(PARENT.format()), "x", [])
    explained = explain(result, "A")
    assert isinstance(explained, EntityExplanation)
    assert explained.status == "refused"
    assert explained.total is None
    assert "refused" in explained.text("en")
