"""Mistakes in single characters and words, as diagnostics."""

from __future__ import annotations

import re
from typing import Final

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.text import SourceText, Span

QUOTES: Final = {'"': '"', "“": "”", "＂": "＂"}
"""What opens a text, and what closes it."""


def unexpected_character(source: SourceText, offset: int) -> Diagnostic:
    """Report a character no token begins with; an opening quote or bracket is reported as never closed."""
    character = source.text[offset]
    span = Span(source.name, offset, offset + 1)
    if source.text.startswith("【】", offset):
        return Diagnostic(Code.UNEXPECTED_CHARACTER, at=span, args={"character": "【】"})
    closer = QUOTES.get(character, "】" if character == "【" else None)
    if closer is None:
        return Diagnostic(Code.UNEXPECTED_CHARACTER, at=span, args={"character": character})
    return Diagnostic(Code.UNCLOSED_BLOCK, at=span, args={"opener": character, "closer": closer})


def name_needs_brackets(written: str, span: Span) -> Diagnostic:
    """Offer `【…】` around what stands where a name is due."""
    suggestion = f"【{written}】"
    fix = Fix("bracket", [Edit(span, suggestion)])
    return Diagnostic(Code.NAME_NEEDS_BRACKETS, at=span, args={"name": written, "suggestion": suggestion}, fix=fix)


def number_with_comma(source: SourceText, offset: int, written: str) -> Diagnostic:
    """Refuse `1,000`, which would silently be two values."""
    span = Span(source.name, offset, offset + len(written))
    suggestion = re.sub("[,，]", "_", written)
    fix = Fix("replace", [Edit(span, suggestion)], args={"old": written, "new": suggestion})
    return Diagnostic(Code.NUMBER_WITH_COMMA, at=span, args={"written": written, "suggestion": suggestion}, fix=fix)
