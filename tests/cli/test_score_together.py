"""Rulesets that extend one base, scored together at the command line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import cli
from perfrules.writers.canonical import result_schema

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


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("PERFRULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, text in {"city": BASE, "schools": SCHOOLS, "clinics": CLINICS}.items():
        (tmp_path / f"{name}.perfrules").write_text(text, "utf-8")
    (tmp_path / "schools.csv").write_text("office,staff\nnorth,20\nsouth,30\n", "utf-8")
    (tmp_path / "clinics.csv").write_text("office,staff,beds\nriver,10,100\nhill,40,50\n", "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["score", "schools.perfrules", "schools.csv", *arguments], catch_exceptions=False)


TOGETHER = ("--together", "clinics.perfrules", "clinics.csv")


def test_the_table_has_what_all_have_in_common(here: Path) -> None:
    lines = [line.split() for line in run(*TOGETHER).stdout.splitlines()]
    assert lines == [
        ["Office", "Staff", "Own", "Total", "Place", "Status"],
        ["north", "30", "40", "70", "2", "final"],
        ["south", "20", "40", "60", "3", "final"],
        ["river", "60", "40", "100", "1", "final"],
        ["hill", "15", "20", "35", "4", "final"],
    ]


def test_the_csv_names_the_ruleset_of_every_entity(here: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*TOGETHER, "--format", "csv").stdout)))
    assert [(row["entity"], row["ruleset"], row["total"]) for row in rows] == [
        ("north", "schools", "70"),
        ("south", "schools", "60"),
        ("river", "clinics", "100"),
        ("hill", "clinics", "35"),
    ]
    assert {"A", "X", "place"} <= rows[0].keys()
    assert not {"X.X1", "kind"} & rows[0].keys()


def test_the_json_has_the_results_of_each_ruleset(here: Path) -> None:
    tree = json.loads(run(*TOGETHER, "--format", "json").stdout)
    jsonschema.Draft202012Validator(result_schema()).validate(tree)
    found = {part["ruleset"]["name"]: [each["entity"] for each in part["results"]] for part in tree["together"]}
    assert found == {"schools": ["north", "south"], "clinics": ["river", "hill"]}
    [base] = {source["digest"] for part in tree["together"] for source in part["sources"]}
    assert len(base) == 64
    counts = {each["count"] for part in tree["together"] for one in part["results"] for each in _statistics(one)}
    assert counts == {"4"}


def _statistics(result: dict[str, dict[str, dict[str, str]]]) -> list[dict[str, str]]:
    return list(result["across_entities"].values())


def test_a_problem_names_the_file_it_is_in(here: Path) -> None:
    (here / "clinics.csv").write_text("office,staff,beds\nriver,10,100\nhill,400,x\n", "utf-8")
    outcome = run(*TOGETHER)
    assert outcome.exit_code == 3
    assert "clinics.csv" in outcome.stderr
    assert "4 of 4 refused" in outcome.stderr


def test_an_entity_of_two_files_is_refused_in_both(here: Path) -> None:
    (here / "clinics.csv").write_text("office,staff,beds\nnorth,10,100\n", "utf-8")
    outcome = run(*TOGETHER)
    assert outcome.exit_code == 3
    assert "it is also in row 2 (clinics.csv)" in outcome.stderr
    assert "it is also in row 2 (schools.csv)" in outcome.stderr


def test_rulesets_without_a_common_base_stop_the_command(here: Path) -> None:
    (here / "clinics.perfrules").write_text(CLINICS.replace("extends city", "extends town"), "utf-8")
    (here / "town.perfrules").write_text(BASE.replace("ruleset city", "ruleset town"), "utf-8")
    outcome = run(*TOGETHER)
    assert outcome.exit_code == 1
    assert "error[no-common-base]" in outcome.stderr


def test_a_base_of_another_text_is_another_base(here: Path) -> None:
    apart = here / "apart"
    apart.mkdir()
    (apart / "clinics.perfrules").write_text(CLINICS, "utf-8")
    (apart / "city.perfrules").write_text(BASE + "\n", "utf-8")
    assert "error[no-common-base]" in run("--together", "apart/clinics.perfrules", "clinics.csv").stderr
    (apart / "city.perfrules").write_text(BASE, "utf-8")
    assert run("--together", "apart/clinics.perfrules", "clinics.csv").exit_code == 0


def test_results_that_were_scored_together_are_read_by_ruleset(here: Path) -> None:
    (here / "yearly.perfrules").write_text(YEARLY, "utf-8")
    (here / "yearly.csv").write_text("town\neast\n", "utf-8")
    run(*TOGETHER, "--out", "all.json")
    outcome = CliRunner().invoke(cli, ["score", "yearly.perfrules", "yearly.csv", "--results", "clinics=all.json"])
    assert (outcome.exit_code, outcome.stderr) == (0, "")
    assert [line.split() for line in outcome.stdout.splitlines()][-1] == ["east", "67.5", "final"]
