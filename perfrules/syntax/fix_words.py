"""What a fix inserts: words in the language of the words around it, names in brackets only where they must be.

Knows nothing of what a fix is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import evolve

from perfrules.diagnostics import Diagnostic, Edit, Fix
from perfrules.syntax.grammar import grammar
from perfrules.syntax.keywords import Language, keywords
from perfrules.syntax.printing.voice import bracketed_if_needed
from perfrules.syntax.token import Token
from perfrules.text import SourceText, source_from_text

_INSERTED: Final = "insert"


def in_words_around(diagnostics: Iterable[Diagnostic], source: SourceText) -> tuple[Diagnostic, ...]:
    """Write the keywords that fixes insert in the language of the last keyword before them."""
    found = tuple(diagnostics)
    if not any(each.fix is not None and each.fix.title == _INSERTED for each in found):
        return found
    tokens = grammar().lexer.lex(source).tokens
    return tuple(
        each if each.fix is None or each.fix.title != _INSERTED else evolve(each, fix=_respelled(each.fix, tokens))
        for each in found
    )


def _respelled(fix: Fix, tokens: Sequence[Token]) -> Fix:
    language = _language_at(fix.edits[0], tokens)
    edits = [Edit(edit.span, _in_language(edit.new_text, language)) for edit in fix.edits]
    args = {
        name: _in_language(value, language) if isinstance(value, str) else value for name, value in fix.args.items()
    }
    return Fix(fix.title, edits, args=args)


def _language_at(edit: Edit, tokens: Sequence[Token]) -> Language:
    known = keywords().by_terminal
    words = [token for token in tokens if token.type in known and token.end <= edit.span.start]
    return "zh" if words and words[-1].text == known[words[-1].type].zh else "en"


def _in_language(text: str, language: Language) -> str:
    pieces, done = [], 0
    for token in grammar().lexer.lex(source_from_text(text, "fix")[0]).tokens:
        keyword = keywords().by_terminal.get(token.type)
        written = token.text if keyword is None else keyword.spelling(language)
        if token.type == "NAME" and written[0] == "【":
            written = bracketed_if_needed(written[1:-1])
        pieces += [text[done : token.start], written]
        done = token.end
    return "".join(pieces) + text[done:]
