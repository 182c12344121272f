"""Files that build on one another too deep, or make too much, end in a diagnostic, whatever they are made of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perfrules import api
from perfrules.compose.sheet import MOST_ROWS
from perfrules.diagnostics import has_errors
from perfrules.diagnostics.codes import Code

USER = """ruleset r "R" version "1" {{
  use deep
  input a : % in [0%, 100%]
  indicator A 10 points {}
}}
"""


def errors(text: str, files: dict[str, str]) -> set[Code]:
    contents = {name: content.encode() for name, content in files.items()}
    found = api.compile(text, read_resource=contents.get).diagnostics
    return {each.code for each in found if has_errors([each])}


def library(levels: int, definition: Callable[[int], str], first: str) -> dict[str, str]:
    lines = (f'  define d{level}(v : % in [0%, 100%]) "{level}" {definition(level)}' for level in range(1, levels + 1))
    return {
        "deep.perfrules": "\n".join(
            ['library deep "Deep" {', f'  define d0(v : % in [0%, 100%]) "0" {first}', *lines, "}"]
        )
    }


def values(levels: int) -> dict[str, str]:
    return library(levels, lambda level: f"= d{level - 1}(v)", "= v")


def bracketed(levels: int) -> dict[str, str]:
    return library(levels, lambda level: "= " + "max(0%, " * 60 + f"d{level - 1}(v)" + ")" * 60, "= v")


def given_on(levels: int) -> dict[str, str]:
    return library(levels, lambda level: f"= d{level - 1}(" + "max(0%, " * 60 + "v" + ")" * 61, "= v")


def indicators(levels: int) -> dict[str, str]:
    return library(
        levels,
        lambda level: f"{{ indicator X 10 points = d{level - 1}(v) }}",
        "{ score = v * full }",
    )


@pytest.mark.parametrize("files", [values(1000), bracketed(60), given_on(60)])
def test_values_made_of_definitions_too_deep(files: dict[str, str]) -> None:
    top = files["deep.perfrules"].count("define") - 1
    assert errors(USER.format(f"{{ score = d{top}(a) * full between 0 and full }}"), files) == {Code.NESTING_TOO_DEEP}


def test_indicators_made_of_definitions_too_deep() -> None:
    assert errors(USER.format("= d1000(a)"), indicators(1000)) == {Code.NESTING_TOO_DEEP}


def test_definitions_as_deep_as_anybody_needs() -> None:
    assert errors(USER.format("{ score = d50(a) * full }"), values(50)) == set()
    assert errors(USER.format("= d50(a)"), indicators(50)) == set()


def test_libraries_that_use_one_another_too_deep() -> None:
    files = {f"l{n}.perfrules": f'library l{n} "L" {{\n  use l{n + 1}\n}}\n' for n in range(1000)}
    text = USER.format("{ score = a * full }").replace("use deep", "use l0")
    assert errors(text, files) == {Code.NESTING_TOO_DEEP}


def test_rulesets_that_extend_one_another_too_deep() -> None:
    files = {f"c{n}.perfrules": f'ruleset c{n} "C" extends c{n + 1} {{\n}}\n' for n in range(1000)}
    assert errors('ruleset r "R" version "1" extends c0 {\n}\n', files) == {Code.NESTING_TOO_DEEP}


def test_a_list_of_too_many_indicators() -> None:
    rows = "".join(f"A{n},1,a\n" for n in range(MOST_ROWS + 1))
    text = USER.format('{ indicators from "rows.csv" as d0 }')
    files = {**indicators(0), "rows.csv": f"code,marks,v\n{rows}"}
    assert errors(text, files) == {Code.DATA_TOO_LARGE}
