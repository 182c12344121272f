"""Blocks that are missing, never closed, or closed too early."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.diagnostics import Argument, Code, Diagnostic, Edit, Fix
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.cutting import Pieces
from perfrules.syntax.token import Token
from perfrules.text import SourceText, Span

_BEGINNINGS: Final = ("ruleset", "规则集", "library", "规则库")


def block_mistakes(pieces: Pieces, tokens: Sequence[Token], source: SourceText) -> list[Diagnostic]:
    """Report what is wrong with the block of the ruleset as a whole."""
    if pieces.opener is None:
        end = Span(source.name, len(source.text), len(source.text))
        expected = ("{",) if pieces.header else _BEGINNINGS
        return [_unexpected(end, Word("end-of-file"), expected)]
    if not any(token.text for token in pieces.header):
        return [_unexpected(pieces.opener.span, pieces.opener.text, _BEGINNINGS)]
    if pieces.closer is None:
        opener = _unclosed(tokens, source) or pieces.opener
        return [Diagnostic(Code.UNCLOSED_BLOCK, at=opener.span, args={"opener": "{", "closer": "}"})]
    rest = [token for token in pieces.rest if token.text]
    if not rest:
        return []
    stray = _stray(tokens, source)
    if stray is None:
        return [_unexpected(rest[0].span, rest[0].text, (Word("end-of-file"),))]
    before = _line_above(tokens[:stray], tokens[stray], source)
    return [_too_many(tokens[stray]) if before is None else _no_opener(before)]


def _unexpected(at: Span, found: str, expected: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(Code.SYNTAX_ERROR, at=at, args={"found": found, "expected": expected})


def _too_many(closer: Token) -> Diagnostic:
    fix = Fix("remove", [Edit(closer.span, "")], args={"old": closer.text})
    return Diagnostic(Code.SYNTAX_ERROR, at=closer.span, args={"found": closer.text, "expected": ()}, fix=fix)


def _no_opener(last: Token) -> Diagnostic:
    end = Span(last.file, last.end, last.end)
    args: dict[str, Argument] = {"found": Word("end-of-line"), "expected": ("{",)}
    return Diagnostic(Code.SYNTAX_ERROR, at=end, args=args, fix=Fix("insert", [Edit(end, " {")], args={"new": "{"}))


def _stray(tokens: Sequence[Token], source: SourceText) -> int | None:
    """Return the place of the closing brace that most likely has no opening one: it stands further right than that."""
    open_: list[Token] = []
    for place, token in enumerate(tokens):
        if token.type == "LBRACE":
            open_.append(token)
        elif token.type == "RBRACE" and open_:
            opener = open_.pop()
            if _stands_first(token, source) and _indent(token, source) > _indent(opener, source):
                return place
    return None


def _line_above(tokens: Sequence[Token], closer: Token, source: SourceText) -> Token | None:
    """Return the last token of the line that *closer* would close: the nearest as far right, unless that closes too."""
    indent = _indent(closer, source)
    written = [token for token in tokens if token.text.strip()]
    heads = [token for token in written if _stands_first(token, source) and _indent(token, source) == indent]
    if not heads or heads[-1].type == "RBRACE":
        return None
    line = source.line_column(heads[-1].start)[0]
    return next(token for token in reversed(written) if source.line_column(token.start)[0] == line)


def _unclosed(tokens: Sequence[Token], source: SourceText) -> Token | None:
    """Return the brace that is most likely the open one: its closing one stands further left than its own line."""
    open_: list[Token] = []
    for token in tokens:
        if token.type == "LBRACE":
            open_.append(token)
        elif token.type == "RBRACE" and open_:
            opener = open_.pop()
            if _stands_first(token, source) and _indent(token, source) < _indent(opener, source):
                return opener
    return open_[-1] if open_ else None


def _indent(token: Token, source: SourceText) -> int:
    line, _ = source.line_column(token.start)
    written = source.line_text(line)
    return len(written) - len(written.lstrip())


def _stands_first(token: Token, source: SourceText) -> bool:
    return source.line_column(token.start)[1] == _indent(token, source) + 1
