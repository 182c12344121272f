"""The grammar at work: lark's parser with our lexer, built once and only when somebody parses."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

import lark
from attrs import frozen
from lark.lexer import Lexer as LarkLexer

from perfrules.syntax.fold import callbacks
from perfrules.syntax.grammar_cache import keep_parser, load_parser
from perfrules.syntax.grammar_files import read_grammar_file
from perfrules.syntax.keywords import keywords
from perfrules.syntax.lexer import Lexer
from perfrules.syntax.token import Token

STARTS: Final = ("header", "item", "clause", "expression")
"""The rules that a piece of text is read as."""


class _TokensAsTheyAre(LarkLexer):
    """What lark asks for tokens: the caller has cut them already."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        return iter(lexer_state.text)


@frozen
class Grammar:
    """A lexer and a parser."""

    lexer: Lexer
    parser: lark.Lark

    def parse(self, tokens: Sequence[Token], start: str) -> Any:
        """Return the tree of *tokens*; raises what the fold refuses and `lark.UnexpectedToken`."""
        return self.parser.parse(tokens, start=start)


@cache
def grammar() -> Grammar:
    """Build the lexer and the parser."""
    words = keywords()
    text = "\n".join(
        (
            f"// begins as {' '.join(STARTS)}",
            read_grammar_file("perfrules.lark"),
            read_grammar_file("tokens.lark"),
            "%declare " + " ".join(words.by_terminal),
        )
    )
    parts = {"lexer": _TokensAsTheyAre, "transformer": callbacks()}
    parser = load_parser(text, parts)
    if parser is None:
        parser = build_parser(text, parts)
        keep_parser(text, parser, parts)
    return Grammar(Lexer(parser.terminals, words), parser)


def build_parser(text: str, parts: dict[str, Any]) -> lark.Lark:
    """Analyse the grammar *text*."""
    return lark.Lark(text, parser="lalr", start=[*STARTS], keep_all_tokens=True, maybe_placeholders=True, **parts)


class CollectorPaused:
    """Pause the garbage collector: a tree is all survivors, and walking it again and again doubles the time."""

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            gc.enable()
