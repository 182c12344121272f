"""A share of the long run of `tests.fuzz.run`, and what it once found."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from perfrules import api
from tests.fuzz.run import fuzz_many, try_text

EXERCISED = (
    *("bytes", "tokens", "mutated rulesets", "mappings", "files", "entities read", "problems in data"),
    *("texts without syntax errors", "mutants without errors", "result final", "result provisional", "result refused"),
    *("syntax-error", "unclosed-block", "unexpected-character", "invisible-character", "unsupported-line-end"),
    *("not-utf-8", "number-with-comma", "reserved-word", "name-needs-brackets", "wrong-place", "twice-stated"),
    *("unknown-name", "duplicate-name", "kinds-differ", "missing-clause", "unreachable-case"),
)


@pytest.fixture(scope="module")
def fuzzed() -> tuple[Counter[str], list[str]]:
    found = [fuzz_many(250, f"suite/{chunk}") for chunk in range(6)]
    return sum((counts for counts, _ in found), Counter[str]()), [each for _, some in found for each in some]


def test_no_text_and_no_data_makes_anything_raise(fuzzed: tuple[Counter[str], list[str]]) -> None:
    assert fuzzed[1] == []


@pytest.mark.parametrize("what", EXERCISED)
def test_the_nonsense_exercises(what: str, fuzzed: tuple[Counter[str], list[str]]) -> None:
    assert fuzzed[0][what] > 0


@pytest.mark.parametrize("text", ["\ud800", 'ruleset a "\ud800" {}', 'ruleset a {\n  input x "\udfff" : number\n}\n'])
def test_half_a_surrogate_pair_is_reported(text: str) -> None:
    assert try_text(text, Random(0), Counter()) is None
    assert "not-utf-8" in [each.code.value for each in api.compile(text).diagnostics]
