"""A plug-in that does not do its part is told by name and in words, where it is used or met, without a traceback."""

from __future__ import annotations

import pytest

import perfrules
from perfrules.diagnostics import Diagnostic

RULES = """
ruleset demo "Demo" version "1" {{
  use plugin {plugin}
  input x : number decimals 1 in [0, 10]
  output y : number = {plugin}(x)
}}
"""


def compiled(plugin: str) -> perfrules.Compiled:
    return perfrules.compile(RULES.format(plugin=plugin), plugins=[plugin])


def fault_of(problems: tuple[Diagnostic, ...]) -> tuple[str, str, str]:
    assert {problem.code.value for problem in problems} == {"plugin-fault"}
    problem = problems[0]
    return str(problem.args["plugin"]), str(problem.args["fault"]), str(problem.args["detail"])


@pytest.mark.parametrize(
    ("plugin", "fault", "detail"),
    [
        ("raises_on_import", "plugin-raises-on-import", "RuntimeError: the licence has run out"),
        ("is_a_class", "plugin-no-method", "a class; the entry point names an object"),
        ("has_no_narration", "plugin-no-method", "no narrate()"),
        ("has_another_name", "plugin-other-name", "somebody_else"),
        ("has_another_version", "plugin-other-version", "0.4 ≠ 0.3"),
        ("has_no_such_kind", "plugin-no-method", "there is no kind 'furlongs'"),
        ("fails_to_expand", "plugin-expand-raises", "ZeroDivisionError: of all things"),
        ("adds_a_float", "plugin-expand-raises", "BuildError: a number is a Fraction or an int, not 0.1"),
        ("adds_points_to_money", "plugin-expand-raises", "BuildError: + does not go with points and 万元"),
        ("reads_another_input", "plugin-expand-foreign", "Input"),
        ("forges_a_float", "plugin-expand-foreign", ""),
        ("returns_points", "plugin-expand-kind", "number"),
        ("nests_without_end", "plugin-expand-foreign", "> 100"),
        ("forgets_its_range", "plugin-no-range", "(0, 1)"),
    ],
)
def test_a_fault_is_found_when_the_ruleset_is_checked(plugin: str, fault: str, detail: str) -> None:
    found = compiled(plugin)
    assert found.ruleset is None
    name, what, said = fault_of(tuple(each for each in found.diagnostics if each.severity.value == "error"))
    assert (name, what) == (plugin, fault)
    assert detail in said
    assert "careless" not in said, "no path, no traceback"


@pytest.mark.parametrize(
    ("plugin", "good", "bad", "fault", "detail"),
    [
        ("fails_at_three", None, "3", "plugin-compute-raises", "ArithmeticError: not three"),
        ("returns_a_float", None, "2", "plugin-not-exact", "float 2.0"),
        ("leaves_its_range", None, "2", "plugin-outside-range", "3 ∉ [2, 2]"),
        ("shrinks_its_range", "0.5", "1.5", "plugin-outside-range", "1.5 ∉ [0, 1]"),
        ("fails_at_three", "2", "3", "plugin-compute-raises", "not three"),
    ],
)
def test_a_fault_with_some_data_refuses_that_entity(
    plugin: str, good: str | None, bad: str, fault: str, detail: str
) -> None:
    rules = compiled(plugin).ruleset
    assert rules is not None
    result = rules.score({"x": bad})
    assert result.status.value == "refused"
    name, what, said = fault_of(result.problems)
    assert (name, what) == (plugin, fault)
    assert detail in said
    if good is not None:
        assert rules.score({"x": good}).status.value == "final"


def test_both_evaluators_tell_the_same_fault() -> None:
    rules = compiled("fails_at_three").ruleset
    assert rules is not None
    rows = [{"entity": str(number), "x": "3" if number == 11 else "2"} for number in range(12)]
    statuses = [result.status.value for result in rules.score_all(rows)]
    assert statuses == ["final"] * 11 + ["refused"]


def test_a_sentence_that_fails_does_not_stop_an_explanation() -> None:
    rules = perfrules.loads(
        """
        ruleset demo "Demo" version "1" {
          use plugin fails_to_narrate
          input x : number decimals 1 in [0, 8]
          indicator A 10 points { score = fails_to_narrate(x) * 1 point }
        }
        """,
        plugins=["fails_to_narrate"],
    )
    told = rules.score({"x": "2"}).explain("A")
    assert "fails_to_narrate(2) = 3." in told.text("en")
    assert "fails_to_narrate（2）= 3。" in told.text("zh")


def test_a_plugin_cannot_take_the_name_of_a_function_of_the_language() -> None:
    found = perfrules.compile('ruleset demo "Demo" version "1" { use plugin 【max】 }', plugins=["max"])
    assert [str(each.args["fault"]) for each in found.diagnostics] == ["plugin-takes-a-function"]


def test_a_test_in_the_ruleset_that_meets_a_fault_fails() -> None:
    from perfrules.ruletests.run import run_tests

    rules = perfrules.loads(
        RULES.format(plugin="fails_at_three").rstrip().removesuffix("}")
        + 'test "three" { given x = 3; expect y = 3 } }',
        plugins=["fails_at_three"],
    )
    [run] = run_tests(rules.plan, rules.tests)
    assert run.failures


def test_a_schedule_of_the_ruleset_cannot_hide_a_plugin() -> None:
    found = perfrules.compile(
        'ruleset demo "Demo" version "1" {\n  use plugin fails_at_three\n'
        "  schedule fails_at_three : % of month { 1 -> 0%; 12 -> 100% }\n}\n",
        plugins=["fails_at_three"],
    )
    assert "duplicate-name" in {each.code.value for each in found.diagnostics}
