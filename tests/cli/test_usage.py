"""A call that cannot be understood is told in the language of the reader, with exit status 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from perfrules.cli.main import cli


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("PERFRULES_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    Path("a.perfrules").write_text("", "utf-8")
    Path("a.csv").write_text("", "utf-8")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("score a.perfrules", "错误：缺少参数“DATA”"),
        ("score no.perfrules a.csv", "错误：“RULESET”的取值无效：“no.perfrules”不存在"),
        ("score . a.csv", "错误：“RULESET”的取值无效：“.”是文件夹，不是文件"),
        ("score a.perfrules a.csv --format pdf", "错误：“--format”的取值无效：“pdf”不在可选之列：table, json, csv"),
        ("score a.perfrules a.csv --as-of 2024", "错误：“--as-of”的取值无效：“2024”不是形如 2024-12-31 的日期"),
        ("score a.perfrules a.csv b.csv", "错误：多余的参数（b.csv）"),
        ("score a.perfrules a.csv --set", "错误：选项“--set”后面应有取值"),
        ("score a.perfrules a.csv --final=3", "错误：选项“--final”不带取值"),
        ("score a.perfrules a.csv --zzz", "错误：没有选项“--zzz”"),
        ("score a.perfrules a.csv --outt x", "错误：没有选项“--outt”，是否想写 --out"),
        ("scoer a.perfrules", "错误：没有命令“scoer”"),
    ],
)
def test_it_is_told_in_chinese(call: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERFRULES_LANG", "zh")
    found = CliRunner().invoke(cli, call.split())
    assert (found.exit_code, found.stdout) == (2, "")
    assert told in found.stderr
    assert "Error" not in found.stderr
    assert "Usage" not in found.stderr


def test_the_option_of_the_call_decides_the_language() -> None:
    assert "缺少参数" in CliRunner().invoke(cli, ["score", "--lang", "zh"]).stderr
    assert "缺少参数" in CliRunner().invoke(cli, ["score", "--lang=zh"]).stderr
    assert "Missing argument" in CliRunner().invoke(cli, ["score"]).stderr


def test_how_it_is_called_stands_above() -> None:
    lines = CliRunner().invoke(cli, ["score", "a.perfrules", "--lang", "zh"]).stderr.splitlines()
    assert lines[0].startswith("用法：")
    assert lines[0].endswith("score [OPTIONS] RULESET DATA")
    assert lines[1].startswith("运行 ")
    lines = CliRunner().invoke(cli, ["score", "a.perfrules"]).stderr.splitlines()
    assert lines[0].startswith("Usage: ")
    assert lines[1].startswith("Try '")


def test_help_and_exit_statuses_are_as_ever() -> None:
    assert CliRunner().invoke(cli, ["--help"]).exit_code == 0
    assert CliRunner().invoke(cli, ["check", "a.perfrules"]).exit_code == 1
