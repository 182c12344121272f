"""Libraries at the command line: found with --path, searched, shown, checked, formatted; templates told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import cli

COMMON = """library mof.common "Common indicators" version "2020" {
  define execution(
    spent  : money,
    budget : money in [1 元, 1_000 元]
  ) "预算执行率" tags (sector: "通用", tier: "共性", "执行") {
    measure spent / budget
    score curve of measure { 0% -> 0; 100% -> full }
  }
  define part_of(some, whole : money in [1 元, 1_000 元]) "Share" = some / whole
}
"""
ROADS = """规则库 roads "Roads" 版本 "7" {
  定义 execution(done : %) "道路完成率" 标签 (sector: "交通", tier: "行业") { 评分 = done * 满分 介于 0 与 满分 }
}
"""
TEMPLATE = """ruleset city.template "Template" version "1" {
  use mof.common version "2020"
  input spent  : 元 in [0, 1_000]
  input budget : 元 in [1, 1_000]
  indicator A 70 points = mof.common.execution(spent, budget)
  slot X "Own" 30 points
}
"""
EXTENSION = """ruleset city.schools "Schools" version "1" extends city.template version "1" {
  input schools : % in [0%, 100%]
  fill X { indicator X1 30 points { score = schools * full } }
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    for name in ("PERFRULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    libraries = tmp_path / "libraries"
    (libraries / "mof").mkdir(parents=True)
    (libraries / "mof" / "common.perfrules").write_text(COMMON, "utf-8")
    (libraries / "roads.perfrules").write_text(ROADS, "utf-8")
    (libraries / "city.template.perfrules").write_text(TEMPLATE, "utf-8")
    (tmp_path / "work" / "schools.perfrules").write_text(EXTENSION, "utf-8")
    (tmp_path / "work" / "data.csv").write_text("entity,spent,budget,schools\nx,50,100,50%\n", "utf-8")
    return tmp_path / "work"


def perfrules(*words: str) -> Result:
    result = CliRunner().invoke(cli, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.usefixtures("here")
def test_every_command_finds_libraries_on_the_path() -> None:
    path = ("--path", "../libraries")
    scored = perfrules("score", "schools.perfrules", "data.csv", "--format", "json", *path)
    assert scored.exit_code == 0, scored.output
    tree = json.loads(scored.stdout)
    assert tree["results"][0]["total"] == "50"
    assert [(each["kind"], each["name"], each["version"]) for each in tree["sources"]] == [
        ("ruleset", "city.template", "1"),
        ("library", "mof.common", "2020"),
    ]
    assert tree["definitions"] == {"A": "mof.common.execution 2020"}
    for command in (
        ("check", "schools.perfrules"),
        ("test", "schools.perfrules"),
        ("explain", "schools.perfrules", "data.csv"),
        ("graph", "schools.perfrules"),
        ("schema", "schools.perfrules"),
        ("template", "schools.perfrules", "--out", "blank.csv"),
    ):
        assert perfrules(*command, *path).exit_code == 0
        missing = perfrules(*command)
        assert missing.exit_code == 1
        assert "library-not-found" in missing.output


@pytest.mark.usefixtures("here")
def test_an_explanation_names_the_definition() -> None:
    told = perfrules("explain", "schools.perfrules", "data.csv", "--indicator", "A", "--path", "../libraries")
    assert "Made of the definition\n  mof.common.execution 2020\n" in told.stdout


@pytest.mark.usefixtures("here")
def test_check_tells_a_template_and_score_refuses_it() -> None:
    checked = perfrules("check", "../libraries", "--path", "../libraries")
    assert checked.exit_code == 0
    assert "city.template.perfrules: template, 1 slot(s) to fill: X" in checked.stdout
    assert "3 file(s): 0 error(s), 0 warning(s)" in checked.stdout
    refused = perfrules("score", "../libraries/city.template.perfrules", "data.csv", "--path", "../libraries")
    assert refused.exit_code == 1
    assert "slot-unfilled" in refused.stderr


@pytest.mark.usefixtures("here")
def test_a_library_cannot_score() -> None:
    refused = perfrules("score", "../libraries/roads.perfrules", "data.csv")
    assert refused.exit_code == 1
    assert "header-mismatch" in refused.stderr


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        (("执行率",), ["mof.common.execution"]),
        (("完成率",), ["roads.execution"]),
        (("EXECUTION",), ["mof.common.execution", "roads.execution"]),
        (("execution", "道路"), ["roads.execution"]),
        (("交通",), ["roads.execution"]),
        (("--sector", "通用"), ["mof.common.execution"]),
        (("--tier", "行业"), ["roads.execution"]),
        (("--tag", "sector=交通"), ["roads.execution"]),
        (("share",), ["mof.common.part_of"]),
        ((), ["mof.common.execution", "mof.common.part_of", "roads.execution"]),
        (("execution", "--sector", "教育"), []),
    ],
)
@pytest.mark.usefixtures("here")
def test_search_fits_words_and_tags(terms: tuple[str, ...], found: list[str]) -> None:
    result = perfrules("library", "search", *terms, "--path", "../libraries", "--format", "json")
    tree = json.loads(result.stdout)
    assert sorted(f"{each['library']}.{each['name']}" for each in tree) == found
    assert result.exit_code == (0 if found else 1)


@pytest.mark.usefixtures("here")
def test_search_prints_where_a_definition_stands() -> None:
    shown = perfrules("library", "search", "执行", "--path", "../libraries").stdout.split("\n")
    assert shown[1].split("  ")[:3] == [
        "mof.common.execution",
        "预算执行率",
        "spent : money, budget : money in [1 元, 1_000 元]",
    ]
    assert shown[1].endswith("../libraries/mof/common.perfrules:2")
    assert shown[2] == "1 definition(s)"


@pytest.mark.usefixtures("here")
def test_list_counts_the_definitions_of_each_library() -> None:
    tree = json.loads(perfrules("library", "list", "--path", "../libraries", "--format", "json").stdout)
    assert [(each["library"], each["version"], each["definitions"]) for each in tree] == [
        ("mof.common", "2020", 2),
        ("roads", "7", 1),
    ]
    assert "mof.common  Common indicators  2020" in perfrules("library", "list", "--path", "../libraries").stdout


@pytest.mark.usefixtures("here")
def test_show_says_how_a_definition_is_used_and_that_works(here: Path) -> None:
    shown = perfrules("library", "show", "mof.common.execution", "--path", "../libraries").stdout
    assert "measure spent / budget" in shown
    use, indicator = (line.strip() for line in shown.rstrip().split("\n")[-2:])
    inputs = "input spent : 元 in [0, 9]\ninput budget : 元 in [1, 9]"
    (here / "used.perfrules").write_text(f'ruleset used "U" {{\n{use}\n{inputs}\n{indicator}\n}}\n', "utf-8")
    assert perfrules("check", "used.perfrules", "--path", "../libraries").exit_code == 0


@pytest.mark.usefixtures("here")
def test_show_tells_definitions_of_one_name_apart() -> None:
    several = perfrules("library", "show", "execution", "--path", "../libraries")
    assert several.exit_code == 2
    assert "mof.common.execution and roads.execution" in several.stderr
    unknown = perfrules("library", "show", "part_off", "--path", "../libraries")
    assert unknown.exit_code == 2
    assert "part_of" in unknown.stderr


@pytest.mark.usefixtures("here")
def test_fmt_lays_out_a_library_in_either_language() -> None:
    assert perfrules("fmt", "../libraries/roads.perfrules", "--language", "en").exit_code == 0
    text = Path("../libraries/roads.perfrules").read_text("utf-8")
    assert text.startswith('library roads "Roads" version "7" {')
    assert perfrules("check", "../libraries/roads.perfrules").exit_code == 0
