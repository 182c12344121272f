"""Tokens to pieces: the header of a ruleset and the items of its block, by counting braces.

Each piece is parsed on its own, so a mistake in one leaves the others readable.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from perfrules.syntax.token import Token


@frozen
class Pieces:
    """A file in pieces; *opener* is None without a block, *closer* where the block is never closed."""

    header: tuple[Token, ...]
    opener: Token | None
    items: tuple[tuple[Token, ...], ...]
    closer: Token | None
    rest: tuple[Token, ...]


def cut(tokens: Sequence[Token]) -> Pieces:
    """Cut the statements of a file."""
    start = next((place for place, token in enumerate(tokens) if token.type == "LBRACE"), len(tokens))
    if start == len(tokens):
        return Pieces(tuple(tokens), None, (), None, ())
    items, end = items_of_block(tokens, start)
    closer = tokens[end] if end < len(tokens) else None
    return Pieces(tuple(tokens[:start]), tokens[start], tuple(items), closer, tuple(tokens[end + 1 :]))


def items_of_block(tokens: Sequence[Token], opener: int) -> tuple[list[tuple[Token, ...]], int]:
    """Return the statements of the block that opens at *opener*, and where it closes (or the number of tokens)."""
    items: list[tuple[Token, ...]] = []
    depth, begin = 1, opener + 1
    for place in range(opener + 1, len(tokens)):
        kind = tokens[place].type
        if kind == "LBRACE":
            depth += 1
        elif kind == "RBRACE":
            depth -= 1
        if depth == 0 or (depth == 1 and kind == "END"):
            _add(items, tokens[begin:place])
            begin = place + 1
        if depth == 0:
            return items, place
    _add(items, tokens[begin:])
    return items, len(tokens)


def _add(items: list[tuple[Token, ...]], piece: Sequence[Token]) -> None:
    if piece:
        items.append(tuple(piece))
