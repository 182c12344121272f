"""A ruleset as a document to publish, from the same file that is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.rubrics.document import rubric_document

if TYPE_CHECKING:
    from perfrules.api import Ruleset


def document_html(ruleset: Ruleset, language: str = "en") -> bytes:
    """Write the rubric document of *ruleset* as one HTML file, in English (`en`) or Chinese (`zh`).

    The same rules give the same bytes. Needs `perfrules[report]`; without it ModuleNotFoundError names what lacks.

    >>> from perfrules.api import loads
    >>> rules = loads('''
    ... ruleset demo "Demonstration" version "1" {
    ...   total 10 points
    ...   input done "Share done" : % decimals 1 in [0%, 100%]
    ...   indicator A "Completion" 10 points { score bands of done { >= 90% -> full; otherwise -> 4 } }
    ... }
    ... ''')
    >>> page = document_html(rules).decode()
    >>> "<td class=\\"level\\"><p>A Completion</p></td>" in page, "≥ 90%: 10 points" in page
    (True, True)
    """
    from perfrules.rubrics.document.html_file import html_file

    return html_file(rubric_document(ruleset.plan, language))


def document_word(ruleset: Ruleset, language: str = "en") -> bytes:
    """Write the rubric document of *ruleset* for Word (.docx), with the words of `document_html`."""
    from perfrules.rubrics.document.word_file import word_file

    return word_file(rubric_document(ruleset.plan, language))
