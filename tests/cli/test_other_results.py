"""Results that other rulesets and earlier years read: scored, written, supplied, and never taken silently."""

from __future__ import annotations

import hashlib
import json
import pickle
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from perfrules import load
from perfrules.cli.main import cli

RUBRIC = """ruleset demo.year "Yearly" version "{version}" {{
  entity department "Department"
  input rate : % in [0%, 100%]
  total 100 points
  indicator A 100 points {{ measure rate; score = rate * full }}
  grades of total {{ 优 >= 90; 良 >= 80; 中 >= 60; 差 otherwise }}
  let low_before = if previous(grade) is missing then no else previous(grade) in one of (中, 差)
  decision cut "The budget is cut" when grade in one of (中, 差) and low_before
}}
"""
PROJECT = """ruleset demo.project "Projects" version "2021" {
  entity project "Project"
  total 100 points
  input of_department : text
  input done : % in [0%, 100%]
  indicator A "Done" 60 points { measure done; score = done * full }
  indicator B "Benefit" 40 points { score judged { "good" -> [20, 40]; "poor" -> [0, 20) } }
  output department : text = of_department
}
"""
DEPARTMENT = """ruleset demo.department "Departments" version "2021" {
  entity department "Department"
  results projects from demo.project version "2021" by department
  indicator D 10 points {
    measure mean(p.total for p in projects empty -> missing)
    score = measure / 10
    missing -> zero
  }
}
"""
PROJECTS = "project,of_department,done,B.level,B.mark\nP1,Edu,50%,good,30\nP2,Edu,20%,poor,10\nP3,Health,100%,good,40\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("PERFRULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for version in ("2021", "2022"):
        (tmp_path / f"{version}.perfrules").write_text(RUBRIC.format(version=version), "utf-8")
    (tmp_path / "2021.csv").write_text("department,rate\nEdu,55%\nHealth,95%\n", "utf-8")
    (tmp_path / "2022.csv").write_text("department,rate\nEdu,70%\nHealth,70%\nCulture,70%\n", "utf-8")
    (tmp_path / "demo.project.perfrules").write_text(PROJECT, "utf-8")
    (tmp_path / "demo.department.perfrules").write_text(DEPARTMENT, "utf-8")
    (tmp_path / "projects.csv").write_text(PROJECTS, "utf-8")
    (tmp_path / "departments.csv").write_text("department\nEdu\nHealth\nCulture\n", "utf-8")
    return tmp_path


