"""A statement in a block where it does not belong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.diagnostics import Argument, Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.syntax.mistakes.stumble import Stumble
from perfrules.syntax.token import Token, kinds

_OF_RULESETS: Final = kinds(
    "AUTHORITY EFFECTIVE ENTITY TOTAL BASE INPUT TABLE PARAM UNIT SCHEDULE HOLIDAYS GRADES_OF GRADES DECISION ALERT "
    "OUTPUT TEST INDICATOR CHECK RESULTS USE SLOT FILL REPLACE SET REMOVE INDICATORS_FROM"
)
_OF_LIBRARIES: Final = kinds("DEFINE USE PARAM UNIT SCHEDULE")
_OF_INDICATORS: Final = kinds(
    "MEASURE SCORE APPLIES_WHEN MISSING LIGHTS EVIDENCE NOTE CITE INDICATOR SLOT INDICATORS_FROM"
)
_OF_TESTS: Final = kinds("GIVEN EXPECT EXAMPLES AS_OF")
_NAMED: Final = {
    "INDICATOR": Word("an-indicator"),
    "TABLE": Word("a-table"),
    "PARAM": Word("a-parameter"),
    "TEST": Word("a-test"),
}


def wrong_place(stumble: Stumble) -> Diagnostic | None:
    """Say where a statement belongs that cannot stand here."""
    token = stumble.token
    if token is None or not stumble.begins_statement or stumble.start == "header":
        return None
    places = _places(token)
    if not places:
        return None
    args: dict[str, Argument] = {"clause": token.text, "inside": _inside(stumble), "places": places}
    return Diagnostic(Code.WRONG_PLACE, at=token.span, args=args)


def _places(token: Token) -> tuple[str, ...]:
    owners = (
        (_OF_RULESETS, Word("the-ruleset")),
        (_OF_LIBRARIES, Word("a-library")),
        (_OF_INDICATORS, Word("an-indicator")),
        (_OF_TESTS, Word("a-test")),
    )
    return tuple(word for kinds_, word in owners if token.type in kinds_)


def _inside(stumble: Stumble) -> str:
    """Return the block that the token stands in."""
    head = _head_of_block(stumble.piece[: stumble.place])
    if head is None:
        return Word("an-indicator" if stumble.start == "clause" else "the-ruleset")
    return _NAMED.get(head.type, head.text)


def _head_of_block(tokens: Sequence[Token]) -> Token | None:
    """Return the token that began the statement whose block is open at the end of *tokens*."""
    heads: list[Token] = []
    begin = tokens[0] if tokens else None
    for place, token in enumerate(tokens):
        if place and tokens[place - 1].type in ("LBRACE", "END"):
            begin = token
        if token.type == "LBRACE" and begin is not None:
            heads.append(begin)
        elif token.type == "RBRACE" and heads:
            heads.pop()
    return heads[-1] if heads else None
