"""Whose result moved and why: each part is what its item moves, they add up, and what is not final is told as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest

from perfrules import loads
from perfrules.compare import Comparison, EntityCompared, compare_results, comparison_html, comparison_json, text

RULES = """
ruleset demo "Demo" version "1" {
  entity name
  input spent  "Spent"  : 万元 decimals 4 in [0, 1_000_000]
  input budget "Budget" : 万元 decimals 4 in [1, 1_000_000]
  input fault  "Faults" : count in [0, 10]
  indicator A "Money" {
    indicator A1 "Execution" 60 points {
      measure spent / budget
      score curve of measure { 0% -> 0; 100% -> full }
    }
  }
  indicator B "Order" {
    indicator B1 "Faults" 40 points { score tally from full { fault: less 5 points each } }
  }
  grades of total { good >= 80; fair >= 60; poor otherwise }
}
"""
JUDGED = """  indicator C "Judged" 10 points {
    score judged { "good" -> [60%, 100%] of full; "bad" -> [0%, 60%) of full }
  }
"""
ROWS = [
    {"name": "甲", "spent": 90, "budget": 100, "fault": 1},
    {"name": "乙", "spent": 50, "budget": 100, "fault": 0},
]

Rows = Sequence[Mapping[str, Any]]


def compared(old: str, new: str, rows: Rows, rows_new: Rows | None = None) -> Comparison:
    before, after = loads(old), loads(new)
    return compare_results(before, before.score_all(rows), after, after.score_all(rows_new or rows))


def edited(text: str, *edits: tuple[str, str]) -> str:
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def parts(entity: EntityCompared) -> dict[str, Fraction]:
    """The parts by the names of their items; everything must be explained, and add up."""
    movement = entity.movement
    assert movement is not None
    assert all(part.items for part in movement.parts)
    assert sum(part.moved for part in movement.parts) == (movement.moved or 0)
    return {" + ".join(item.name or item.sort.value for item in part.items): part.moved for part in movement.parts}


def test_data_of_two_periods_under_one_ruleset() -> None:
    later = [{**ROWS[0], "spent": 95, "fault": 0}, ROWS[1]]
    found = compared(RULES, RULES, ROWS, later)
    assert found.changes == ()
    assert parts(found["甲"]) == {"spent": Fraction(3), "fault": Fraction(5)}
    assert found["乙"].sort == "same"
    assert found.differs
    written = text(found)
    assert "Spent (spent): 90 万元 → 95 万元" in written
    assert "What changed between two sets of data: Demo 1" in written
    assert not compared(RULES, RULES, ROWS).differs


def test_bare_data_in_another_unit_move_and_data_with_their_unit_do_not() -> None:
    other = edited(RULES, ('"Spent"  : 万元 decimals 4', '"Spent"  : 元'), ("[0, 1_000_000]", "[0, 10_000_000_000]"))
    assert parts(compared(RULES, other, ROWS)["甲"]) == {"spent": 60 * (Fraction(90, 1_000_000) - Fraction(90, 100))}
    rows = [{**ROWS[0], "spent": "90 万元"}]
    found = compared(RULES, other, rows)
    assert [change.item.name for change in found.changes] == ["spent"]
    assert found["甲"].sort == "same"


def test_a_unit_and_a_rule_that_reads_it_change_together() -> None:
    rule = "score tally from full { spent above 50 万元: less 1 point per whole 10 万元 }"
    old = edited(RULES, ("measure spent / budget\n      score curve of measure { 0% -> 0; 100% -> full }", rule))
    new = edited(
        old,
        ('"Spent"  : 万元 decimals 4', '"Spent"  : 千元'),
        ("above 50 万元: less 1", "above 50 万元: less 2"),
    )
    same_amount = edited(old, ('"Spent"  : 万元 decimals 4', '"Spent"  : 千元'))
    assert [change.item.name for change in compared(old, same_amount, ROWS).changes] == ["spent"]
    found = compared(old, new, ROWS, [{**ROWS[0], "spent": 700}, {**ROWS[1], "spent": 500}])
    # read as 70 instead of 90 万元: 4 → 2 steps of one point; then of two points
    assert parts(found["甲"]) == {"spent": Fraction(2), "A.A1": Fraction(-2)}


def test_written_as_percent_instead_of_ratio() -> None:
    asked = '  input rate : % in [0%, 100%] written as ratio\n  indicator C "Rate" 10 points { score = rate * full }\n'
    old = edited(RULES, ('  indicator A "Money"', f'{asked}  indicator A "Money"'))
    new = edited(old, ("written as ratio", "written as percent"))
    found = compared(old, new, [{**ROWS[0], "rate": 1}])
    assert parts(found["甲"]) == {"rate": Fraction(1, 10) - 10}


def test_an_indicator_that_moved_and_was_given_more_marks() -> None:
    here = '    indicator A2 "Extra" 10 points { score = if fault > 0 then 0 points else full }\n'
    old = edited(RULES, ('    indicator A1 "Execution"', f'{here}    indicator A1 "Execution"'))
    same = edited(RULES, ('    indicator B1 "Faults"', f'{here.replace("A2", "B2")}    indicator B1 "Faults"'))
    found = compared(old, same, ROWS)
    assert [(change.how, change.item.name) for change in found.changes] == [("moved", "A.A2")]
    assert parts(found["乙"]) == {"A.A2": Fraction(0)}
    more = edited(same, ('"Extra" 10 points', '"Extra" 12 points'))
    assert parts(compared(old, more, ROWS)["乙"]) == {"A.A2": Fraction(2)}


def test_an_indicator_with_children_comes_and_one_goes() -> None:
    new = edited(
        RULES,
        (
            'indicator B1 "Faults" 40 points { score tally from full { fault: less 5 points each } }',
            """indicator B2 "New" {
      indicator B21 "x" 20 points { score = full }
      indicator B22 "y" 20 points { score = 0 }
    }""",
        ),
    )
    found = compared(RULES, new, ROWS)
    assert {change.item.name: change.how for change in found.changes} == {"B.B1": "removed", "B.B2": "added"}
    assert parts(found["甲"]) == {"B.B1": Fraction(-35), "B.B2": Fraction(20)}


def test_excluded_shares_and_weights_follow_the_children() -> None:
    old = """
    ruleset demo {
      entity name
      scale 0 to 100
      input x : number in [0, 100]
      input y : number in [0, 100]
      input asked : yes/no
      indicator A weight 60% excluded share rescale {
        indicator A1 weight 50% { score = x * 1 point }
        indicator A2 weight 50% { applies when asked otherwise excluded; score = y * 1 point }
      }
      indicator B weight 40% { score = y * 1 point }
    }"""
    new = old.replace("weight 60%", "weight 70%").replace("weight 40%", "weight 30%")
    rows = [{"name": "a", "x": 80, "y": 50, "asked": True}, {"name": "b", "x": 80, "y": 50, "asked": False}]
    found = compared(old, new, rows)
    assert [change.item.name for change in found.changes] == ["A", "B"]
    assert found["a"].movement is not None
    # 0.7 × 65 + 0.4 × 50 over 1.1 of weights, then 0.3: each stage is what the weights there are give
    stage = (Fraction(7, 10) * 65 + Fraction(4, 10) * 50) / Fraction(11, 10)
    assert parts(found["a"]) == {"A": stage - 59, "B": Fraction(121, 2) - stage}
    assert found["b"].movement is not None
    assert found["b"].movement.moved == Fraction(7, 10) * 80 + Fraction(3, 10) * 50 - (
        Fraction(6, 10) * 80 + Fraction(4, 10) * 50
    )


def test_sheets_that_add_to_a_base() -> None:
    old = """
    ruleset demo {
      entity name
      base 100 points unbounded
      input n : count in [0, 9]
      indicator A { score tally from 0 { n: less 2 points each; unbounded } }
    }"""
    new = old.replace("base 100", "base 90").replace(
        "\n    }", "\n      indicator B { score tally from 0 { n: plus 1 point each; unbounded } }\n    }"
    )
    found = compared(old, new, [{"name": "a", "n": 3}])
    assert parts(found["a"]) == {"B": Fraction(3), "total": Fraction(-10)}


def test_a_parameter_that_changes_with_time() -> None:
    old = edited(
        RULES,
        (
            "  indicator A ",
            (
                "  effective 2024-01-01 to 2024-12-31\n"
                "  param goal : % { from 2020-01-01 -> 100%; from 2025-01-01 -> 90% }\n  indicator A "
            ),
        ),
        ("0% -> 0; 100% -> full", "0% -> 0; goal -> full"),
    )
    new = edited(old, ("2024-01-01 to 2024-12-31", "2025-01-01 to 2025-12-31"))
    found = compared(old, new, ROWS)
    assert [change.item.sort.value for change in found.changes] == ["period", "parameter"]
    assert "what applies: 100% → 90%" in text(found)
    assert parts(found["甲"]) == {"param.goal": Fraction(6)}


def test_judged_marks_and_overrides_are_data() -> None:
    rules = edited(RULES, ('  indicator B "Order"', f'{JUDGED}  indicator B "Order"'))
    old = [{**ROWS[0], "C.level": "good", "C.mark": 8}]
    new = [
        {
            **ROWS[0],
            "C.level": "good",
            "C.mark": 9,
            "A1.override.value": 50,
            "A1.override.by": "x",
            "A1.override.why": "y",
        }
    ]
    assert parts(compared(rules, rules, old, new)["甲"]) == {"C": Fraction(1), "A.A1": Fraction(-4)}


def test_what_is_open_refused_or_in_one_data_set_only_is_told_as_such() -> None:
    rules = edited(RULES, ('  indicator B "Order"', f'{JUDGED}  indicator B "Order"'))
    mark = {"C.level": "good", "C.mark": 8}
    old = [
        {**ROWS[0], **mark},
        {**ROWS[1], **mark},
        {**ROWS[0], **mark, "name": "丙"},
        {**ROWS[0], **mark, "name": "丁"},
    ]
    new = [
        ROWS[0],
        {**ROWS[1], **mark, "spent": -1},
        {**ROWS[0], **mark, "name": "丙"},
        {**ROWS[0], **mark, "name": "戊"},
    ]
    found = compared(rules, rules, old, new)
    sorts = {each.entity: each.sort for each in found.entities}
    assert sorts == {"甲": "open", "乙": "refused", "丙": "same", "戊": "only-new", "丁": "only-old"}
    within = found["甲"].moved_within
    assert within is not None
    assert (within.lo, within.hi) == (Fraction(-8), Fraction(2))
    written = text(found)
    for line in (
        "甲: 97, good → [89, 99], good; provisional, so the total moves by [−8, 2]",
        "乙: 78, fair → refused",
        "丁: in the old data only (97, good)",
        "戊: in the new data only (97, good)",
    ):
        assert line in written
    assert "refused" in comparison_json(found)
    assert "被拒绝" in comparison_html(found, "zh")


RANKED = """  let place = rank(A across entities, highest first, ties share best)
  indicator R "Rank" 10 points { score = 11 points - 1 point * place between 0 and full }
