"""Tests inside a ruleset as text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from perfrules.syntax.ast.declarations import Expectation, Given, RecordValue, Test
from perfrules.syntax.ast.expressions import Attribute
from perfrules.syntax.ast.tree import Name
from perfrules.syntax.printing.expressions import SUM, expression, state_or_expression
from perfrules.syntax.printing.voice import Voice, block, bracketed_if_needed, name, text

_BEHIND_A_DOT = {attribute.value: attribute.name for attribute in Attribute}
_OF_RESULTS = {"total": "TOTAL", "rounded total": "ROUNDED_TOTAL", "grade": "GRADE", "entity": "ENTITY"}
"""The words that a record of other results has for fields."""


def test(tree: Test, voice: Voice) -> str:
    """Return a test with its block."""
    return block(f"{voice.word('TEST')} {text(tree.title)}", _lines(tree, voice))


def _lines(tree: Test, voice: Voice) -> Iterator[str]:
    if tree.as_of is not None:
        yield f"{voice.word('AS_OF')} {tree.as_of.isoformat()}"
    for entity, given in groupby(tree.given, _entity):
        yield f"{voice.word('GIVEN')} {entity}{', '.join(_given(each, voice) for each in given)}"
    for entity, expect in groupby(tree.expect, _entity):
        yield f"{voice.word('EXPECT')} {entity}{', '.join(_expectation(each, voice) for each in expect)}"
    if tree.examples is not None:
        yield f"{voice.word('EXAMPLES')} {voice.word('FROM')} {text(tree.examples)}"


def _entity(tree: Given | Expectation) -> str:
    if tree.entity is None:
        return ""
    return f"{name(tree.entity) if isinstance(tree.entity, Name) else text(tree.entity)}: "


def _given(tree: Given, voice: Voice) -> str:
    *owners, last = tree.path
    if not owners:
        return _with_value(name(last), tree, voice)
    first, *others = owners
    start = voice.word("PREVIOUS") if first.text == "previous" else name(first)
    between = "".join(f".{bracketed_if_needed(part.text, behind_dot=True)}" for part in others)
    return _with_value(start + between + _last_part(last, voice), tree, voice)


def _with_value(written: str, tree: Given, voice: Voice) -> str:
    if isinstance(tree.value, tuple):
        return f"{written} = [{', '.join(_record(record, voice) for record in tree.value)}]"
    return f"{written} = {state_or_expression(tree.value, voice, SUM)}"


def _last_part(part: Name, voice: Voice) -> str:
    if part.text in _BEHIND_A_DOT:
        return f".{voice.word(_BEHIND_A_DOT[part.text])}"
    return f".{bracketed_if_needed(part.text, behind_dot=True)}"


def _record(tree: RecordValue, voice: Voice) -> str:
    return f"({', '.join(_field(field, voice) for field in tree.fields)})"


def _field(tree: Given, voice: Voice) -> str:
    word = _OF_RESULTS.get(tree.path[0].text) if len(tree.path) == 1 else None
    return _given(tree, voice) if word is None else _with_value(voice.word(word), tree, voice)


def _expectation(tree: Expectation, voice: Voice) -> str:
    negated = f"{voice.word('NOT')} " if tree.negated else ""
    if tree.decision is not None:
        return f"{negated}{voice.word('DECISION')} {name(tree.decision)}"
    if tree.veto is not None:
        return f"{negated}{voice.word('VETO')} {text(tree.veto)}"
    if tree.flag is not None:
        return f"{negated}{voice.word('FLAG')} {name(tree.flag)}"
    if tree.alert is not None and tree.colour is not None:
        return f"{voice.word('ALERT')} {name(tree.alert)} = {voice.member(tree.colour)}"
    if tree.condition is None:
        raise ValueError("an expectation expects something")
    return expression(tree.condition, voice)
