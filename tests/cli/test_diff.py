"""`perfrules diff`: exit status, formats, data read by two rulesets, two sets of data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.main import cli
from tests.unit.compare.successor import EDITS, cohort, edited, scheme, scheme_text, score, successor

OLD = """
ruleset demo "Demo" version "1" {
  entity name
  input spent  "Spent"  : % in [0%, 100%]
  input former "Former" : count in [0, 9]
  indicator A "Execution" 10 points { score curve of spent { 0% -> 0; 100% -> full } }
  indicator B "Former" 10 points { score tally from full { former: less 1 point each } }
  grades of total { good >= 15; poor otherwise }
}
"""
NEW = OLD.replace('former "Former"', 'later "Later"').replace("former:", "later:").replace('B "Former"', 'C "Later"')
DATA = "name,spent,former,later\n甲,90%,1,6\n乙,50%,0,1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("old.perfrules", OLD), ("new.perfrules", NEW), ("data.csv", DATA)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def diff(folder: Path, *arguments: str) -> Result:
    places = [
        str(folder / each) if each.endswith((".perfrules", ".csv", ".json", ".html")) else each for each in arguments
    ]
    return CliRunner(env={"NO_COLOR": "1"}).invoke(cli, ["diff", *places])


def test_no_change_is_0_and_a_change_is_1(folder: Path) -> None:
    same = diff(folder, "old.perfrules", "old.perfrules", "--lang", "en")
    assert same.exit_code == ExitCode.FINE
    assert same.output == "What changed: Demo 1 → Demo 1\n\nNo change: the rules mean the same.\n"
    other = diff(folder, "old.perfrules", "new.perfrules", "--lang", "en")
    assert other.exit_code == ExitCode.FINDINGS
    assert "gone  B Former" in other.output
    assert "new  C Later" in other.output


def test_columns_that_one_of_them_knows_are_no_problem(folder: Path) -> None:
    found = diff(folder, "old.perfrules", "new.perfrules", "data.csv", "--lang", "en")
    assert found.exit_code == ExitCode.FINDINGS
    assert "甲: good → poor (total 18 → 13, −5)" in found.output
    assert "unknown" not in found.output


def test_a_column_that_neither_knows_is_reported_once_unless_left_aside(folder: Path) -> None:
    (folder / "data.csv").write_text(
        DATA.replace("spent", "spent,stray").replace("90%", "90%,1").replace("50%", "50%,1")
    )
    found = diff(folder, "old.perfrules", "new.perfrules", "data.csv", "--lang", "en")
    assert found.exit_code == ExitCode.REFUSED
    assert found.output.count("data-unknown-column") == 1
    assert diff(folder, "old.perfrules", "new.perfrules", "data.csv", "--ignore-unknown").exit_code == ExitCode.FINDINGS


def test_two_sets_of_data_under_one_ruleset(folder: Path) -> None:
    (folder / "later.csv").write_text("name,spent,former\n甲,95%,1\n丙,95%,1\n", "utf-8")
    (folder / "now.csv").write_text("name,spent,former\n甲,90%,1\n乙,95%,1\n", "utf-8")
    same = "old.perfrules", "old.perfrules", "now.csv"
    found = diff(folder, *same, "--data-new", str(folder / "later.csv"), "--lang", "zh")
    assert found.exit_code == ExitCode.FINDINGS
    assert "Spent（spent）：90% → 95%" in found.output
    assert "乙：只在原数据中" in found.output
    assert "丙：只在新数据中" in found.output
    assert diff(folder, *same).exit_code == ExitCode.FINE


def test_entities_that_both_refuse(folder: Path) -> None:
    (folder / "data.csv").write_text(DATA.replace("90%", "190%"), "utf-8")
    found = diff(folder, "old.perfrules", "old.perfrules", "data.csv", "--ignore-unknown", "--lang", "en")
    assert found.exit_code == ExitCode.REFUSED
    assert "甲: refused → refused" in found.output


def test_formats(folder: Path) -> None:
    three = "old.perfrules", "new.perfrules", "data.csv"
    for name in ("out.html", "out.json", "out.csv"):
        written = diff(folder, *three, "--out", name)
        assert written.exit_code == ExitCode.FINDINGS, written.output
    assert (folder / "out.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    tree = json.loads((folder / "out.json").read_text("utf-8"))
    assert [each["moved"] for each in tree["entities"]] == ["-5", "-1"]
    assert [part["moved"] for part in tree["entities"][0]["parts"]] == ["-9", "4"]
    assert (folder / "out.csv").read_bytes().startswith("\ufeffentity,".encode())
    printed = diff(folder, *three, "--format", "json").output
    assert json.loads(printed) == tree


def test_what_needs_data_says_so(folder: Path) -> None:
    two = "old.perfrules", "new.perfrules"
    for more in (("--format", "csv"), ("--data-new", "data.csv")):
        found = diff(folder, *two, *more, "--lang", "en")
        assert found.exit_code == ExitCode.USAGE
        assert "need DATA" in found.output


def test_a_ruleset_with_errors_is_shown(folder: Path) -> None:
    (folder / "new.perfrules").write_text(NEW.replace("later:", "latter:"), "utf-8")
    found = diff(folder, "old.perfrules", "new.perfrules", "--lang", "en")
    assert found.exit_code == ExitCode.FINDINGS
    assert "unknown-name" in found.output


def cell(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def test_the_successor_from_files(tmp_path: Path) -> None:
    """From files as from memory; the departments' data have columns that only one of the two knows."""
    rows = cohort()
    lines = [rows[0].keys(), *([cell(value) for value in row.values()] for row in rows)]
    (tmp_path / "cohort.csv").write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")
    (tmp_path / "old.perfrules").write_text(scheme_text(), "utf-8")
    (tmp_path / "new.perfrules").write_text(edited(EDITS), "utf-8")
    found = diff(tmp_path, "old.perfrules", "new.perfrules", "cohort.csv", "--lang", "zh")
    assert found.exit_code == ExitCode.FINDINGS
    assert "两次评价都有的对象59个" in found.output
    old, new = score(scheme()), score(successor())
    for each in old:
        moved = f"{each.entity}：{each.grade} → {new[each.entity].grade}（总分"
        assert (moved in found.output) is (each.grade != new[each.entity].grade)
