"""Deep nesting and long chains end in a diagnostic with the limit, never in a RecursionError."""

from __future__ import annotations

import sys

import pytest

from perfrules.diagnostics import Code
from perfrules.syntax.limits import BLOCK_LIMIT, BRACKET_LIMIT, TERM_LIMIT
from perfrules.syntax.parse import parse
from perfrules.syntax.unparse import unparse
from perfrules.text import SourceText

TOO_DEEP = {
    "terms": ("let x = " + "+".join(["1"] * 5000), TERM_LIMIT),
    "parentheses": ("let x = " + "(" * 5000 + "1" + ")" * 5000, BRACKET_LIMIT),
    "open parentheses": ("let x = " + "(" * 5000, BRACKET_LIMIT),
    "indicators": ("indicator A {\n" * 5000 + "}\n" * 5000, BLOCK_LIMIT),
    "open braces": ("{" * 5000, BLOCK_LIMIT),
    "not": ("let x = " + "not " * 5000 + "a", TERM_LIMIT),
    "minus": ("let x = " + "-" * 5000 + "1", TERM_LIMIT),
    "if": ("let x = " + "if a then b else " * 5000 + "c", TERM_LIMIT),
    "powers": ("let x = " + "2 ^ " * 5000 + "2", TERM_LIMIT),
    "cases": ("let x = " + "cases { otherwise -> " * 5000 + "1", BRACKET_LIMIT),
    "cases in chains": ("let x = " + ("1 + " * 20 + "(cases { otherwise -> ") * 20 + "1" + " })" * 20, TERM_LIMIT),
    "chains in brackets": ("let x = " + ("1 + " * 9 + "(") * 60 + "1" + ")" * 60, TERM_LIMIT),
}


def source(item: str) -> SourceText:
    return SourceText("deep", f"ruleset a {{\n{item}\n}}\n")


@pytest.mark.parametrize("kind", TOO_DEEP)
def test_too_deep_is_told_once_with_its_limit(kind: str) -> None:
    item, limit = TOO_DEEP[kind]
    (found,) = parse(source(item)).diagnostics
    assert (found.code, found.args["limit"]) == (Code.NESTING_TOO_DEEP, limit)


@pytest.mark.parametrize(
    "item",
    [
        "let x = " + " + ".join(["1"] * TERM_LIMIT),
        "let x = " + "(" * (BRACKET_LIMIT - 1) + "1" + ")" * (BRACKET_LIMIT - 1),
        "indicator A {\n" * (BLOCK_LIMIT - 1) + "}\n" * (BLOCK_LIMIT - 1),
        "let x = max(" + ", ".join(["1 + 2"] * 5000) + ")",
        "let x = 1 + 2\n" * 5000,
    ],
    ids=["terms", "parentheses", "indicators", "arguments", "statements"],
)
def test_what_is_within_the_limits_can_be_walked(item: str) -> None:
    parsed = parse(source(item))
    assert parsed.diagnostics == ()
    assert parsed.tree is not None
    assert parse(SourceText("again", unparse(parsed.tree))).tree == parsed.tree
    assert sys.getrecursionlimit() == 1000


def test_reading_takes_time_in_proportion() -> None:
    indicator = "indicator A {\n  measure a / b\n  score curve of measure { 0% -> 0; 100% -> full }\n}\n"
    assert len(parse(source(indicator * 2000)).tree.items) == 2000  # type: ignore[union-attr]
