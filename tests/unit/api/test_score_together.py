"""Rulesets that extend one base, scored together: what they share, what is their own, and what stands in the way."""

from __future__ import annotations

from fractions import Fraction

import pytest

from perfrules import Ruleset, RulesetError, loads, score_together
from perfrules.diagnostics import Code
from perfrules.evaluate.result import Status

BASE = """ruleset city "City" version "1" {
  entity office "Office"
  input staff "Staff" : persons in [1, 500]
  total 100 points
  indicator A "Staff" 60 points { score = min(staff across entities) / staff * full between 0 and full }
  slot X "Own" 40 points
  output place "Place" : count = rank(total across entities, highest first, ties share best)
}
"""
SCHOOLS = """ruleset schools "Schools" version "1" extends city {
  fill X { indicator X1 "Always" 40 points { score = full } }
  output kind "Kind" : text = "school"
}
"""
CLINICS = """ruleset clinics "Clinics" version "1" extends city {
  output town : text = "east"
  input beds : count in [0, 100]
  fill X { indicator X1 "Beds" 40 points { score = beds / 100 * full } }
}
"""
YEARLY = """ruleset yearly "Next year" version "2" {
  entity town "Town"
  results clinics from clinics version "1" by town
  output marks "Marks" : points = mean(c.total for c in clinics empty -> 0 points)
}
"""
FILES = {"city.perfrules": BASE.encode(), "clinics.perfrules": CLINICS.encode()}
NORTH: dict[str, object] = {"office": "north", "staff": 20}
SOUTH: dict[str, object] = {"office": "south", "staff": 30}
HOSPITALS: list[dict[str, object]] = [
    {"office": "river", "staff": 10, "beds": 100},
    {"office": "hill", "staff": 40, "beds": 50},
]


def read(text: str) -> Ruleset:
    return loads(text, name=text.split()[1], read_resource=FILES.get)


def test_one_ruleset_may_stand_twice() -> None:
    schools = read(SCHOOLS)
    apart = score_together([(schools, [NORTH]), (schools, [SOUTH])])
    assert [(each.entity, each.outputs["place"]) for each in apart] == [("north", 1), ("south", 2)]
    assert [each.to_dict() for each in apart] == [each.to_dict() for each in schools.score_all([NORTH, SOUTH])]


def test_results_just_scored_together_are_read_by_ruleset() -> None:
    results = score_together([(read(SCHOOLS), [NORTH]), (read(CLINICS), HOSPITALS)])
    [result] = read(YEARLY).score_all([{"town": "east"}], results={"clinics": results})
    assert result.outputs["marks"] == Fraction(135, 2)  # (100 + 35) / 2


def test_results_that_no_ruleset_reads_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="no ruleset reads results called lost"):
        score_together([(read(SCHOOLS), [NORTH])], results={"lost": "none.json"})


def test_nothing_given_gives_nothing() -> None:
    assert list(score_together([])) == []


NEEDY = """ruleset needy version "1" {
  input a : number in [1, 9]
  input b : number in [1, 9]
  total 20 points
  slot A "First" 10 points
  slot B "Second" 10 points
  let best_a = max(A across entities)
  let best_b = max(B across entities)
  output bests : points = best_a + best_b
}
"""


def needy(name: str, first: str, second: str) -> Ruleset:
    text = f"""ruleset needy.{name} version "1" extends needy {{
  fill A {{ indicator A1 10 points {{ score = {first} between 0 and full }} }}
  fill B {{ indicator B1 10 points {{ score = {second} between 0 and full }} }}
}}
"""
    return loads(text, name=f"{name}.perfrules", read_resource={"needy.perfrules": NEEDY.encode()}.get)


def test_fills_may_need_what_fills_of_others_make() -> None:
    """In one the second needs the best of the first, and the best of the second waits for that in the other, too."""
    chained, plain = needy("chained", "a * 1 point", "best_a / 2"), needy("plain", "a * 1 point", "b * 1 point")
    results = score_together([(plain, [{"entity": "p", "a": 8, "b": 1}]), (chained, [{"entity": "c", "a": 2, "b": 9}])])
    assert [(each.total, each.outputs["bests"]) for each in results] == [(9, 12), (6, 12)]


def test_fills_that_need_one_another_across_rulesets_are_a_cycle() -> None:
    up, down = needy("up", "best_b / 2", "b * 1 point"), needy("down", "a * 1 point", "best_a / 2")
    for alone in (up, down):
        assert alone.score_all([{"entity": "x", "a": 4, "b": 4}])[0].status is Status.FINAL
    with pytest.raises(RulesetError) as refused:
        score_together([(up, []), (down, [])])
    [problem] = refused.value.diagnostics
    assert (problem.code, problem.args["path"]) == (Code.CYCLE, "max(A) → max(B) → max(A)")


SHARED = """ruleset shared version "1" {
  param pot : number = 10
  input w : count in [0, 9]
  output part : number = share(pot by w across entities to 0 decimals largest remainder, ties by entity, empty -> 0)
}
"""


def test_a_pool_that_an_overlay_changes_cannot_be_divided_among_all() -> None:
    files = {"shared.perfrules": SHARED.encode()}
    same = loads('ruleset a version "1" extends shared { }', read_resource=files.get)
    more = loads('ruleset b version "1" extends shared {\n set pot = 12 was 10\n}', read_resource=files.get)
    one, other = [{"entity": "x", "w": 3}], [{"entity": "y", "w": 2}]
    assert [each.outputs["part"] for each in score_together([(same, one), (same, other)])] == [6, 4]
    for result in score_together([(same, one), (more, other)]):
        assert [(each.code, each.args["name"]) for each in result.problems] == [(Code.POOL_NOT_SHARED, "pot")]


def test_a_statistic_of_a_definition_is_of_whoever_calls_it() -> None:
    """The library's text is in neither; the base's call of it is shared, the extension's is its own."""
    files = {
        "lib.perfrules": b"""library lib version "1" {
  define highest(x : number) = max(x across entities)
}""",
        "based.perfrules": b"""ruleset based version "1" {
  use lib
  input a : number in [0, 9]
  output shared : number = highest(a)
}""",
    }
    text = 'ruleset based.{} version "1" extends based {{\n output own : number = highest(a)\n}}'
    one, two = (loads(text.format(name), name=name, read_resource=files.get) for name in ("one", "two"))
    results = score_together([(one, [{"entity": "x", "a": 3}]), (two, [{"entity": "y", "a": 7}])])
    assert [(each.outputs["shared"], each.outputs["own"]) for each in results] == [(7, 3), (7, 7)]


def test_a_veto_of_one_that_reads_before_vetoes_is_told() -> None:
    same = "rank(total across entities, highest first, ties share best)"
    files = {"city.perfrules": BASE.replace("output place", f"let standing = {same}\n  output place").encode()}
    fill = "fill X { indicator X1 40 points { score = full } }"
    plain = loads(f'ruleset a version "1" extends city {{ {fill} }}', read_resource=files.get)
    veto = 'veto when standing > 3 "last" -> total 0'
    vetoed = loads(f'ruleset b version "1" extends city {{ {fill}\n {veto} }}', read_resource=files.get)
    with pytest.raises(RulesetError) as refused:
        score_together([(plain, []), (vetoed, [])])
    assert {each.code for each in refused.value.diagnostics} == {Code.STATISTIC_DIFFERS}
