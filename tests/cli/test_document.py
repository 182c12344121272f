"""`perfrules document`: a ruleset as a page or a Word file, whole or not at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import cli

RULESETS = Path(__file__).parents[2] / "rulesets"
PINGHU = str(RULESETS / "pinghu/department/department.perfrules")


def perfrules(*words: str) -> Result:
    return CliRunner().invoke(cli, words, catch_exceptions=False)


@pytest.mark.parametrize(("language", "said"), [("en", "wrote"), ("zh", "已写入")])
def test_a_page_and_a_word_file_are_written(tmp_path: Path, language: str, said: str) -> None:
    for name in ("rubric.html", "rubric.docx"):
        out = tmp_path / name
        result = perfrules("document", PINGHU, "--out", str(out), "--lang", language)
        assert (result.exit_code, result.output) == (0, f"{said} {out}\n")
    assert (tmp_path / "rubric.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "word/document.xml" in zipfile.ZipFile(tmp_path / "rubric.docx").namelist()


def test_libraries_are_looked_for_where_asked(tmp_path: Path) -> None:
    out, ruleset = tmp_path / "rubric.html", str(RULESETS / "yantai/evaluation/yantai.project.perfrules")

    assert perfrules("document", ruleset, "--out", str(out)).exit_code == 1
    assert not out.exists()
    assert perfrules("document", ruleset, "--out", str(out), "--path", str(RULESETS)).exit_code == 0
    assert out.exists()


def test_other_kinds_of_files_are_not_written(tmp_path: Path) -> None:
    result = perfrules("document", PINGHU, "--out", str(tmp_path / "rubric.pdf"), "--lang", "en")

    assert result.exit_code == 2
    assert result.output == f"{tmp_path / 'rubric.pdf'} ends in neither .html nor .docx\n"


@pytest.mark.parametrize(("module", "name"), [("jinja2", "rubric.html"), ("docx", "rubric.docx")])
def test_what_lacks_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, name: str) -> None:
    monkeypatch.setitem(__import__("sys").modules, module, None)

    result = perfrules("document", PINGHU, "--out", str(tmp_path / name), "--lang", "en")

    assert result.exit_code == 2
    assert result.output == f"this needs {module}: pip install 'perfrules[report]'\n"
    assert list(tmp_path.iterdir()) == []
