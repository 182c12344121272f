"""How deep a text may nest, checked on tokens before anything recurses.

The three limits together keep every walk over a tree, at up to four calls a level, within Python's thousand calls.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.token import Token, kinds
from perfrules.text import Span

BLOCK_LIMIT: Final = 32
"""How many blocks may stand inside each other."""
BRACKET_LIMIT: Final = 64
"""How many brackets may stand inside each other."""
TERM_LIMIT: Final = 200
"""How many operators one part of an expression may chain and nest, all its brackets together."""

_OPERATORS: Final = kinds(
    "OR AND NOT EQUAL UNEQUAL LESS_SIGN AT_MOST_SIGN GREATER_SIGN AT_LEAST_SIGN PLUS_SIGN MINUS_SIGN "
    "TIMES SLASH OF CARET IF IN IS"
)
_OPENERS: Final = frozenset({"LPAR", "LSQB"})
_CLOSERS: Final = frozenset({"RPAR", "RSQB"})
_BREAKS: Final = frozenset({"COMMA", "ARROW", "COLON", "END"})
_BRACES: Final = frozenset({"LBRACE", "RBRACE"})
_COUNTED: Final = _OPERATORS | _OPENERS | _CLOSERS | _BREAKS | _BRACES


def too_deep(tokens: Sequence[Token]) -> Diagnostic | None:
    """Return what to say of the first place that nests too deep, None if there is none."""
    blocks = 0
    depth = 0  # operators of this part of the expression, with what its closed brackets hold
    outer: list[int] = []
    deepest: list[int] = []
    inside: list[bool] = []  # of each open brace, whether it stands in an expression
    for place, token in enumerate(tokens):
        kind = token.type
        if kind not in _COUNTED:
            continue
        if kind in _BRACES:
            kind = _as_bracket(kind, tokens[max(0, place - 2) : place], inside)
        if kind in _OPERATORS:
            depth += 1
        elif kind in _OPENERS:
            outer.append(depth)
            deepest.append(0)
            depth = 1
        elif kind in _CLOSERS:
            if outer:
                inner = max(deepest.pop(), depth)
                depth = outer.pop() + inner
        elif kind in _BREAKS:
            if deepest:
                deepest[-1] = max(deepest[-1], depth)
            depth = 1 if outer else 0
        else:
            blocks += 1 if kind == "LBRACE" else -1
            outer, deepest, depth = [], [], 0
        if depth > TERM_LIMIT or len(outer) > BRACKET_LIMIT or blocks > BLOCK_LIMIT:
            limit = _passed(blocks, len(outer))
            return nesting_too_deep("blocks-and-brackets", limit, token.span)
    return None


def nesting_too_deep(what: str, limit: int, at: Span) -> Diagnostic:
    """Say that *what* (a word of the catalogue: blocks-and-brackets, definitions, indicators, files) nests too deep."""
    advice = Word("name-inner-part" if what == "blocks-and-brackets" else "fewer-levels")
    return Diagnostic(Code.NESTING_TOO_DEEP, at, args={"what": Word(what), "limit": limit, "advice": advice})


def _as_bracket(kind: str, before: Sequence[Token], inside: list[bool]) -> str:
    """Return the kind to count: the braces of `cases` that stand for a value are brackets, and noted in *inside*."""
    if kind == "RBRACE":
        return "RPAR" if inside and inside.pop() else kind
    inside.append(bool(before) and before[-1].type == "CASES" and before[0].type != "SCORE")
    return "LPAR" if inside[-1] else kind


def _passed(blocks: int, brackets: int) -> int:
    if blocks > BLOCK_LIMIT:
        return BLOCK_LIMIT
    return BRACKET_LIMIT if brackets > BRACKET_LIMIT else TERM_LIMIT
