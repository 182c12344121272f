"""The grammar at work: our lexer and the parse table, made once and only when somebody parses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from attrs import frozen

from perfrules.syntax.driver import parse_tokens
from perfrules.syntax.fold import callbacks
from perfrules.syntax.grammar_cache import keep_table, load_table
from perfrules.syntax.grammar_files import read_grammar_file
from perfrules.syntax.keywords import keywords
from perfrules.syntax.lexer import Lexer
from perfrules.syntax.parse_table import ParseTable, table_of
from perfrules.syntax.token import Token

STARTS: Final = ("header", "item", "clause", "expression")
"""The rules that a piece of text is read as."""


@frozen
class Grammar:
    """A lexer and a parse table."""

    lexer: Lexer
    table: ParseTable

    def parse(self, tokens: Sequence[Token], start: str) -> Any:
        """Return the tree of *tokens*; raises what the fold refuses and `driver.Unexpected`."""
        return parse_tokens(self.table, tokens, start)


@cache
def grammar() -> Grammar:
    """Make the lexer and the table: of what is kept, else by analysing the grammar."""
    text = grammar_text()
    builds = vars(callbacks())
    plain = load_table(text)
    if plain is None:
        from perfrules.syntax.analysis import analysed, plain_table  # imports lark, which is needed for nothing else

        plain = plain_table(analysed(text, STARTS))
        keep_table(text, plain)
    return Grammar(Lexer(plain["shapes"], keywords()), table_of(plain, builds))


def grammar_text() -> str:
    """Return the grammar as lark reads it: the rules, the shapes of tokens, and the words."""
    return "\n".join(
        (
            f"// begins as {' '.join(STARTS)}",
            read_grammar_file("perfrules.lark"),
            read_grammar_file("tokens.lark"),
            "%declare " + " ".join(keywords().by_terminal),
        )
    )
