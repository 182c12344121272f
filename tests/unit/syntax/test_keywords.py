"""The table of words: no word is ambiguous, every one is used, and the page of the manual is current."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import lark
import pytest

from perfrules.lang.units import BUILT_IN
from perfrules.syntax.analysis import analysed
from perfrules.syntax.fold import callbacks
from perfrules.syntax.grammar import STARTS, grammar, grammar_text
from perfrules.syntax.grammar_files import read_grammar_file
from perfrules.syntax.keyword_reference import keyword_reference
from perfrules.syntax.keywords import TRIMMED, Keyword, KeywordClass, keywords
from perfrules.text import SourceText

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "keywords.md"
WORDS = tuple(keywords().by_terminal.values())
GRAMMAR = read_grammar_file("perfrules.lark")


def kinds_of(text: str) -> list[tuple[str, str]]:
    return [(token.type, token.text) for token in grammar().lexer.lex(SourceText("w", text)).tokens]


def test_the_page_of_the_manual_is_current() -> None:
    assert PAGE.read_text("utf-8") == keyword_reference()


def test_every_spelling_belongs_to_one_word() -> None:
    spellings = [spelling for word in WORDS for spelling in word.spellings()]
    assert len(spellings) == len(set(spellings))


def test_no_unit_but_count_is_a_word() -> None:
    assert {name for name in BUILT_IN if name in keywords().by_spelling} == {"count"}


@pytest.mark.parametrize(
    "word", [word for word in WORDS if word.kind is not KeywordClass.ATTRIBUTE], ids=lambda word: word.terminal
)
def test_a_word_is_lexed_as_itself(word: Keyword) -> None:
    for spelling in set() if word.after else set(word.spellings()) - TRIMMED:
        assert kinds_of(spelling) == [(word.terminal, spelling)]
        assert kinds_of(f"{spelling}x")[-1][0] == "NAME"


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.terminal)
def test_a_word_stands_in_the_grammar(word: Keyword) -> None:
    assert re.search(rf"\b{word.terminal}\b", GRAMMAR)


def test_a_chinese_word_may_touch_digits() -> None:
    assert kinds_of("扣1分") == [("LESS", "扣"), ("DIGITS", "1"), ("POINTS", "分")]
    assert kinds_of("每满5个工作日") == [("PER_WHOLE", "每满"), ("DIGITS", "5"), ("NAME", "个工作日")]
    assert kinds_of("扣分率") == [("NAME", "扣分率")]


def test_an_attribute_is_a_word_behind_a_dot_only() -> None:
    assert kinds_of("rate A1.rate") == [("NAME", "rate"), ("NAME", "A1"), ("DOT", "."), ("RATE", "rate")]


def test_a_word_with_a_place_of_its_own_is_a_name_elsewhere() -> None:
    assert kinds_of("warning check warning") == [("NAME", "warning"), ("CHECK", "check"), ("WARNING", "warning")]
    assert kinds_of("警告1") == [("NAME", "警告1")]
    assert [kind for kind, _ in kinds_of("month linear linear")] == ["NAME", "LINEAR", "NAME"]


def test_every_word_with_a_place_follows_what_the_grammar_knows() -> None:
    shapes = {shape.name for shape in analysed(grammar_text(), STARTS).terminals}
    assert {kind for word in WORDS for kind in word.after} <= shapes | set(keywords().by_terminal)


def test_high_and_low_are_words_after_drop_only() -> None:
    kinds = [kind for kind, _ in kinds_of("high low drop 1 high 2 low when at least 5")]
    assert kinds == ["NAME", "NAME", "DROP", "DIGITS", "HIGH", "DIGITS", "LOW", "WHEN", "AT_LEAST", "DIGITS"]


def test_every_rule_of_the_grammar_has_its_fold() -> None:
    folds = vars(callbacks())
    rules = analysed(grammar_text(), STARTS).rules
    named = {str(rule.alias or rule.origin.name) for rule in rules if not rule.options.expand1}
    assert {name for name in named if not name.startswith("_") and name not in folds} == set()


def test_the_grammar_leaves_no_choice_open(caplog: pytest.LogCaptureFixture) -> None:
    handlers, level = lark.logger.handlers[:], lark.logger.level
    lark.logger.handlers[:] = [caplog.handler]
    lark.logger.setLevel(logging.DEBUG)
    try:
        analysed(grammar_text(), STARTS, debug=True)
    finally:
        lark.logger.handlers[:] = handlers
        lark.logger.setLevel(level)
    assert [record.message for record in caplog.records if "conflict" in record.message.lower()] == []
