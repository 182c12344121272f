"""Entities that are compared: one whose data are refused keeps the others from having a place, and is named first."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.main import cli

RULES = """ruleset demo.places "Ranked" version "1" {
  entity town "Town"
  input spent  : 万元 in [0, 1000]
  input budget : 万元 in [1, 1000]
  check spent <= budget "Within budget"
  output place : number = rank(spent across entities, highest first, ties share best)
}
"""


def test_refused_data_are_told_first_and_what_they_prevent_once(tmp_path: Path) -> None:
    rules, data = tmp_path / "rank.perfrules", tmp_path / "data.csv"
    rules.write_text(RULES, "utf-8")
    data.write_text("town,spent,budget\nA,90,100\nB,120,100\nC,80,100\n", "utf-8")
    run = CliRunner().invoke(cli, ["score", str(rules), str(data), "--lang", "en"])
    assert run.exit_code == ExitCode.REFUSED
    assert run.stderr.count("error[statistic-refused]") == 1
    assert run.stderr.index("error[data-check-failed]") < run.stderr.index("error[statistic-refused]")
    assert "120 万元 - 100 万元 = 20 万元" in run.stderr
    assert "`B` (1 in all)" in run.stderr


def test_those_present_have_places_among_themselves(tmp_path: Path) -> None:
    rules, data = tmp_path / "rank.perfrules", tmp_path / "data.csv"
    rules.write_text(RULES.replace("ties share best", "ties share best, among those present"), "utf-8")
    data.write_text("town,spent,budget\nA,90,100\nB,120,100\nC,80,100\n", "utf-8")
    run = CliRunner().invoke(cli, ["score", str(rules), str(data), "--lang", "en", "--format", "csv"])
    assert run.exit_code == ExitCode.REFUSED
    heading, *rows = [line.split(",") for line in run.stdout.splitlines()]
    place = heading.index("place")
    assert {row[0]: row[place] for row in rows} == {"A": "1", "B": "", "C": "2"}
