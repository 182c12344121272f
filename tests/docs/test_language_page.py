"""The reference names every page of the manual, each section its own, and every word of the language."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGE = TOP / "docs" / "reference" / "language.md"
SPEC = TOP / "tests" / "spec"
TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0]: part for part in re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]}
CASES = re.compile(r"^Cases: \[[^\]]+\]\(\.\./\.\./tests/spec/([a-z_]+\.md)\)\.", re.MULTILINE)
KEYWORDS = tomllib.loads((TOP / "dsl_grammar" / "keywords.toml").read_text(encoding="utf-8"))["keyword"]


@pytest.mark.parametrize("title", [title for title in SECTIONS if title != "Beside it"])
def test_section_names_the_page_that_runs_it(title: str) -> None:
    (page,) = CASES.findall(SECTIONS[title])
    assert (SPEC / page).exists()


def test_every_page_of_the_manual_has_its_section() -> None:
    named = set(CASES.findall(TEXT))
    assert named == {page.name for page in SPEC.glob("*.md")} - {"README.md"}


def test_every_word_of_the_language_is_in_the_reference() -> None:
    words = {keyword["en"] for keyword in KEYWORDS}
    assert {word for word in words if not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", TEXT)} == set()


def test_the_index_leads_to_sections() -> None:
    anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in SECTIONS}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= anchors
