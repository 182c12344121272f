"""An explanation as plain text in one language; the same explanation always gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.diagnostics.catalogue import translator
from perfrules.diagnostics.wording import message
from perfrules.explain.entity_text import entity_lines
from perfrules.explain.explanation import EntityExplanation, Explanation
from perfrules.explain.indicator_text import indicator_lines
from perfrules.explain.page import Page

WIDTH: Final = 100
"""The width of a line unless the caller says otherwise."""


def text(explanation: Explanation, language: str = "en", width: int = WIDTH) -> str:
    """Write an explanation in English (`en`) or Chinese (`zh`), in lines of at most *width* columns."""
    page = Page(language, width)
    if isinstance(explanation, EntityExplanation):
        lines = (*entity_lines(explanation, page), *_problems(explanation.problems, page))
    else:
        lines = tuple(indicator_lines(explanation, page))
    return "".join(f"{line}\n" for line in _without_double_gaps(lines))


def _problems(problems: tuple[Diagnostic, ...], page: Page) -> Iterator[str]:
    words = translator(page.language, "diagnostics")
    yield from page.section("problems", (message(problem, words) for problem in problems))


def _without_double_gaps(lines: Iterable[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
