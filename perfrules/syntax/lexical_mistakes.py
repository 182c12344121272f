"""Mistakes in single characters and words, as diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.text import UNSUPPORTED_LINE_END, SourceText, Span, TextProblem

_PER_KIND = {
    "not-utf-8": Code.NOT_UTF_8,
    "file-too-large": Code.FILE_TOO_LARGE,
    "unsupported-line-end": Code.UNSUPPORTED_LINE_END,
    "invisible-character": Code.INVISIBLE_CHARACTER,
}


def unseen_characters(problems: Iterable[TextProblem], file: str) -> list[Diagnostic]:
    """Report what cannot be seen or is no line end here, with its removal as the fix."""
    return [_unseen(problem, Span(file, problem.offset, problem.offset + 1)) for problem in problems]


def _unseen(problem: TextProblem, span: Span) -> Diagnostic:
    code = _PER_KIND[problem.what]
    if code is Code.NOT_UTF_8:
        return Diagnostic(code, at=span, args={"byte": problem.found})
    new = "\n" if problem.what == UNSUPPORTED_LINE_END else ""
    fix = Fix("remove", [Edit(span, new)], args={"old": problem.found})
    return Diagnostic(code, at=span, args={"character": problem.found}, fix=fix)


def unexpected_character(source: SourceText, offset: int) -> Diagnostic:
    """Report a character no token begins with; an opening quote or bracket is reported as never closed."""
    character = source.text[offset]
    span = Span(source.name, offset, offset + 1)
    closer = {'"': '"', "“": "”", "＂": "＂", "【": "】"}.get(character)
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
