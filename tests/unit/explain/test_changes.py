"""What the next mark would take, each figure derived by hand."""

from fractions import Fraction

import pytest

from perfrules.explain import explain
from perfrules.explain.explanation import Change
from perfrules.explain.statement import Figure
from tests.support.explained import plan_of, result_of

HEAD = """
ruleset t "T" version "1" {
  total 10 points
  input done : 万元 decimals 2 in [0, 1000]
  input planned : 万元 decimals 2 in [1, 1000]
  input slips : count in [0, 50]
  input tidy : yes/no
  input class : one of (甲, 乙)
  table visits { input grave : yes/no }
  indicator A "Execution" 10 points {
    measure done / planned
"""
DATA = {"done": "88.6", "planned": 100, "slips": 2, "tidy": "no", "class": "乙", "visits": [{"grave": "yes"}]}


def changes(score: str, **data: object) -> tuple[Change, ...]:
    result = result_of(plan_of(f"{HEAD} {score}\n }}\n}}\n"), {**DATA, **data})
    return explain(result, "A").changes


def said(change: Change) -> tuple[str | None, bool, Fraction, Fraction]:
    to = str(change.to.value) if isinstance(change.to, Figure) else None
    return to, change.beyond, change.gain, change.score


def inputs(change: Change) -> dict[str, Fraction]:
    return {by.name: by.to.value for by in change.by if isinstance(by.to, Figure)}


def test_the_nearest_band_and_the_least_input_that_reaches_it():
    # 88.6% is in [80%, 90%) and earns 9; 90% earns 10. 90 of 100, or 88.6 of 98.44 (98.45 would be 89.99…%).
    (only,) = changes("score bands of measure { >= 90% -> full; >= 80% -> 9; otherwise -> 0 }")
    assert said(only) == ("9/10", False, 1, 10)
    assert only.difference.value == Fraction(14, 1000)
    assert inputs(only) == {"done": 90, "planned": Fraction("98.44")}


def test_a_band_that_begins_beyond_its_edge():
    # More than 90% is needed, and done has two decimals: 90.01.
    (only,) = changes("score bands of measure { > 90% -> full; otherwise -> 0 }", done="90")
    assert said(only) == ("9/10", True, 10, 10)
    assert only.upward
    assert inputs(only)["done"] == Fraction("90.01")


def test_a_point_on_the_slope_and_the_end_of_it():
    # 10 points over 100pp: one point of percent is 0.1 marks; all 11.4pp are 1.14.
    small, end = changes("score curve of measure { 0% -> 0; 100% -> full }")
    assert said(small) == ("112/125", False, Fraction(1, 10), Fraction("8.96"))
    assert said(end) == ("1", False, Fraction("1.14"), 10)


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        # 103.125% is 3.125pp above: 4 started points. Three are left at 103%.
        ("measure above 100%: less 1 point per started 1pp", ("103/100", False, 1, 7)),
        # 3 whole points; below 103% there are two.
        ("measure above 100%: less 1 point per whole 1pp", ("103/100", True, 1, 8)),
        # exactly 3.125 off; one point of percent less at 102.125%.
        ("measure above 100%: less 1 point per exact 1pp", ("817/800", False, 1, Fraction("7.875"))),
        # 4 points held at 2: only from 101% on does one less count.
        ("measure above 100%: less 1 point per started 1pp, at most 2 points", ("101/100", False, 1, 9)),
    ],
)
def test_one_part_less(rule, first):
    found = changes(f"score tally from full {{ {rule} }}", done="412.5", planned=400)
    assert said(found[0]) == first
    assert said(found[-1])[0] == "1"
    assert found[-1].score == 10


def test_one_event_less_and_one_record_less():
    found = changes("score tally from full { slips: less 2 points each; v in visits where v.grave: less 1 point each }")
    assert [(change.construct, change.gain) for change in found] == [("tally line", 2), ("record", 1)]
    assert inputs(found[0]) == {"slips": 1}


def test_another_answer():
    found = changes("score cases { when tidy -> full; when class = 甲 -> 8; otherwise -> 3 }")
    assert [(change.construct, change.gain, change.score) for change in found] == [("fact", 7, 10), ("fact", 5, 8)]


def test_a_threshold_inside_a_condition():
    found = changes("score cases { when measure >= 90% and tidy -> full; when measure > 95% -> 6; otherwise -> 0 }")
    # 90% alone is not enough while it is not tidy; more than 95% is.
    assert [said(change) for change in found] == [("19/20", True, 6, 6)]


def test_what_gives_nothing_is_not_said():
    assert changes("score bands of measure { >= 80% -> full; otherwise -> 0 }") == ()


def test_what_the_data_could_never_say_is_not_said():
    # The share cannot pass 100%, so the band above it is no advice.
    text = """
    ruleset t "T" version "1" {
      total 10 points
      input share_done "Share done" : % decimals 1 in [0%, 100%]
      indicator A "Share" 10 points {
        measure share_done
        score bands of measure { > 100% -> full; >= 90% -> 8; otherwise -> 0 }
      }
    }
    """
    result = result_of(plan_of(text), {"share_done": "89.9%"})
    assert [said(change) for change in explain(result, "A").changes] == [("9/10", False, 8, 8)]
    assert explain(result_of(plan_of(text), {"share_done": "95%"}), "A").changes == ()
