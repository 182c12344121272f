"""The loop over the parse table reads every ruleset as lark's own loop does, and stops at the same token."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import lark
import pytest
from lark.lexer import Lexer

from perfrules.syntax.cutting import cut
from perfrules.syntax.driver import Unexpected, accepted
from perfrules.syntax.fold import callbacks
from perfrules.syntax.grammar import STARTS, grammar, grammar_text
from perfrules.syntax.statements import end_statements
from perfrules.syntax.token import Token
from perfrules.text import SourceText

FILES = sorted((Path(__file__).parents[3] / "rulesets").rglob("*.perfrules"))


class TokensAsTheyAre(Lexer):
    """Hands on tokens that are cut already."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        return iter(lexer_state.text)


@cache
def other_reading() -> lark.Lark:
    """Build lark's parser with our functions."""
    return lark.Lark(
        grammar_text(),
        parser="lalr",
        start=[*STARTS],
        lexer=TokensAsTheyAre,
        transformer=callbacks(),
        keep_all_tokens=True,
        maybe_placeholders=True,
    )


def pieces_of(text: str) -> list[tuple[str, tuple[Token, ...]]]:
    pieces = cut(end_statements(grammar().lexer.lex(SourceText("a", text)).tokens))
    return [("header", pieces.header), *(("item", item) for item in pieces.items)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_makes_the_trees_that_lark_makes(path: Path) -> None:
    for start, piece in pieces_of(path.read_text("utf-8")):
        made, expected = grammar().parse(piece, start), other_reading().parse(piece, start=start)
        assert (made, made.span if hasattr(made, "span") else None) == (
            expected,
            expected.span if hasattr(expected, "span") else None,
        )


@pytest.mark.parametrize("path", FILES[:6], ids=lambda path: path.stem)
def test_it_stops_where_lark_stops_and_could_go_on_with_the_same(path: Path) -> None:
    for start, whole in pieces_of(path.read_text("utf-8"))[:40]:
        for left_out in range(1, min(len(whole), 12)):
            piece = (*whole[:left_out], *whole[left_out + 1 :])
            expected = stopped_by_lark(piece, start)
            if expected is None:
                continue
            with pytest.raises(Unexpected) as stopped:
                grammar().parse(piece, start)
            place = stopped.value.place
            assert (piece[place] if place < len(piece) else "$END") == expected[0]
            assert accepted(grammar().table, stopped.value.states) == expected[1]


def stopped_by_lark(piece: tuple[Token, ...], start: str) -> tuple[Token | str, set[str]] | None:
    """Return the token at which lark stops, and which kinds it would accept there; None where it reads all."""
    try:
        other_reading().parse(piece, start=start)
    except lark.UnexpectedToken as error:
        parser: Any = error.interactive_parser
        return ("$END" if error.token.type == "$END" else error.token), parser.accepts()
    return None
