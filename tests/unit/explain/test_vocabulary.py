"""Every sentence that can be said has its words: the keys in the code, and those made from the words of the core."""

import re
from pathlib import Path

import pytest

import perfrules.explain
from perfrules.explain import chain
from perfrules.explain.words import words_of
from perfrules.ir.expressions import AggregateOp, CombineOp, PartsRule, ShareRule
from perfrules.ir.plan import Role
from perfrules.lang.rounding import Mode
from perfrules.lang.states import State

SOURCES = sorted(Path(perfrules.explain.__file__).parent.rglob("*.py"))
SAID = re.compile(r"statement\(\s*\"([^\"]+)\"")
WORDS = re.compile(r"Term\(\s*\"([^\"]+)\"")
SIGNS = ("less", "plus")


def keys_in_the_code() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in SOURCES]
    said = {key for text in texts for key in SAID.findall(text)} - {"measure"}  # that one is in a docstring
    return said | {f"word.{key}" for text in texts for key in WORDS.findall(text)}


def keys_made_of_words() -> set[str]:
    tally = {f"tally.{sign}-{rule.value}" for sign in SIGNS for rule in PartsRule}
    tally |= {
        f"tally.{sign}-{what}"
        for sign in SIGNS
        for what in ("each", "when", "formula", "nothing", "amount", "times", "distance")
    }
    return {
        *(f"aggregate.{op.value}" for op in AggregateOp),
        *(f"combine.{op.value}" for op in CombineOp),
        *(f"expression.parts-{rule.value}" for rule in PartsRule),
        *(f"expression.{name}" for name in ("absolute", "smallest", "largest")),
        *(f"expression.is{negated}-{state.value}" for state in State for negated in ("", "-not")),
        *(f"across.{told}{only}" for told in ("counted", "value", "place") for only in ("", "-only")),
        *(f"of-indicator.{role.value}" for role in (Role.MEASURE, Role.FULL, Role.LIGHT)),
        *(f"word.{role.value}" for role in (Role.TOTAL, Role.TOTAL_ROUNDED, Role.GRADE)),
        *(f"word.{mode.value}" for mode in Mode),
        *(f"word.state-{state.value}" for state in State),
        *(f"word.{colour}" for colour in ("red", "yellow", "blue", "green")),
        *(f"share.{rule.value}" for rule in ShareRule),
        *(f"effect.{effect}" for effect in ("zero", "total 0", "grade", "grade at most", "flag")),
        *(f"loss.{cause}" for cause in (chain.ROUNDING, chain.OVERRIDE, chain.MISSING_POLICY, "floor", "ceiling")),
        *(f"tally.{direction}" for direction in ("above", "below", "away from")),
        *(f"change.{way}" for way in ("up", "down", "beyond-up", "beyond-down")),
        *(f"change.beyond-{way}-from-there" for way in ("up", "down")),
        *tally,
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_sentence_has_its_words(language):
    words = words_of(language)
    assert [key for key in sorted(keys_in_the_code() | keys_made_of_words()) if not words.has(key)] == []


def test_the_scan_of_the_code_finds_something():
    assert len(keys_in_the_code()) > 80