"""
COHORT = edited(RULES, ('  indicator B "Order"', f'{RANKED}  indicator B "Order"'))


def test_entities_that_are_compared_with_one_another() -> None:
    new = edited(COHORT, ("0% -> 0; 100% -> full", "0% -> 0; 60% -> full"))
    found = compared(COHORT, new, ROWS)
    assert parts(found["甲"]) == {"A.A1": Fraction(6)}
    # 50 of 100: 30 → 50 marks, and still second
    assert parts(found["乙"]) == {"A.A1": Fraction(20)}


def test_other_members_of_the_cohort() -> None:
    better = {"name": "丙", "spent": 99, "budget": 100, "fault": 0}
    found = compared(COHORT, COHORT, ROWS, [*ROWS, better])
    assert parts(found["甲"]) == {"entities": Fraction(-1)}
    assert found["丙"].sort == "only-new"
    assert "who is compared with one another" in text(found)


def test_other_members_whose_data_are_in_another_unit() -> None:
    new = edited(COHORT, ('"Spent"  : 万元 decimals 4', '"Spent"  : 千元'))
    later = [{**row, "spent": int(str(row["spent"])) * 10} for row in ROWS]
    better = {"name": "丙", "spent": 990, "budget": 100, "fault": 0}
    found = compared(COHORT, new, ROWS, [*later, better])
    assert parts(found["甲"]) == {"entities": Fraction(-1)}


def test_statistics_that_come_before_others_do_not_make_these_new() -> None:
    first = '  indicator M "Mean" 5 points { score = if A1 > mean(A1 across entities) then full else 0 points }\n'
    new = edited(COHORT, ('  indicator A "Money"', f'{first}  indicator A "Money"'))
    found = compared(COHORT, new, ROWS)
    assert [(change.how, change.item.name) for change in found.changes if change.item.name] == [("added", "M")]
    assert parts(found["甲"]) == {"M": Fraction(5)}


def test_tables_whose_columns_change_their_unit() -> None:
    old = """
    ruleset demo {
      entity name
      table projects { input amount : 万元 in [0, 1000]; input done : yes/no }
      indicator A 10 points {
        measure sum(p.amount for p in projects where p.done)
        score curve of measure { 0 万元 -> 0; 100 万元 -> full }
      }
    }"""
    new = old.replace("amount : 万元 in [0, 1000]", "amount : 千元 in [0, 10_000]")
    rows = [{"name": "a", "projects": [{"amount": 40, "done": True}, {"amount": 60, "done": False}]}]
    found = compared(old, new, rows)
    assert parts(found["a"]) == {"projects": Fraction(4, 10) - 4}


def test_a_veto_moves_a_grade_without_moving_the_total() -> None:
    new = edited(RULES, ("  grades of", '  veto when fault > 0 "faults" -> grade at most fair\n  grades of'))
    found = compared(RULES, new, ROWS)
    movement = found["甲"].movement
    assert movement is not None
    assert [(part.items[0].sort.value, part.moved, part.grade_before, part.grade) for part in movement.parts] == [
        ("grades", Fraction(0), "good", "fair")
    ]
    assert "decided by grades alone: without this change the grade would be good" in text(found)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_have_all_their_words(language: str) -> None:
    found = compared(RULES, edited(COHORT, ("good >= 80", "good >= 90")), ROWS)
    for written in (text(found, language), comparison_html(found, language).split("</style>")[1]):
        assert "{" not in written
        assert "page." not in written


def test_rules_that_have_no_total_any_more() -> None:
    new = RULES.replace(
        RULES[RULES.index("  indicator A") :], '  indicator C "Watched" { measure spent / budget }\n}\n'
    )
    found = compared(RULES, new, ROWS)
    movement = found["甲"].movement
    assert movement is not None
    assert movement.old.total == 89
    assert movement.new.total is None
    assert movement.moved is None
    assert sum(part.moved for part in movement.parts) == 0
    assert text(found)
    assert comparison_html(found)


def test_everything_replaced() -> None:
    new = RULES.replace(
        RULES[RULES.index("  indicator A") : RULES.index("  grades")],
        '  indicator X "Other" 100 points { score curve of budget { 0 万元 -> 0; 200 万元 -> full } }\n',
    )
    moves = {"A": Fraction(-54), "B": Fraction(-35), "X": Fraction(50)}
    assert parts(compared(RULES, new, ROWS)["甲"]) == moves
