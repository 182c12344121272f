"""Which codes the manual shows: a new code comes with a case, and the list of those without one only shrinks."""

from __future__ import annotations

import re
from pathlib import Path

from perfrules.diagnostics.codes import Code

PAGES = [page for page in Path(__file__).parent.glob("*.md") if page.name != "README.md"]
NOT_SHOWN = frozenset(
    {
        # Of whole files, which no block on a page can be: shown by the tests of readers and of the command line.
        "data-duplicate-entity",
        "data-needs-library",
        "data-no-entity-column",
        "data-too-large",
        "data-unknown-entity",
        "file-too-large",
        "nesting-too-deep",
        "not-utf-8",
        # Of tables of results: shown by its own page.
        "result-too-large",
        # Of files of results that are supplied beside the data: shown by the tests of the command line.
        "results-needed",
        "results-of-another",
        "results-refused",
        # Of the tests inside a ruleset, when they are run: shown by the tests of `ruletests`.
        "test-fails",
    }
)


def test_manual_shows_every_code_but_these() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    shown = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", text))
    assert {code.value for code in Code} - shown == NOT_SHOWN


def test_reading_order_and_index_name_every_page() -> None:
    top = Path(__file__).parents[2]
    index = (top / "docs" / "reference" / "language.md").read_text(encoding="utf-8")
    order = (Path(__file__).parent / "README.md").read_text(encoding="utf-8")
    for page in PAGES:
        assert f"tests/spec/{page.name})" in index
        assert f"({page.name})" in order
