"""`perfrules plan` where its library is there, and where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from perfrules.cli import plan_command
from perfrules.cli.main import cli

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
