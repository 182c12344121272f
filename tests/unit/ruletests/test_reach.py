"""What the tests of a ruleset do not reach: each part by the name of its owner and its own text."""

from perfrules import api
from perfrules.ruletests.reach import reach
from perfrules.ruletests.run import run_tests

RULES = """ruleset demo "Demo" version "1" {
  input x    : number decimals 0 in [0, 100]
  input town : one of (central, western, other)
  param target by town : number { central -> 5; western -> 2; otherwise -> 1 }
  param action by (speed, late) : one of (keep, stop) { (red, yes) -> stop; otherwise -> keep }
  param several : number = 2
  let late = x > 50
  let size = cases { when x > 90 -> 3; when x > several -> 2; otherwise -> target }
  indicator A { measure x; lights { red when measure > 60; yellow when measure > 30; otherwise green } }
  alert speed { red when size = 3; otherwise green }
  output told : number = size
  output done : one of (keep, stop) = action
  %s
}"""


def unreached(tests: str) -> list[tuple[str, str, str]]:
    rules = api.loads(RULES % tests)
    traces = [run.trace for run in run_tests(rules.plan, rules.tests) if run.trace is not None]
    found = reach(rules.plan, traces).unreached
    return [(each.node, each.construct, rules.source.span_text(each.span)) for each in found if each.span]


def test_lights_values_by_group_and_cases_in_expressions_are_parts() -> None:
    assert sorted(unreached("")) == [
        ("A/light", "light", "otherwise green"),
        ("A/light", "light", "red when measure > 60"),
        ("A/light", "light", "yellow when measure > 30"),
        ("alert.speed", "light", "otherwise green"),
        ("alert.speed", "light", "red when size = 3"),
        ("let.size", "case", "target"),
        ("let.size", "case", "x > 90 -> 3"),
        ("let.size", "case", "x > several -> 2"),
        ("param.action", "group value", "(red, yes) -> stop"),
        ("param.action", "group value", "keep"),
        ("param.target", "group value", "1"),
        ("param.target", "group value", "central -> 5"),
        ("param.target", "group value", "western -> 2"),
    ]


def test_a_part_that_some_test_takes_is_reached() -> None:
    first = 'test "slow" { given x = 1, town = central; expect told = 5, done = keep }'
    second = 'test "fast" { given x = 95, town = other; expect told = 3, done = stop }'
    assert sorted(unreached(f"{first}\n{second}")) == [
        ("A/light", "light", "yellow when measure > 30"),
        ("let.size", "case", "x > several -> 2"),
        ("param.target", "group value", "western -> 2"),
    ]


def test_every_entity_of_a_test_counts() -> None:
    several = 'test "both" { given a: x = 1, town = central; given b: x = 95, town = other; expect a: told = 5 }'
    assert len(unreached(several)) == 3
