"""One part of a text to a tree: an item of a file by where it stands, an expression or an input in a cell.

Spans are those of the whole text, so that problems point into the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic, in_order
from perfrules.diagnostics.arguments import Word
from perfrules.lang.collector import collector_paused
from perfrules.syntax.ast.declarations import Input, RecordValue, Test
from perfrules.syntax.ast.expressions import Expression
from perfrules.syntax.ast.ruleset import Item
from perfrules.syntax.grammar import grammar
from perfrules.syntax.limits import too_deep
from perfrules.syntax.parse import on_other_lines, parse_piece
from perfrules.syntax.statements import end_statements
from perfrules.syntax.token import Token
from perfrules.text import SourceText, Span


@frozen
class ParsedItem:
    """An item (None where it could not be read) and what is wrong with it."""

    item: Item | None
    diagnostics: tuple[Diagnostic, ...]


def parse_item(source: SourceText, start: int, end: int) -> ParsedItem:
    """Read the one item that stands from *start* to *end*."""
    tokens, found = _tokens(source, start, end)
    return ParsedItem(*_parse(source, tokens, found, "item"))


def parse_expression(source: SourceText) -> tuple[Expression | None, tuple[Diagnostic, ...]]:
    """Read a text that is one expression."""
    tokens, found = _tokens(source, 0, len(source.text))
    return _parse(source, tokens, found, "expression")


def parse_input(source: SourceText) -> tuple[Input | None, tuple[Diagnostic, ...]]:
    """Read a text that declares one input; its first word, `input`, may be left out."""
    tokens, found = _tokens(source, 0, len(source.text))
    if tokens and tokens[0].type != "INPUT":
        tokens.insert(0, Token("INPUT", "", source.name, tokens[0].start))
    return _parse(source, tokens, found, "item")


def parse_records(text: str) -> tuple[RecordValue, ...] | None:
    """Read records as a test gives them: `[(amount = 3, done = yes), (amount = 4)]`; None where *text* is none.

    Where they stand in the text is not told.
    """
    whole = f'test "" {{ given records = {text} }}'
    tree = parse_item(SourceText("", whole), 0, len(whole)).item
    if isinstance(tree, Test) and len(tree.given) == 1 and not tree.expect and isinstance(tree.given[0].value, tuple):
        return tree.given[0].value
    return None


def _tokens(source: SourceText, start: int, end: int) -> tuple[list[Token], tuple[Diagnostic, ...]]:
    lexed = grammar().lexer.lex(source, start, end)
    return end_statements(lexed.tokens), lexed.diagnostics


def _parse(
    source: SourceText, tokens: Sequence[Token], found: tuple[Diagnostic, ...], start: str
) -> tuple[Any, tuple[Diagnostic, ...]]:
    if not tokens:
        return None, found or (_nothing(source),)
    deep = too_deep(tokens)
    if deep is not None:
        return None, in_order((*found, deep))
    problems: list[Diagnostic] = []
    with collector_paused():
        tree = parse_piece(grammar(), tokens, start, problems)
    return tree, in_order((*found, *on_other_lines(found, problems, source)))


def _nothing(source: SourceText) -> Diagnostic:
    at = Span(source.name, len(source.text), len(source.text))
    return Diagnostic(Code.SYNTAX_ERROR, at=at, args={"found": Word("end-of-line"), "expected": (Word("expression"),)})
