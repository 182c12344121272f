"""Where and how a parse stopped: what every explanation looks at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from attrs import define

from perfrules.diagnostics import Argument
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.driver import accepted, fits
from perfrules.syntax.keywords import Language, keywords
from perfrules.syntax.parse_table import END, ParseTable
from perfrules.syntax.token import Token, kinds
from perfrules.text import Span

DECLARING: Final = kinds(
    "RULESET LIBRARY INPUT PARAM LET INDICATOR TABLE OUTPUT ENTITY DECISION ALERT UNIT SCHEDULE FLAG FOR BY AFTER DOT "
    "DEFINE SLOT FILL RESULTS USE EXTENDS AS"
)
"""The words behind which a name stands."""


@define(slots=False)
class Stumble:
    """The parse of *piece*, which began as *start*, stopped at the token at *place* (its length: at the end),
    in *states* of *table*.
    """

    piece: Sequence[Token]
    place: int
    start: str
    table: ParseTable
    states: Sequence[int]

    @property
    def token(self) -> Token | None:
        """Return the token that does not fit, None at the end."""
        return self.piece[self.place] if self.place < len(self.piece) else None

    @property
    def before(self) -> Token | None:
        """Return the token before it."""
        return self.piece[self.place - 1] if self.place else None

    @property
    def span(self) -> Span:
        """Return where the token stands; at the end, the place behind the last token."""
        if self.token is not None and self.token.text:
            return self.token.span
        last = self.piece[min(self.place, len(self.piece)) - 1]
        return Span(last.file, last.end, last.end)

    @property
    def found(self) -> Argument:
        """Return what stands there, as a message names it."""
        if self.token is None or not self.token.text:
            return Word("end-of-line")
        return self.token.text

    @cached_property
    def accepted(self) -> frozenset[str]:
        """Return the kinds of token that would fit."""
        return accepted(self.table, self.states)

    @property
    def begins_statement(self) -> bool:
        """Tell whether a statement is due where the token stands."""
        return self.before is None or self.before.type in ("END", "LBRACE")

    @property
    def language(self) -> Language:
        """Return the language of the keyword before, in which to speak of keywords."""
        for token in reversed(self.piece[: self.place + 1]):
            keyword = keywords().by_terminal.get(token.type)
            if keyword is not None:
                return "zh" if token.text == keyword.zh else "en"
        return "en"

    def goes_on(self, inserted: Sequence[str], skip: int = 0, at_least: int = 2) -> bool:
        """Tell whether, with *inserted* put in for *skip* tokens, *at_least* more tokens would fit."""
        states = [*self.states]
        following = [token.type for token in self.piece[self.place + skip : self.place + skip + at_least]]
        if len(following) < at_least:
            following.append(END)
        return all(fits(self.table, states, kind) for kind in (*inserted, *following))
