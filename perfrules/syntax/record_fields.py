"""Fields of records: `rate`, `level`, `mark`, `light`, `measure` and `full` behind a dot are no words of the language.

`A1.rate` asks an indicator for its rate; in `mean(p.rate for p in projects …)` the author's own field is meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.syntax.token import Token, kinds

_ATTRIBUTES = kinds("RATE LEVEL MARK MEASURE FULL LIGHT")


def fields_are_names(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Return *tokens* with each word behind the dot of a record's name made a name."""
    records = _record_names(tokens)
    if not records:
        return tuple(tokens)
    return tuple(_field(tokens, place, records) for place in range(len(tokens)))


def _record_names(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the names bound by `for NAME in` and `NAME in NAME`."""
    places = [place for place, token in enumerate(tokens) if token.type == "IN"]
    return frozenset(
        tokens[place - 1].text
        for place in places
        if 0 < place < len(tokens) - 1 and tokens[place - 1].type == tokens[place + 1].type == "NAME"
    )


def _field(tokens: Sequence[Token], place: int, records: frozenset[str]) -> Token:
    token = tokens[place]
    if token.type not in _ATTRIBUTES or place < 2 or tokens[place - 1].type != "DOT":
        return token
    if tokens[place - 2].text not in records or (place > 2 and tokens[place - 3].type == "DOT"):
        return token
    return Token("NAME", token.text, token.file, token.start)
