"""The recipes of docs/cookbook do what they say: run like the pages of the manual, by the same runner.

Each page stands in both indexes, quotes the rubric in Chinese, and has a summary for readers of Chinese.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfrules.diagnostics import Severity
from tests.spec import test_spec as manual

FOLDER = Path(__file__).parents[2] / "docs" / "cookbook"
INDEXES = (FOLDER / "README.md", FOLDER / "README.zh.md")
PAGES = sorted(page for page in FOLDER.glob("*.md") if page not in INDEXES)
ALL = [pytest.param(case, id=f"{page.stem}-{case.rules.line}") for page in PAGES for case in manual.cases_of(page)]


@pytest.mark.parametrize("case", ALL)
def test_recipe_gives_the_marks_derived_by_hand(case: manual.Case) -> None:
    manual.test_manual(case)
    assert case.scores or case.stated[Severity.ERROR], f"{case.rules.place}: a recipe without marks"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_is_indexed_and_summarised_in_chinese(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.search(r"^中文：", text, re.MULTILINE)
    assert re.search(r"^> .*[\u4e00-\u9fff]", text, re.MULTILINE)
    for index in INDEXES:
        assert f"({page.name})" in index.read_text(encoding="utf-8"), index.name


def anchors_of(page: Path) -> set[str]:
    """The anchors that a page has for its headings, made as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_point_leads_to_its_recipe() -> None:
    text = (FOLDER / "naive-tools.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([a-z-]+\.md)(?:#([^)]+))?\)", text)
    assert all((FOLDER / page).exists() for page, _ in links)
    assert all(not anchor or anchor in anchors_of(FOLDER / page) for page, anchor in links)
    points = re.findall(r"^\| (\d+) \|.*\]\(", text, re.MULTILINE)
    assert [int(point) for point in points] == list(range(1, 26))
