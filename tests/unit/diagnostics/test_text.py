"""Source text: one meaning of a line, exact places, and what a file must not hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.diagnostics import Code, apply_fix
from perfrules.diagnostics.unreadable_text import unreadable_text
from perfrules.text import SourceText, Span, TextProblem, read_source, source_from_text

lines = st.text(alphabet="a满\n\t，\u2028", max_size=30)


@given(lines)
def test_lines_and_columns_lead_back_to_the_offset(text):
    source = SourceText("a", text)
    for offset in range(len(text) + 1):
        line, column = source.line_column(offset)
        assert source.line_starts[line - 1] + column - 1 == offset


@given(lines)
def test_the_lines_make_the_text(text):
    source = SourceText("a", text)
    assert "\n".join(source.line_text(number + 1) for number in range(source.line_count)) == text


def test_only_a_line_feed_ends_a_line():
    source = SourceText("a", "a\x0bb\x0cc\x85d\u2028e\u2029f\ng")
    assert (source.line_count, source.line_column(12)) == (2, (2, 1))


def test_the_line_feed_belongs_to_the_line_it_ends():
    source = SourceText("a", "ab\ncd")
    assert [source.line_column(offset) for offset in (2, 3, 5)] == [(1, 3), (2, 1), (2, 3)]


@pytest.mark.parametrize("offset", [-1, 4])
def test_a_place_outside_the_text_is_our_mistake(offset):
    with pytest.raises(ValueError, match="offset"):
        SourceText("a", "abc").line_column(offset)


def test_spans_of_different_files_have_no_cover():
    with pytest.raises(ValueError, match="different files"):
        Span("a", 0, 1).cover(Span("b", 0, 1))


@pytest.mark.parametrize("content", [b"a\r\nb\rc\n", b"\xef\xbb\xbfa\nb\nc\n"])
def test_line_ends_and_the_byte_order_mark_are_taken_in(content):
    assert read_source(content, "a") == (SourceText("a", "a\nb\nc\n"), ())


def test_another_encoding_is_reported_and_not_guessed():
    source, problems = read_source("a\r\n满分".encode("gb18030"), "a")
    assert problems == (TextProblem(2, "not-utf-8", "0xC2"),)
    assert source.text.startswith("a\n\ufffd")


def test_the_place_of_a_broken_byte_does_not_count_the_byte_order_mark():
    _, problems = read_source(b"\xef\xbb\xbf\xe6\xbb\xa1\xff", "a")
    assert problems == (TextProblem(1, "not-utf-8", "0xFF"),)


def test_a_file_above_the_limit_is_not_decoded():
    assert read_source(b"12345", "a", limit=4) == (SourceText("a", ""), (TextProblem(0, "file-too-large", "5"),))
    assert read_source(b"1234", "a", limit=4) == (SourceText("a", "1234"), ())


@pytest.mark.parametrize(
    ("character", "what", "found"),
    [
        ("\x0b", "unsupported-line-end", "U+000B"),
        ("\x0c", "unsupported-line-end", "U+000C"),
        ("\x85", "unsupported-line-end", "U+0085"),
        ("\u2028", "unsupported-line-end", "U+2028 LINE SEPARATOR"),
        ("\u2029", "unsupported-line-end", "U+2029 PARAGRAPH SEPARATOR"),
        ("\x00", "invisible-character", "U+0000"),
        ("\x1b", "invisible-character", "U+001B"),
        ("\u200b", "invisible-character", "U+200B ZERO WIDTH SPACE"),
        ("\u200d", "invisible-character", "U+200D ZERO WIDTH JOINER"),
        ("\u202e", "invisible-character", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "invisible-character", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\ufeff", "invisible-character", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("\ud800", "not-utf-8", "U+D800"),
    ],
)
def test_what_cannot_be_seen_is_reported_where_it_stands(character, what, found):
    source, problems = source_from_text(f"满\r\n{character}分", "a")
    assert problems == (TextProblem(2, what, found),)
    [problem] = unreadable_text(source, problems)
    assert (problem.code.value, problem.at) == (what, Span("a", 2, 3))


def test_tabs_full_width_spaces_and_chinese_punctuation_are_fine():
    assert source_from_text("\t指标\u3000“，”【】：（）\n", "a")[1] == ()


def test_an_invisible_character_can_be_removed_by_its_fix():
    source, problems = source_from_text("sta\u200bff", "a")
    [problem] = unreadable_text(source, problems)
    assert problem.fix is not None
    assert apply_fix(source, problem.fix) == "staff"


def test_a_file_above_the_limit_names_both_sizes():
    [problem] = unreadable_text(*read_source(b"12345", "a", limit=4), limit=4)
    assert (problem.code, dict(problem.args)) == (Code.FILE_TOO_LARGE, {"limit": 4, "size": "5"})
