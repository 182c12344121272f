"""Text and tree agree, whatever the tree; formatting changes neither tree nor comments; no text breaks the reader."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules.syntax.ast.ruleset import Library, Ruleset
from perfrules.syntax.formatter import format_text
from perfrules.syntax.keywords import Language, keywords
from perfrules.syntax.parse import parse
from perfrules.syntax.unparse import unparse
from perfrules.text import SourceText
from tests.strategies import trees

SLOW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def source(text: str) -> SourceText:
    return SourceText("generated", text)


@pytest.mark.parametrize("language", ["en", "zh"])
@SLOW
@given(tree=trees.files)
def test_a_printed_tree_reads_back_as_itself(language: Language, tree: Ruleset | Library) -> None:
    written = unparse(tree, language)
    parsed = parse(source(written))
    assert parsed.diagnostics == (), written
    assert parsed.tree == tree, written


@SLOW
@given(tree=trees.files)
def test_a_printed_tree_changes_language_at_the_formatter(tree: Ruleset | Library) -> None:
    english = format_text(source(unparse(tree, "en")), "en").text
    chinese = format_text(source(english), "zh").text
    assert parse(source(chinese)).tree == tree, chinese
    assert format_text(source(chinese), "en").text == english
    assert format_text(source(chinese), "zh").text == chinese
    assert format_text(source(chinese)).text == chinese


WORDS = [spelling for word in keywords().by_terminal.values() for spelling in word.spellings()]
SIGNS = [*'()[]{}，,:;.%-+*/^=<>#"【】（）［］｛｝ \n\t\u3000、', "->", ">=", "!=", "# c\n", "\n\n", " "]
TOKENS = st.sampled_from([*WORDS, *SIGNS, "a", "指标1", "1", "0.5", "1,000", "95%", "2024-01-31", '"t"', "【x】"])


@SLOW
@given(words=st.lists(TOKENS, max_size=40))
def test_no_string_of_tokens_breaks_the_reader(words: list[str]) -> None:
    text = "ruleset a {\n" + " ".join(words) + "\n}"
    parsed = parse(source(text))
    assert parsed.tree is not None or parsed.diagnostics
    assert all(each.at is None or 0 <= each.at.start <= each.at.end <= len(text) for each in parsed.diagnostics)


@SLOW
@given(text=st.text(max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    parsed = parse(source(text))
    assert parsed.tree is not None or parsed.diagnostics


@SLOW
@given(tree=trees.files, data=st.data())
def test_a_text_with_a_hole_never_breaks_the_reader(tree: Ruleset | Library, data: st.DataObject) -> None:
    text = unparse(tree)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 10)))
    parsed = parse(source(text[:start] + text[end:]))
    assert parsed.tree is not None or parsed.diagnostics


SPACE = st.sampled_from([" ", "  ", "\u3000", "\t"])


@SLOW
@given(tree=trees.files, data=st.data())
def test_a_comment_at_the_end_of_a_line_survives(tree: Ruleset | Library, data: st.DataObject) -> None:
    lines = unparse(tree).split("\n")
    place = data.draw(st.integers(0, len(lines) - 2))
    commented = [*lines[:place], lines[place] + data.draw(SPACE) + "# why 为何 {", *lines[place + 1 :]]
    formatted = format_text(source("\n".join(commented)), "zh")
    assert formatted.diagnostics == ()
    assert formatted.text.split("\n")[place].endswith("  # why 为何 {")
    assert parse(source(formatted.text)).tree == tree
