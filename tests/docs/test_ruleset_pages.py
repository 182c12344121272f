"""What the pages of the rulesets show is what happens to who types it in at the top of the repository."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.running import run_page
from tests.spec.blocks import blocks_of

TOP = Path(__file__).parents[2]
RULESETS = TOP / "rulesets"
INDEX = RULESETS / "README.md"
PAGES = sorted(page for page in RULESETS.glob("**/README.md") if page != INDEX)
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def name_of(page: Path) -> str:
    return str(page.parent.relative_to(TOP))


@pytest.mark.parametrize("page", [INDEX, *PAGES], ids=name_of)
def test_page_shows_what_happens(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(RULESETS, tmp_path / RULESETS.name)
    run_page(page, tmp_path, monkeypatch, "en")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_has_a_command_a_summary_in_chinese_and_the_origin_of_each_figure(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert any(block.kind == "console" for block in blocks_of(page))
    assert "## What is published, derived, synthetic" in text
    if page.parent.parent.name != "undp":
        assert re.search(r"^中文：", text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_is_in_the_index(page: Path) -> None:
    assert f"({page.parent.relative_to(RULESETS)}/README.md)" in INDEX.read_text(encoding="utf-8")


def test_each_command_of_the_index_is_one_that_a_page_runs() -> None:
    commands = re.findall(r"^\|[^|]*\| `(perfrules [^`]+)`", INDEX.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == len(PAGES)
    run = {line for page in PAGES for line in page.read_text(encoding="utf-8").splitlines()}
    assert [command for command in commands if f"$ {command}" not in run] == []


@pytest.mark.parametrize("page", [INDEX, *PAGES], ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_page_says_how_its_expected_figures_came_about(page: Path) -> None:
    """Where there are any: they came from outside or were worked out, not copied from what the program printed."""
    if any(page.parent.glob("**/expected*.csv")):
        assert "expected" in page.read_text(encoding="utf-8")
