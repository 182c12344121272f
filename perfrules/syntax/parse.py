"""Text to tree. Every mistake of a file is reported at once; an item that cannot be read is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic, in_order
from perfrules.lang.collector import collector_paused
from perfrules.syntax.ast.ruleset import Item, Library, Ruleset
from perfrules.syntax.cutting import Pieces, cut, items_of_block
from perfrules.syntax.driver import Unexpected
from perfrules.syntax.fold.composition import Header
from perfrules.syntax.fold.pieces import Refused
from perfrules.syntax.grammar import Grammar, grammar
from perfrules.syntax.limits import too_deep
from perfrules.syntax.mistakes import block_mistakes, explain
from perfrules.syntax.statements import end_statements
from perfrules.syntax.token import Token, kinds
from perfrules.syntax.unread import NOTHING_UNREAD, Unread, unread
from perfrules.text import SourceText, Span

EXPLAINED_AT_MOST: Final = 200
"""How many mistakes of a file are explained; of further ones only the place is told."""
_WITH_CLAUSES: Final = kinds("INDICATOR DEFINE FILL")


@frozen
class Parsed:
    """The tree (None where not even a header could be read), what is wrong with the text, which items were left out."""

    tree: Ruleset | Library | None
    diagnostics: tuple[Diagnostic, ...]
    unread: Unread = NOTHING_UNREAD


def parse(source: SourceText) -> Parsed:
    """Read a ruleset or a library."""
    with collector_paused():
        tools = grammar()
        lexed = tools.lexer.lex(source)
        tokens = end_statements(lexed.tokens)
        deep = too_deep(tokens)
        if deep is not None:
            return Parsed(None, in_order((*lexed.diagnostics, deep)))
        pieces = cut(tokens)
        blocks = block_mistakes(pieces, tokens, source)
        if blocks and any(each.code is Code.UNCLOSED_BLOCK for each in lexed.diagnostics):
            return Parsed(None, in_order(lexed.diagnostics))  # a text that is never closed may hold the brace
        parsed = _parse_pieces(tools, pieces, source)
        found = _not_caused_by(blocks, on_other_lines(lexed.diagnostics, parsed.diagnostics, source))
        tree = None if blocks else parsed.tree
        braces = found[:1] if _is_found_elsewhere(blocks, found) else [*blocks, *found]
        return Parsed(tree, in_order((*lexed.diagnostics, *braces)), parsed.unread)


def on_other_lines(
    characters: Sequence[Diagnostic], found: Iterable[Diagnostic], source: SourceText
) -> list[Diagnostic]:
    """Drop from *found* what follows a character that could not be read: the rest of its line was read without it."""
    lines = {source.line_column(each.at.start)[0] for each in characters if each.at}
    return [each for each in found if each.at is None or source.line_column(each.at.start)[0] not in lines]


def _not_caused_by(blocks: Sequence[Diagnostic], found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Drop what follows a brace that is not there: everything behind it was read in the wrong block."""
    wrong = [block.at.start for block in blocks if block.at]
    return [each for each in found if not wrong or each.at is None or each.at.start < wrong[0]]


def _is_found_elsewhere(blocks: Sequence[Diagnostic], found: Sequence[Diagnostic]) -> bool:
    """Tell whether a brace too many only shows that one is missing where the parse first failed."""
    return bool(found) and any(block.code is Code.SYNTAX_ERROR and block.fix is None for block in blocks)


def _parse_pieces(tools: Grammar, pieces: Pieces, source: SourceText) -> Parsed:
    found: list[Diagnostic] = []
    header = parse_piece(tools, pieces.header, "header", found)
    items = [parse_piece(tools, piece, "item", found) for piece in pieces.items]
    tree = None if header is None else _file(header, [item for item in items if item is not None], source)
    left_out = unread(piece for piece, item in zip(pieces.items, items, strict=True) if item is None)
    return Parsed(tree, tuple(found), left_out)


def _file(header: Header, items: list[Item], source: SourceText) -> Ruleset | Library:
    name, title, version = header.name, header.title, header.version
    span = Span(source.name, name[0].span.start, len(source.text.rstrip()))
    if header.library:
        return Library(name=name, title=title, version=version, items=tuple(items), span=span)
    return Ruleset(name=name, title=title, version=version, items=tuple(items), extends=header.extends, span=span)


def parse_piece(
    tools: Grammar, piece: Sequence[Token], start: str, found: list[Diagnostic], *, look_inside: bool = True
) -> Any:
    """Read *piece* as *start* and return its tree, or None and what is wrong with it in *found*."""
    if not piece:
        return None
    try:
        return tools.parse(piece, start)
    except Refused as refused:
        found.append(refused.diagnostic)
    except Unexpected as stopped:
        inside = _mistakes_inside(tools, piece) if look_inside and len(found) < EXPLAINED_AT_MOST else []
        found += inside or [explain(tools.table, stopped, piece, start, briefly=len(found) >= EXPLAINED_AT_MOST)]
    return None


def _mistakes_inside(tools: Grammar, piece: Sequence[Token]) -> list[Diagnostic]:
    """Read the clauses of a block one by one, so that a mistake in one does not hide those in the others."""
    opener = _opener_of_clauses(piece)
    if opener is None:
        return []
    clauses, end = items_of_block(piece, opener)
    found: list[Diagnostic] = []
    start = "clause" if piece[0].type == "INDICATOR" else "item"
    parse_piece(tools, (*piece[: opener + 1], *piece[end:]), start, found, look_inside=False)
    for clause in clauses:
        parse_piece(tools, clause, "clause", found)
    return found


def _opener_of_clauses(piece: Sequence[Token]) -> int | None:
    """Return the place of the brace behind which the clauses of *piece* stand; that of `cases` for a value is none."""
    of_an_indicator = [token.type for token in piece[:2]] == ["REPLACE", "NAME"]
    if piece[0].type not in _WITH_CLAUSES and not of_an_indicator:
        return None
    opens = (place for place, token in enumerate(piece) if token.type == "LBRACE" and piece[place - 1].type != "CASES")
    return next(opens, None)
