"""What could not be read of a text, and which later problems may be only its consequence: those are left out.

One mistake is one report. Everything else that is said of the text stays, so that its mistakes are told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.ast.clauses import Indicator, Let
from perfrules.syntax.ast.composition import Definition, Use
from perfrules.syntax.ast.declarations import (
    Check,
    Input,
    OtherResults,
    Parameter,
    Schedule,
    Table,
    Test,
    UnitDeclaration,
)
from perfrules.syntax.ast.ruleset import Library, Ruleset
from perfrules.syntax.fold.pieces import name_text
from perfrules.syntax.token import Token, kinds

_APART: Final = kinds(
    "INPUT TABLE PARAM UNIT SCHEDULE LET TEST HOLIDAYS EFFECTIVE ENTITY AUTHORITY CITE NOTE EVIDENCE USE DEFINE CHECK "
    "RESULTS"
)
"""What begins an item that the total does not depend on but by names."""
_NAMING: Final = kinds("INPUT TABLE PARAM UNIT SCHEDULE LET INDICATOR ALERT DECISION OUTPUT DEFINE SLOT RESULTS")
_BEHIND_A_NAME: Final = kinds("QUOTED COLON EQUAL LBRACE DIGITS BY LPAR FROM")
_DECLARING_MANY: Final = kinds("USE INDICATORS_FROM REPLACE FILL")
"""What declares names that do not stand in it."""
_STANDING_APART: Final = (
    Check,
    Definition,
    Indicator,
    Input,
    Let,
    OtherResults,
    Parameter,
    Schedule,
    Table,
    Test,
    UnitDeclaration,
    Use,
)
_NAMED: Final = frozenset(
    {
        Code.UNKNOWN_NAME,
        Code.UNKNOWN_STAGE,
        Code.MISSING_CLAUSE,
        Code.DATA_UNKNOWN_COLUMN,
        Code.DEFINITION_NOT_CLOSED,
        Code.SLOT_UNFILLED,
    }
)
_NEEDED: Final = {
    "HOLIDAYS": frozenset({Code.CALENDAR_NEEDED, Code.OUTSIDE_CALENDAR}),
    "EFFECTIVE": frozenset({Code.AS_OF_NEEDED}),
}

_ANY_NEED: Final = frozenset[Code]().union(*_NEEDED.values())


@frozen
class Unread:
    """The items that could not be read: the words in them, what they would answer, and whether marks are among them."""

    words: frozenset[str]
    answered: frozenset[Code]
    counts: bool
    nameless: bool
    """Whether a declaration among them has no name, or declares many: any unknown name may be the one."""


NOTHING_UNREAD: Final = Unread(frozenset(), frozenset(), False, False)


def unread(pieces: Iterable[Sequence[Token]]) -> Unread:
    """Return what is known of items that could not be read."""
    pieces = tuple(pieces)
    words = {word for piece in pieces for word in _words(piece)}
    answered = {
        code for piece in pieces for code in _NEEDED.get(piece[0].type, _ANY_NEED if _is_name(piece[0]) else ())
    }
    counts = any(piece[0].type not in _APART for piece in pieces)
    many = any(piece[0].type in _DECLARING_MANY for piece in pieces)
    nameless = many or any(_lacks_a_name(before, token) for piece in pieces for before, token in pairwise(piece))
    return Unread(frozenset(words), frozenset(answered), counts, nameless)


def _words(piece: Sequence[Token]) -> Iterator[str]:
    """Yield every token, and what stands without a gap: `A-1` is three tokens and may be meant as one name."""
    run = ""
    end = -1
    for token in piece:
        if token.text:
            run = run + token.text if token.start == end else token.text
            end = token.end
            yield from (name_text(token), run)


def _is_name(token: Token) -> bool:
    """Tell whether an item begins with no word of the language, and so could be any."""
    return token.type == "NAME"


def _lacks_a_name(before: Token, token: Token) -> bool:
    return before.type in _NAMING and token.type in _BEHIND_A_NAME


def not_caused_by(missing: Unread, tree: Ruleset | Library, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out of *found* what may hold only because of *missing*.

    That is: names that it may declare, questions that it may answer, and, where marks are missing, what is said of the
    whole (its total, grades and decisions).
    """
    whole = tuple(item.span for item in tree.items if not isinstance(item, _STANDING_APART)) if missing.counts else ()
    header = tree.items[0].span.start if missing.counts and tree.items else 0
    return tuple(
        diagnostic
        for diagnostic in found
        if diagnostic.code not in missing.answered
        and not (diagnostic.code in _NAMED and _may_be_among(missing, diagnostic))
        and not (
            diagnostic.at is not None
            and (diagnostic.at.start < header or any(span.start <= diagnostic.at.start < span.end for span in whole))
        )
    )


def not_unfilled_by(missing: Unread, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out of *found*, which is said of other texts, the slots that what is *missing* may fill."""
    return tuple(
        diagnostic
        for diagnostic in found
        if diagnostic.code is not Code.SLOT_UNFILLED or not _may_be_among(missing, diagnostic)
    )


def _may_be_among(missing: Unread, diagnostic: Diagnostic) -> bool:
    """Tell whether what a diagnostic says is not there may stand in what could not be read."""
    if diagnostic.code is Code.MISSING_CLAUSE:
        return missing.counts and diagnostic.args["owner"] == Word("the-ruleset")
    named = (diagnostic.args[key] for key in ("name", "stage", "column", "slot") if key in diagnostic.args)
    name = str(next(named, ""))
    return missing.nameless or not missing.words.isdisjoint({name, *name.split(".")})
