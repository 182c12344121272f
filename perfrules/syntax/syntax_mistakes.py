"""What the parser stumbled over, in the author's words."""

from __future__ import annotations

from collections.abc import Sequence

from lark.exceptions import UnexpectedToken

from perfrules.diagnostics import Code, Diagnostic
from perfrules.syntax.cutting import Pieces
from perfrules.syntax.token import Token
from perfrules.text import SourceText, Span


def explain(error: UnexpectedToken, piece: Sequence[Token], start: str) -> list[Diagnostic]:
    """Return what is wrong with *piece*."""
    token = error.token if isinstance(error.token, Token) else piece[-1]
    return [Diagnostic(Code.SYNTAX_ERROR, at=token.span, args={"found": token.text, "expected": ()})]


def block_mistakes(pieces: Pieces, source: SourceText) -> list[Diagnostic]:
    """Report a block that is missing, never closed, or followed by something."""
    if pieces.opener is None:
        end = Span(source.name, len(source.text), len(source.text))
        return [Diagnostic(Code.SYNTAX_ERROR, at=end, args={"found": "word.end-of-file", "expected": ("{",)})]
    if pieces.closer is None:
        return [Diagnostic(Code.UNCLOSED_BLOCK, at=pieces.opener.span, args={"opener": "{", "closer": "}"})]
    if pieces.rest:
        first = pieces.rest[0]
        args = {"found": first.text, "expected": ("word.end-of-file",)}
        return [Diagnostic(Code.SYNTAX_ERROR, at=first.span, args=args)]
    return []
