"""The page of what covers the published rules says what the rules are."""

from __future__ import annotations

from tests.docs.coverage import PAGE, coverage_page


def test_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == coverage_page(), "python -m tests.docs.coverage"
