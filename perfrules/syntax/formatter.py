"""One layout for every ruleset, and its keywords in one language; comments, line breaks and the tree stay as they are.

Punctuation is ASCII in both languages, so that English to Chinese and back is the same bytes. A text with mistakes is
returned as it is, with what is wrong.
"""

from __future__ import annotations

from attrs import frozen

from perfrules.diagnostics import Diagnostic
from perfrules.syntax.formatting.layout import lay_out
from perfrules.syntax.grammar import grammar
from perfrules.syntax.keywords import Language
from perfrules.syntax.parse import parse
from perfrules.text import SourceText


@frozen
class Formatted:
    """The formatted text, or the text as it was where *diagnostics* say why it could not be read."""

    text: str
    diagnostics: tuple[Diagnostic, ...]


def format_text(source: SourceText, language: Language | None = None) -> Formatted:
    """Format *source*; *language* None leaves each keyword in the language it is written in."""
    parsed = parse(source)
    if parsed.diagnostics:
        return Formatted(source.text, parsed.diagnostics)
    return Formatted(lay_out(grammar().lexer.lex(source).tokens, language), ())
