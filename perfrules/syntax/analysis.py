"""The grammar analysed by lark, as values that a file can hold; the only module that imports lark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import lark
from lark.grammar import Rule
from lark.lexer import Lexer as LarkLexer
from lark.parsers.lalr_analysis import Shift

VERSION = lark.__version__


class _NoLexer(LarkLexer):
    """What lark asks for tokens; they are cut elsewhere."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        """Yield nothing: lark parses nothing here."""
        return iter(())


def analysed(text: str, starts: tuple[str, ...], **options: Any) -> lark.Lark:
    """Analyse the grammar *text*."""
    return lark.Lark(
        text, parser="lalr", lexer=_NoLexer, start=[*starts], keep_all_tokens=True, maybe_placeholders=True, **options
    )


def plain_table(grammar: lark.Lark) -> dict[str, Any]:
    """Return the table and the shapes of tokens of an analysed grammar: numbers, names, lists and mappings only."""
    table = grammar.parser.parser._parse_table  # lark tells its table nowhere else
    numbers = {rule: number for number, rule in enumerate(grammar.rules)}
    rows: dict[tuple[tuple[str, int], ...], int] = {}
    states = [
        rows.setdefault(
            tuple((kind, at if action is Shift else -1 - numbers[at]) for kind, (action, at) in actions.items()),
            len(rows),
        )
        for _, actions in sorted(table.states.items())
    ]
    return {
        "rows": [dict(row) for row in rows],
        "states": states,
        "rules": [_plain_rule(rule) for rule in grammar.rules],
        "starts": table.start_states,
        "ends": table.end_states,
        "shapes": [(shape.name, shape.pattern.to_regexp()) for shape in grammar.terminals if shape.pattern],
    }


def _plain_rule(rule: Rule) -> list[Any]:
    """Return a rule as `parse_table.Rule` has it, with the name of its function: none where it makes nothing, "" for
    the members of a list.
    """
    parts = iter(rule.expansion)
    left_out = rule.options.empty_indices or (False,) * len(rule.expansion)
    matched = [None if absent else next(parts) for absent in left_out]
    absent = [place for place, part in enumerate(matched) if part is None]
    spliced = [place for place, part in enumerate(matched) if part and not part.is_term and part.name.startswith("_")]
    alone = len(matched) == 1 and not absent and not spliced
    name: str | None = rule.alias or rule.origin.name
    if rule.origin.name.startswith("_"):
        name = ""
    elif rule.options.expand1 and not rule.alias and alone:
        name = None
    return [rule.origin.name, len(rule.expansion), name, absent, spliced]
