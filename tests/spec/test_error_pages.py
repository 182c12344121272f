"""Every code has a page, every page a code; its examples cause that problem and no other error, and are mended."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from perfrules.diagnostics import Severity, apply_fix
from perfrules.diagnostics.catalogue import LANGUAGES
from perfrules.diagnostics.codes import SEVERITY, Code
from perfrules.diagnostics.render import terminal
from perfrules.error_pages import error_page
from tests.spec.error_examples import PAGES, Example, Told, examples_of, told, told_of_rules

FILES = sorted(page for page in PAGES.glob("*.md") if page.name != "README.md")
EXAMPLES = [
    pytest.param(example, id=f"{page.stem}-{example.block.line}") for page in FILES for example in examples_of(page)
]


@pytest.fixture
def outcome(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    example: Example = request.getfixturevalue("example")
    if "without" in example.attributes:
        monkeypatch.setitem(sys.modules, example.attributes["without"], None)
    return told(example, tmp_path)


def test_every_code_has_a_page_and_every_page_a_code() -> None:
    assert {page.stem for page in FILES} == {code.value for code in Code}


def test_the_index_lists_every_page_once() -> None:
    linked = re.findall(r"\]\(([a-z0-9-]+)\.md\)", (PAGES / "README.md").read_text("utf-8"))
    assert sorted(linked) == sorted(code.value for code in Code)


@pytest.mark.parametrize("page", FILES, ids=lambda page: page.stem)
def test_a_page_speaks_both_languages_and_shows_the_problem_and_its_mending(page: Path) -> None:
    text = page.read_text("utf-8")
    assert text.startswith(f"# {page.stem}\n\n## English\n\n")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert headings == ["English", "中文", "Example / 示例", "Mended / 改正"]
    shown = [example.code for example in examples_of(page)]
    assert page.stem in shown
    assert shown[-1] is None
    for language, other in (("en", "## 中文"), ("zh", "## English")):
        assert other not in (error_page(page.stem, language) or other)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_does_what_it_says(example: Example, outcome: Told) -> None:
    errors = [each.code.value for each in outcome.problems if each.severity is Severity.ERROR]
    found = [each.code.value for each in outcome.problems]
    if example.code is None:
        assert errors == []
        assert example.page not in found
        return
    assert example.code == example.page
    assert example.stated_severity == SEVERITY[Code(example.code)].value
    assert example.code in found
    assert set(errors) <= {example.code, example.attributes.get("because-of")}
    if not example.is_data:
        assert found.count(example.code) == 1, "one mistake, one report"


@pytest.mark.parametrize("example", EXAMPLES)
def test_messages_are_complete_in_both_languages(example: Example, outcome: Told) -> None:
    for language in LANGUAGES:
        for problem in outcome.problems:
            rendered = terminal.render([problem], {}, language)
            assert not re.search(r"\{[a-z_]+(:[a-z]+)?\}", rendered), rendered


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_fix_mends(example: Example, outcome: Told, tmp_path: Path) -> None:
    for problem in outcome.problems:
        if problem.fix is not None:
            mended = tmp_path / "mended.perfrules"
            mended.write_text(apply_fix(outcome.source, problem.fix), "utf-8")
            again = told_of_rules(mended, example.allowed).problems
            assert problem.code not in {each.code for each in again}
            assert sum(each.severity is Severity.ERROR for each in again) < len(outcome.problems)
