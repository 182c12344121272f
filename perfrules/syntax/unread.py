"""What could not be read of a text, and which later problems may be only its consequence: those are left out.

One mistake is one report. Everything else that is said of the text stays, so that its mistakes are told at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.ast.clauses import Indicator, Let
from perfrules.syntax.ast.declarations import Input, Parameter, Schedule, Table, Test, UnitDeclaration
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.syntax.fold.pieces import name_text
from perfrules.syntax.token import Token, kinds

_APART: Final = kinds("INPUT TABLE PARAM UNIT SCHEDULE LET TEST HOLIDAYS EFFECTIVE ENTITY AUTHORITY CITE NOTE EVIDENCE")
"""What begins an item that the total does not depend on but by names."""
_STANDING_APART: Final = (Indicator, Let, Input, Parameter, Schedule, Table, Test, UnitDeclaration)
_NAMED: Final = frozenset({Code.UNKNOWN_NAME, Code.UNKNOWN_STAGE, Code.MISSING_CLAUSE})
_NEEDED: Final = {
    "HOLIDAYS": frozenset({Code.CALENDAR_NEEDED, Code.OUTSIDE_CALENDAR}),
    "EFFECTIVE": frozenset({Code.AS_OF_NEEDED}),
}


@frozen
class Unread:
    """The items that could not be read: the words in them, what they would answer, and whether marks are among them."""

    words: frozenset[str]
    answered: frozenset[Code]
    counts: bool


NOTHING_UNREAD: Final = Unread(frozenset(), frozenset(), False)


def unread(pieces: Iterable[Sequence[Token]]) -> Unread:
    """Return what is known of items that could not be read."""
    pieces = tuple(pieces)
    words = {name_text(token) for piece in pieces for token in piece if token.text}
    if any(token.type in ("GRADES", "GRADES_OF") for piece in pieces for token in piece):
        words.add("grades")
    answered = {code for piece in pieces for code in _NEEDED.get(piece[0].type, ())}
    return Unread(frozenset(words), frozenset(answered), any(piece[0].type not in _APART for piece in pieces))


def not_caused_by(missing: Unread, tree: Ruleset, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
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
        and not (diagnostic.code in _NAMED and _names(diagnostic) & missing.words)
        and not (
            diagnostic.at is not None
            and (diagnostic.at.start < header or any(span.start <= diagnostic.at.start < span.end for span in whole))
        )
    )


def _names(diagnostic: Diagnostic) -> set[str]:
    """Return the parts of the name, or the clause of the ruleset, that a diagnostic says is not there."""
    if diagnostic.code is Code.MISSING_CLAUSE:
        return {str(diagnostic.args["clause"])} if diagnostic.args["owner"] == Word("the-ruleset") else set()
    name = str(diagnostic.args.get("name", diagnostic.args.get("stage", "")))
    return {name, *name.split(".")}
