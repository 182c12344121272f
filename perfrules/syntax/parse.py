"""Text to tree. Every mistake of a file is reported at once; an item that cannot be read is left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen
from lark.exceptions import UnexpectedToken

from perfrules.diagnostics import Diagnostic, in_order
from perfrules.syntax.ast.ruleset import Item, Ruleset
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.cutting import Pieces, cut
from perfrules.syntax.fold.pieces import Refused
from perfrules.syntax.grammar import CollectorPaused, Grammar, grammar
from perfrules.syntax.limits import too_deep
from perfrules.syntax.statements import end_statements
from perfrules.syntax.syntax_mistakes import block_mistakes, explain
from perfrules.syntax.token import Token
from perfrules.text import SourceText, Span


@frozen
class Parsed:
    """The tree, or None where not even a header could be read, and everything that is wrong with the text."""

    tree: Ruleset | None
    diagnostics: tuple[Diagnostic, ...]


def parse(source: SourceText) -> Parsed:
    """Read a ruleset."""
    with CollectorPaused():
        tools = grammar()
        lexed = tools.lexer.lex(source)
        tokens = end_statements(lexed.tokens)
        deep = too_deep(tokens)
        if deep is not None:
            return Parsed(None, in_order((*lexed.diagnostics, deep)))
        return _parse_pieces(tools, cut(tokens), source, list(lexed.diagnostics))


def _parse_pieces(tools: Grammar, pieces: Pieces, source: SourceText, found: list[Diagnostic]) -> Parsed:
    found += block_mistakes(pieces, source)
    header = _parse_piece(tools, pieces.header, "header", found)
    items = [_parse_piece(tools, piece, "item", found) for piece in pieces.items]
    tree = None if header is None else _ruleset(header, [item for item in items if item is not None], source)
    return Parsed(tree, in_order(found))


def _ruleset(
    header: tuple[tuple[Name, ...], Text | None, Text | None], items: list[Item], source: SourceText
) -> Ruleset:
    name, title, version = header
    span = Span(source.name, name[0].span.start, len(source.text.rstrip()))
    return Ruleset(name=name, title=title, version=version, items=tuple(items), span=span)


def _parse_piece(tools: Grammar, piece: Sequence[Token], start: str, found: list[Diagnostic]) -> Any:
    """Return the tree of *piece*, or None and what is wrong with it in *found*."""
    if not piece:
        return None
    try:
        return tools.parse(piece, start)
    except Refused as refused:
        found.append(refused.diagnostic)
    except UnexpectedToken as error:
        found += explain(error, piece, start)
    return None
