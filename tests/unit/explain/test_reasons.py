"""Why lights, decisions, outputs and looked-up values are as they are, in words."""

from __future__ import annotations

import pytest

from perfrules import Results, loads

MONITORED = """ruleset demo.monitored "Monitoring" version "1" {
  input spent "Spent" : 万元 decimals 2 in [0, 1000]
  input budget "Budget" : 万元 decimals 2 in [1, 1000]
  input visited "Visited on" : date in [2024-01-01, 2024-12-31] optional
  input late "Late" : yes/no
  schedule expected "Expected" : % of months { 6 months -> 50%; 12 months -> 90%; otherwise -> 0% }
  let rate_spent = spent / budget
  indicator P "Project" {
    status worst of children
    indicator P1 "Spending" {
      measure rate_spent
      lights { red when measure < 60%; yellow when measure < 80%; otherwise green }
    }
    indicator P2 "Visits" { lights { red when visited is missing and late; otherwise green } }
  }
  let progress = P1.light
  let visits = P2.light
  param action "What is done" by (progress, visits) : one of (keep, adjust, stop) {
    (red, red) -> stop
    (red, green) -> adjust
    otherwise -> keep
  }
  output action_taken "Action" : one of (keep, adjust, stop) = action
  output back "To give back" : 万元 = cases { when action = stop -> budget - spent; otherwise -> 0 万元 }
  output spending "Spent" : 万元 = spent
  output visit "Was visited" : yes/no = visited is not missing
  alert behind "Behind the plan" { red when rate_spent < expected(8 months); otherwise green }
}
"""
MARKED = """ruleset demo.marked "Marked" version "1" {
  total 20 points
  input spent "Spent" : number in [0, 1000]
  input budget "Budget" : number in [0, 1000]
  input kind "Kind" : one of (old, new)
  param target "Target" by kind : % { old -> 80%; new -> 90% }
  indicator A "Growth" 10 points {
    measure if budget > 0 then spent / budget else 0%
    let top = max(A.measure across entities)
    score = if top > 0 then measure / top * full else 0 between 0 and full
  }
  indicator B "Size" 10 points { score cases { when spent > 90 -> full; when spent > 50 -> 5; otherwise -> 1 } }
  output place "Place" : number = rank(A across entities, highest first, ties share best)
  output goal "Goal" : % = target
}
"""
ROWS = [
    {"entity": "a", "spent": 90, "budget": 100, "kind": "new"},
    {"entity": "b", "spent": 45, "budget": 100, "kind": "old"},
    {"entity": "c", "spent": 0, "budget": 0, "kind": "old"},
]


def monitored(lang: str = "en", **cells: object) -> str:
    data = {"spent": 30, "budget": 100, "visited": None, "late": True, **cells}
    return loads(MONITORED).score(data).explain().text(lang, 400)


@pytest.fixture(scope="module")
def marked() -> Results:
    return loads(MARKED).score_all(ROWS)


def test_a_ruleset_without_marks_does_not_speak_of_marks() -> None:
    assert monitored().splitlines()[:2] == ["1", "Monitoring, version 1."]


def test_a_light_is_told_with_the_line_that_held() -> None:
    shown = monitored()
    assert "P.P1 Spending: red, because Spending < 60% (30% < 60%)" in shown
    assert "P.P2 Visits: red, because Visited on is missing and Late (Visited on: missing and Late: yes)" in shown
    assert "P Project: red, because the worst light below is that of P1 Spending and P2 Visits" in shown


def test_what_stands_under_otherwise_says_what_did_not_hold() -> None:
    shown = monitored(spent=90, late=False)
    assert "Spending: green, because none of these holds: Spending < 60%; Spending < 80% (Spending: 90%)" in shown
    assert (
        "Behind the plan: green, because it does not hold that rate_spent < Expected for 8 months (90% < 50%)" in shown
    )
    zh = monitored("zh", spent=90, late=False)
    assert "Spending：绿色，因为以下各项均不成立：Spending < 60%；Spending < 80%（Spending：90%）" in zh
    assert "Behind the plan：绿色，因为下列条件不成立：rate_spent < 8个月的Expected（90% < 50%）" in zh


