"""A message names what lacks its clause, and advises what can help."""

from perfrules import api
from perfrules.diagnostics import Diagnostic
from perfrules.diagnostics.catalogue import translator
from perfrules.diagnostics.wording import help_message, message

HEAD = 'ruleset t "T" version "1" {\n  input x : % in [0%, 100%]\n'


def only(body: str) -> tuple[str, str | None]:
    (problem,) = api.compile(f"{HEAD}{body}\n}}").diagnostics
    assert isinstance(problem, Diagnostic)
    words = translator("en")
    return message(problem, words), help_message(problem, words)


def test_an_alert_is_no_indicator() -> None:
    body = "  indicator A 10 points { score = x * full }\n  alert slow { red when x < 50% }"
    assert only(body) == ("`alert` does not state its `otherwise`", "add `otherwise green`")


def test_lights_are_missing_where_the_worst_is_looked_for() -> None:
    body = "  indicator A { status worst of children\n    indicator A1 10 points { score = x * full }\n  }"
    assert only(body) == ("`A1` does not state its `lights`", "add `lights { … }`")


def test_what_lies_outside_cannot_be_moved_up() -> None:
    body = "  indicator A 10 points { score bands of x { >= 120% -> full; >= 50% -> 5; otherwise -> 0 } }"
    found = "this case is never reached: it lies outside the declared range"
    assert only(body) == (found, "remove it, or correct it")


def test_one_part_is_not_added_up() -> None:
    body = "  total 20 points\n  indicator A 10 points { score = x * full }"
    assert only(body) == ("the total states 20 points, but its parts come to 10", None)
