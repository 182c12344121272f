"""`perfrules plan` where its library is there, and where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from perfrules.cli import plan_command
from perfrules.cli.main import cli

JUDGED = """ruleset t "T" version "1" {
  effective 2024-01-01 to 2024-12-31
  entity e
  total 20 points
  round total to 1 decimal half up
  input b : number
  indicator A 10 points { score judged { "met" -> [80%, 100%] of full; "not met" -> [0, 8) } }
  indicator B 10 points { score cases { when A.level = "met" -> 2; when A.mark > 3 -> 1; otherwise -> 5 } }
  decision many when b > 3
}
"""
RULESET = Path(__file__).parents[2] / "benchmarks" / "rulesets" / "thirty_five.perfrules"


def test_every_decision_is_told_with_its_bound() -> None:
    told = CliRunner().invoke(cli, ["plan", str(RULESET), "--lang", "en"])
    assert told.exit_code == 0
    assert "below half the gap" in told.output
    assert "computed again" not in told.output


@pytest.mark.parametrize(("lang", "words"), [("en", "this needs numpy"), ("zh", "需要 numpy")])
def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, lang: str, words: str) -> None:
    monkeypatch.setattr(plan_command, "find_spec", lambda _name: None)
    told = CliRunner().invoke(cli, ["plan", str(RULESET), "--lang", lang])
    assert told.exit_code == 2
    assert words in told.output
    assert "perfrules[frames]" in told.output


@pytest.mark.parametrize(("lang", "words"), [("en", "limits of their levels"), ("zh", "等次的限度")])
def test_marks_that_people_give_lie_within_their_levels(tmp_path: Path, lang: str, words: str) -> None:
    path = tmp_path / "judged.perfrules"
    path.write_text(JUDGED, "utf-8")
    told = CliRunner().invoke(cli, ["plan", str(path), "--lang", lang])
    assert told.exit_code == 0
    rows = {line.split("  ")[0]: line for line in told.output.splitlines() if line}
    assert "0.01" in rows["A"]
    assert "[0, 10]" in rows["A"]
    assert "[1, 15]" in rows["rounded total"]
    [of_marks] = [line for line in rows.values() if words in line]
    assert of_marks.endswith("A.mark")
    assert not [line for line in rows if "A.mark:" in line]
