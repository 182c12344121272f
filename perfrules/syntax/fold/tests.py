"""Tests inside a ruleset: from the grammar's rules to `ast.declarations`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from attrs import evolve

from perfrules.syntax.ast.declarations import Expectation, Given, RecordValue, Test
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.fold.expressions import state_or_tree
from perfrules.syntax.fold.pieces import Children, day_of, keyword_name, span_of, text_of, twice_stated
from perfrules.syntax.token import Token

Line = tuple[Token, str, Any]
_Said = TypeVar("_Said", Given, Expectation)


def test(c: Children) -> Test:
    """`test "on quota" { as of 2021-06-30; given staff = 50; expect A1 = 5 }`."""
    parts: dict[str, Any] = {}
    for token, key, value in c[3]:
        if key in parts and key not in ("given", "expect"):
            raise twice_stated(token)
        parts[key] = parts.get(key, ()) + value if isinstance(value, tuple) else value
    return Test(title=text_of(c[1]), **parts, span=span_of([c[0], c[4]]))


def test_as_of(c: Children) -> Line:
    """`as of 2021-06-30`."""
    return c[0], "as_of", day_of(c[1])


def test_given(c: Children) -> Line:
    """`given staff = 50, quota = 50`, `given a: staff = 50`."""
    return c[0], "given", _of_entity(c[1], c[2::2])


def test_expect(c: Children) -> Line:
    """`expect A1 = 5, total = 15`, `expect a: A1 = 5`."""
    return c[0], "expect", _of_entity(c[1], c[2::2])


def _of_entity(entity: Name | Text | None, said: Sequence[_Said]) -> tuple[_Said, ...]:
    return tuple(each if entity is None else evolve(each, entity=entity) for each in said)


def test_examples(c: Children) -> Line:
    """`examples from "cases.csv"`."""
    return c[0], "examples", text_of(c[2])


def given(c: Children) -> Given:
    """`staff = 50`, `projects = [(amount = 3)]`."""
    written = c[2]
    last = c[1]
    if isinstance(written, tuple):
        value, last = written
    else:
        value, last = state_or_tree(written), written
    return Given(path=c[0], value=value, span=span_of([*c[0], last]))


def whole_path(c: Children) -> tuple[Name, ...]:
    """`staff`."""
    path: tuple[Name, ...] = c[0]
    return path


def path_with_attribute(c: Children) -> tuple[Name, ...]:
    """`A3.level`: the attribute is a name like the others, in English."""
    return (*c[0], keyword_name([c[2]]))


def previous_path(c: Children) -> tuple[Name, ...]:
    """`previous.A1.measure`."""
    return (keyword_name(c), *c[2])


def previous_attribute(c: Children) -> tuple[Name, ...]:
    """`previous.grade`."""
    return keyword_name(c), keyword_name([c[2]])


def word_path(c: Children) -> tuple[Name, ...]:
    """`total` in a record of other results."""
    return (keyword_name(c),)


def records_none(c: Children) -> tuple[tuple[RecordValue, ...], Token]:
    """`[]`."""
    return (), c[1]


def records_some(c: Children) -> tuple[tuple[RecordValue, ...], Token]:
    """`[(amount = 3), (amount = 4)]`."""
    return tuple(c[1]), c[2]


def record(c: Children) -> RecordValue:
    """`(amount = 3, done = yes)`."""
    return RecordValue(fields=tuple(c[1]), span=span_of([c[0], c[2]]))


def expectation(c: Children) -> Expectation:
    """`A1 = 5`."""
    return Expectation(condition=c[0], span=c[0].span)


def expectation_decision(c: Children) -> Expectation:
    """`decision tighten`, `not decision tighten`."""
    return Expectation(decision=c[2], negated=c[0] is not None, span=span_of(c if c[0] else c[1:]))


def expectation_alert(c: Children) -> Expectation:
    """`alert p = red`."""
    token, shown = c[3]
    return Expectation(alert=c[1], colour=shown, span=span_of([c[0], token]))


def expectation_veto(c: Children) -> Expectation:
    """`veto "Fraud"`, `not veto "Fraud"`."""
    return Expectation(veto=text_of(c[2]), negated=c[0] is not None, span=span_of(c if c[0] else c[1:]))


def expectation_flag(c: Children) -> Expectation:
    """`flag barred`, `not flag barred`."""
    return Expectation(flag=c[2], negated=c[0] is not None, span=span_of(c if c[0] else c[1:]))