def perfrules(*words: str) -> Result:
    result = CliRunner().invoke(cli, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def written(*words: str, to: str) -> dict[str, Any]:
    """Score to a file, and return what stands in it."""
    perfrules("score", *words, "--out", to)
    found: dict[str, Any] = json.loads(Path(to).read_text("utf-8"))
    return found


def test_two_low_years_running_have_a_consequence(here: Path) -> None:
    first = written("2021.perfrules", "2021.csv", "--previous", "none", to="2021.json")
    assert [each["grade"] for each in first["results"]] == ["差", "优"]
    assert [each["decisions"]["cut"] for each in first["results"]] == [False, False]
    second = written("2022.perfrules", "2022.csv", "--previous", "2021.json", to="2022.json")
    decided = {each["entity"]: each["decisions"]["cut"] for each in second["results"]}
    assert decided == {"Edu": True, "Health": False, "Culture": False}
    digest = hashlib.sha256((here / "2021.json").read_bytes()).hexdigest()
    used = {"name": "previous", "ruleset": "demo.year", "version": "2021", "digest": digest}
    assert second["results_used"] == [used]
    jsonschema.validate(second, json.loads(perfrules("schema").output))


def test_an_earlier_year_is_never_taken_for_granted(here: Path) -> None:
    scored = perfrules("score", "2022.perfrules", "2022.csv")
    assert scored.exit_code == 2
    assert scored.output.count("results-needed") == 1
    assert "`--previous FILE` or `--previous none`" in scored.output


def test_results_of_another_ruleset_are_not_taken_for_earlier_ones(here: Path) -> None:
    written("demo.project.perfrules", "projects.csv", to="projects.json")
    scored = perfrules("score", "2022.perfrules", "2022.csv", "--previous", "projects.json", "--out", "2022.json")
    assert scored.exit_code == 2
    assert scored.output.count("error[") == 1
    assert "refused" not in scored.output
    assert not (here / "2022.json").exists()
    assert "`previous` must be results of `demo.year`, but these are of `demo.project 2021`" in scored.output


def test_a_project_ruleset_feeds_a_department_ruleset(here: Path) -> None:
    written("demo.project.perfrules", "projects.csv", to="projects.json")
    # Edu: (60 * 50% + 30 + 60 * 20% + 10) / 2 = 41, a tenth of it 4.1. Health: 100, so 10. Culture has none.
    found = written("demo.department.perfrules", "departments.csv", "--results", "projects=projects.json", to="d.json")
    assert {each["entity"]: each["total"] for each in found["results"]} == {
        "Edu": "4.1",
        "Health": "10",
        "Culture": "0",
    }


def test_the_same_results_in_python_have_the_same_digest(here: Path) -> None:
    written("demo.project.perfrules", "projects.csv", to="projects.json")
    rows = [
        dict(zip(PROJECTS.split("\n")[0].split(","), line.split(","), strict=True))
        for line in PROJECTS.split("\n")[1:4]
    ]
    projects = load("demo.project.perfrules").score_all(rows)
    department = load("demo.department.perfrules")
    from_memory = department.score_all([{"department": "Edu"}], results={"projects": projects})
    from_file = department.score_all([{"department": "Edu"}], results={"projects": "projects.json"})
    assert (
        from_memory[0].total
        == from_file[0].total
        == department.score({"department": "Edu"}, results={"projects": projects}).total
    )
    assert from_memory.results_used == from_file.results_used


def test_what_a_person_has_yet_to_decide_stays_open(here: Path) -> None:
    (here / "projects.csv").write_text(PROJECTS.replace("poor,10", ","), "utf-8")
    written("demo.project.perfrules", "projects.csv", to="projects.json")
    found = written("demo.department.perfrules", "departments.csv", "--results", "projects=projects.json", to="d.json")
    assert {each["entity"]: each["status"] for each in found["results"]} == {
        "Edu": "provisional",
        "Health": "final",
        "Culture": "final",
    }


def test_a_refused_project_is_never_left_out_silently(here: Path) -> None:
    (here / "projects.csv").write_text(PROJECTS.replace("20%", "120%"), "utf-8")
    assert perfrules("score", "demo.project.perfrules", "projects.csv", "--out", "projects.json").exit_code == 3
    scored = perfrules("score", "demo.department.perfrules", "departments.csv", "--results", "projects=projects.json")
    assert scored.exit_code == 3
    assert "in `projects` the result of `P2` was refused" in scored.output
    assert "3 of 3 refused" in scored.output


def test_a_project_of_an_unknown_department_is_reported(here: Path) -> None:
    (here / "projects.csv").write_text(PROJECTS.replace("Health", "Helath"), "utf-8")
    written("demo.project.perfrules", "projects.csv", to="projects.json")
    scored = perfrules("score", "demo.department.perfrules", "departments.csv", "--results", "projects=projects.json")
    assert scored.exit_code == 3
    assert "`Helath` stands in `projects` but is not among what is scored" in scored.output


@pytest.mark.parametrize("given", ["x=projects.json", "projects.json"])
def test_results_are_named_as_the_ruleset_names_them(here: Path, given: str) -> None:
    assert perfrules("score", "demo.department.perfrules", "departments.csv", "--results", given).exit_code == 2


@pytest.mark.parametrize(
    "content", ["", "[]", '{"results": [], "ruleset": {}}', '{"results": [{}], "ruleset": {"name": "a"}}']
)
def test_what_are_no_results_is_reported(here: Path, content: str) -> None:
    (here / "projects.json").write_text(content, "utf-8")
    scored = perfrules("score", "demo.department.perfrules", "departments.csv", "--results", "projects=projects.json")
    assert scored.exit_code == 2
    assert scored.output.count("error[data-unreadable]") == 1
    assert "refused" not in scored.output


@pytest.mark.parametrize("options", [("--results", "projects=nowhere.json"), ("--results", "projects=departments.csv")])
@pytest.mark.parametrize("command", ["score", "explain"])
def test_a_mistyped_file_of_results_is_one_problem_of_the_run(here: Path, command: str, options: list[str]) -> None:
    told = perfrules(command, "demo.department.perfrules", "departments.csv", *options)
    assert (told.exit_code, told.output.count("error["), told.stdout) == (2, 1, "")
    assert options[1].partition("=")[2] in told.output


def test_other_results_are_no_columns_of_the_data(here: Path) -> None:
    schema = json.loads(perfrules("schema", "demo.department.perfrules").output)
    assert next(iter(schema["properties"])) == "department"
    assert "projects" not in schema["properties"]
    assert perfrules("template", "demo.department.perfrules", "--out", "t.xlsx").exit_code == 0


def test_a_ruleset_that_reads_results_survives_pickling(here: Path) -> None:
    rules = load("demo.department.perfrules")
    assert pickle.loads(pickle.dumps(rules)).hash == rules.hash