def test_a_decision_table_is_told_with_its_keys() -> None:
    assert "Action = stop: progress red and visits red\n" in monitored()
    assert "Action = stop：progress为红色、visits为红色\n" in monitored("zh")
    assert "Action = keep: progress green and visits green, which is one of the other cases\n" in monitored(
        spent=90, late=False
    )


def test_an_output_is_told_by_its_formula_or_not_at_all() -> None:
    shown = monitored()
    assert "To give back = 70 万元: What is done = stop (What is done: stop); so Budget − Spent = 100" in shown
    assert "\n  Spent = 30 万元\n" in shown
    assert "Was visited = no, because it does not hold that Visited on is not missing (Visited on: missing)" in shown


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["P.P1 Spending: red", "red when Spending < 60%", "Light: red, because Spending < 60% (30% < 60%)."]),
        ("zh", ["P.P1 Spending：红色", "红色：Spending < 60%", "灯色：红色，因为Spending < 60%（30% < 60%）。"]),
    ],
)
def test_the_page_of_an_indicator_tells_its_light(lang: str, told: list[str]) -> None:
    explained = loads(MONITORED).score({"spent": 30, "budget": 100, "late": True}).explain("P1")
    shown = explained.text(lang)
    assert [each for each in told if each not in shown] == []
    assert "30 万元" in shown or "30万元" in shown


def test_a_measure_of_several_cases_is_told_by_the_one_that_was_taken(marked: Results) -> None:
    shown = marked["b"].explain("A").text("en", 200)
    assert "1. Budget > 0 (100 > 0), so Spent ÷ Budget = 45 ÷ 100 = 45%" in shown


def test_a_statistic_is_told_with_the_number_put_in(marked: Results) -> None:
    assert "the largest Growth of all entities: 90% (3 counted)" in marked["b"].explain("A").text("en", 200)
    assert "Place = 2: the rank by Growth among all entities (3 ranked, highest first;" in marked["b"].explain().text(
        "en", 400
    )
    assert "Place = 2：按Growth在全部对象中的名次（共3个，从高到低；" in marked["b"].explain().text("zh", 400)


def test_what_others_have_is_no_change_to_make(marked: Results) -> None:
    assert "top down to" not in marked["b"].explain("A").text("en", 200)


def test_who_did_not_count_is_named() -> None:
    rules = loads("""ruleset demo "Demo" version "1" {
  input rate "Rate" : % in [0%, 100%] optional
  output top "Best" : % = max(rate across entities, among those present empty -> 0%)
}
""")
    results = rules.score_all([{"entity": "a", "rate": "40%"}, {"entity": "b"}, {"entity": "c", "rate": "90%"}])
    told = "Best = 90%: the largest Rate of all entities (2 counted); not counted: b"
    assert told in results["a"].explain().text("en", 200)
    assert "Best = 90%：全部对象的Rate最大值（计入2个）；未计入：b" in results["a"].explain().text("zh", 200)


def test_marks_lost_by_a_formula_are_told_by_its_numbers(marked: Results) -> None:
    assert "5  A  Growth ÷ top × 10 points = 45% ÷ 90% × 10 points" in marked["b"].explain().text("en", 200)


def test_marks_lost_in_a_case_say_what_held_or_what_did_not(marked: Results) -> None:
    assert "5  B  Spent > 50 (90 > 50)" in marked["a"].explain().text("en", 200)
    assert "9  B  none of these holds: Spent > 90; Spent > 50 (Spent: 45)" in marked["b"].explain().text("en", 200)
    assert "No case holds (Spent: 45): 1 point." in marked["b"].explain("B").text("en", 200)


def test_values_by_group_that_are_all_listed_need_no_other_cases(marked: Results) -> None:
    assert "Goal = 90%: Kind new\n" in marked["a"].explain().text("en", 200)
    assert "Goal = 80%: Kind old\n" in marked["b"].explain().text("en", 200)
