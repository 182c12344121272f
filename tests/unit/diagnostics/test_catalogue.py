"""Filling messages: quoting and listing as each language does it, and choosing the language."""

from __future__ import annotations

import pytest

from perfrules.diagnostics import Word
from perfrules.diagnostics.catalogue import choose_language, translator


@pytest.mark.parametrize(
    ("language", "expected", "text"),
    [
        ("en", ("a",), "expected `a`"),
        ("en", ("a", "b", Word("name")), "expected `a`, `b` or a name"),
        ("zh", ("甲", "乙", Word("name")), "此处应为“甲”、“乙”或名称"),
        ("en", Word("no-such-word"), "expected no-such-word"),
    ],
)
def test_words_of_the_author_are_quoted_and_words_of_ours_translated(language, expected, text):
    assert translator(language).text("syntax-error.help", {"expected": expected}) == text


def test_braces_in_what_the_author_wrote_stay_as_they_are():
    assert translator("en").text("data-missing", {"name": "{x} {0.__class__}"}) == "`{x} {0.__class__}` has no value"


def test_a_placeholder_without_its_argument_stays_visible():
    assert translator("zh").text("data-missing") == "“{name}”没有数据"


def test_a_key_without_a_message_is_shown_as_it_is():
    assert translator("en").text("no-such-key") == "no-such-key"
    assert not translator("en").has("no-such-key")


@pytest.mark.parametrize("args", [{}, {"suggestions": ()}, {"suggestions": ""}])
def test_help_without_its_arguments_is_left_out(args):
    assert translator("en").text_if_filled("unknown-name.help", args) is None


def test_help_with_its_arguments_is_given():
    assert (
        translator("en").text_if_filled("unknown-name.help", {"suggestions": ("a", "b")}) == "did you mean `a` or `b`?"
    )


@pytest.mark.parametrize(
    ("explicit", "environ", "language"),
    [
        (None, {}, "en"),
        ("zh", {"LANG": "en_US.UTF-8"}, "zh"),
        (None, {"PERFRULES_LANG": "zh", "LC_ALL": "en_GB"}, "zh"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US"}, "zh"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh-Hans", "LANG": "C"}, "zh"),
        (None, {"LC_ALL": "C", "LANG": "zh_CN"}, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, "en"),
        (None, {"LANG": "zh.UTF-8"}, "zh"),
    ],
)
def test_the_first_that_is_set_decides_the_language(explicit, environ, language):
    assert choose_language(explicit, environ) == language
