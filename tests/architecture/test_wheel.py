"""The wheel holds all that perfrules needs at run time, and works away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


def test_grammar_words_pages_and_types_are_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "perfrules/py.typed",
        "perfrules/_dsl_grammar/perfrules.lark",
        "perfrules/_dsl_grammar/tokens.lark",
        "perfrules/_dsl_grammar/keywords.toml",
        "perfrules/_error_pages/marks-do-not-add-up.md",
        "perfrules/cli/starters/zh.perfrules",
        "perfrules/locale/zh/LC_MESSAGES/diagnostics.mo",
        "perfrules/writers/schema/result.schema.json",
    } <= names


def test_the_installed_package_checks_and_scores_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "perfrules", *words]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = subprocess.run(
        [sys.executable, "-c", "import perfrules; print(perfrules.__file__)"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(tmp_path))
    run("new", "demo", "--lang", "zh")
    assert "0 个错误" in run("check", "demo.perfrules", "--lang", "zh")
    assert "21" in run("score", "demo.perfrules", "demo-data.csv")
    assert run("why", "marks-do-not-add-up").startswith("# marks-do-not-add-up")
