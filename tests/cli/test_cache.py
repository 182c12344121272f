"""`perfrules cache`: the folder, what is in it, and what is in its way."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import cli

TEXT = 'ruleset a "A" version "1" {\n  total 5 points\n  indicator A1 5 points { score full }\n}\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own."""
    monkeypatch.setenv("PERFRULES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PERFRULES_LANG", "en")
    return tmp_path / "cache"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def test_a_command_keeps_what_it_compiled_until_it_is_cleared(folder: Path, tmp_path: Path) -> None:
    rules = tmp_path / "a.perfrules"
    rules.write_text(TEXT)
    first = run("check", str(rules))
    assert run("check", str(rules)).output == first.output
    assert "files:  1 of at most 2000\n" in run("cache", "info").output
    assert run("cache", "clear").output == "1 file(s) removed\n"
    assert "size:   0 KiB of at most 256.0 MiB\n" in run("cache", "info").output
    assert run("cache", "path").output == f"{folder}\n"


def test_info_tells_what_is_in_the_way(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    found = run("cache", "info")
    assert found.exit_code == 1
    assert "nothing can be kept there: it is not a folder of yours alone" in found.output


@pytest.mark.parametrize("command", ["info", "clear", "path"])
def test_off_is_told(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFRULES_CACHE", "off")
    found = run("cache", command, "--lang", "zh")
    assert found.exit_code == 1
    assert "PERFRULES_CACHE 为 off" in found.output
