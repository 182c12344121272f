"""The terminal renderer: goldens whose underlines stand below what they mark."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix, Labelled
from perfrules.diagnostics.render import terminal
from perfrules.text import SourceText, Span

WRONG_SUM = """\
error[marks-do-not-add-up]: `A` states 50 points, but its parts come to 9
 --> 示例.perfrules:2:15
  |
2 |     指标 A “预算，执行” 50 分 {
  |                         ^^^^^
3 |     指标 A1 "到位" 5 points
  |                    -------- 5 points
...
5 |     指标 A2 "执行" 4 points
  |                    -------- 4 points
  |
  = help: 5 + 4 = 9
  = fix: state 9 points
  |
2 |     指标 A “预算，执行” 9 分 {
  |                         ~
  |
"""

WRONG_SUM_IN_CHINESE = """\
错误[marks-do-not-add-up]: “A”写明 50 分，但由下级指标得出的分值为 9 分
 --> 示例.perfrules:2:15
  |
2 |     指标 A “预算，执行” 50 分 {
  |                         ^^^^^
3 |     指标 A1 "到位" 5 points
  |                    -------- 5 分
...
5 |     指标 A2 "执行" 4 points
  |                    -------- 4 分
  |
  = 建议: 5 + 4 = 9
  = 修正: 改为 9 分
  |
2 |     指标 A “预算，执行” 9 分 {
  |                         ~
  |
"""

AT_THE_END = """\
error[unclosed-block]: `{` is never closed
 --> 示例.perfrules:8:1
  |
1 | 规则集 示例 {
  |             - opened here
...
8 |
  | ^
  |
  = help: add `}` where the block ends
"""

EMPTY_FILE = """\
error[syntax-error]: did not expect the end of the file here
 --> empty.perfrules:1:1
  |
1 |
  | ^
  |
  = help: expected `ruleset`, `library` or a name
"""

IN_DATA = """\
错误[data-outside-range]: “staff”的值 -1 超出 [0, 5000]
 --> 数据.xlsx, 工作表“2021”, 第 3 行, 列“在编,人数”, 值“-1”
"""


def test_underlines_stand_below_chinese_text_tabs_and_full_width_punctuation(wrong_sum, sources):
    assert terminal.render([wrong_sum], sources, "en") == WRONG_SUM


def test_the_same_in_chinese(wrong_sum, sources):
    assert terminal.render([wrong_sum], sources, "zh") == WRONG_SUM_IN_CHINESE


def test_the_end_of_the_file_is_a_place(unclosed_at_the_end, sources):
    assert terminal.render([unclosed_at_the_end], sources, "en") == AT_THE_END


def test_an_empty_file_has_a_first_line(nothing_in_the_file, sources):
    assert terminal.render([nothing_in_the_file], sources, "en") == EMPTY_FILE


def test_a_place_in_data_is_named_from_file_to_value(negative_staff, sources):
    assert terminal.render([negative_staff], sources, "zh") == IN_DATA


def test_a_wide_underline_covers_two_cells_for_each_chinese_character():
    source = SourceText("a", "得分 = 预算，执行")
    found = terminal.render([Diagnostic(Code.UNKNOWN_NAME, Span("a", 5, 10))], {"a": source}, "en")
    assert "1 | 得分 = 预算，执行\n  |        ^^^^^^^^^^\n" in found


def test_a_span_of_several_lines_shows_its_first_and_last():
    source = SourceText("a", "x {\n  1\n  2\n}\n")
    shown = terminal.render(
        [Diagnostic(Code.TWICE_STATED, Span("a", 0, 13), args={"clause": "x"})], {"a": source}, "en"
    )
    assert shown == (
        "error[twice-stated]: `x` is stated twice\n"
        " --> a:1:1\n  |\n1 | x {\n  | ^^^\n...\n4 | }\n  | ^\n  |\n  = help: keep one of the two\n"
    )


def test_another_file_is_shown_below_the_first():
    sources = {"a": SourceText("a", "x"), "b": SourceText("b", "\n" * 9 + "x")}
    problem = Diagnostic(
        Code.DUPLICATE_NAME,
        at=Span("b", 9, 10),
        args={"kind": "input", "name": "x"},
        others=[Labelled(Span("a", 0, 1), "first-stated-here")],
    )
    assert terminal.render([problem], sources, "en") == (
        "error[duplicate-name]: the input `x` is declared twice\n"
        "  --> b:10:1\n   |\n10 | x\n   | ^\n   |\n"
        "  ::: a:1:1\n   |\n 1 | x\n   | - first stated here\n   |\n"
        "   = help: give one of them another name\n"
    )


def test_a_fix_marks_what_is_new_after_earlier_edits_moved_it():
    source = SourceText("a", "max(1,000, 2,000)")
    fix = Fix("insert", [Edit(Span("a", 12, 13), "_"), Edit(Span("a", 5, 6), ""), Edit(Span("a", 17, 17), "#")])
    shown = terminal.render([Diagnostic(Code.NUMBER_WITH_COMMA, Span("a", 4, 9), fix=fix)], {"a": source}, "en")
    lines = "1 | max(1000, 2_000)#\n  |      ~\n  |            ~\n  |                 ~\n"
    assert lines in shown


def test_a_file_that_is_not_at_hand_is_still_named():
    problem = Diagnostic(Code.UNUSED_INPUT, Span("gone", 3, 4), args={"name": "q"})
    shown = terminal.render([problem], {}, "en")
    assert shown == (
        "warning[unused-input]: the input `q` is never used\n --> gone\n  = help: use it in a rule, or remove it\n"
    )


def test_control_sequences_of_the_author_never_reach_the_terminal():
    source = SourceText("a\x1b]0;", "\x1b[31mred\u202e")
    problem = Diagnostic(Code.UNKNOWN_NAME, Span("a\x1b]0;", 5, 8), args={"kind": "input", "name": "\x1b[2J"})
    shown = terminal.render([problem], {"a\x1b]0;": source}, "en")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "�[31mred�" in shown


def test_colour_adds_control_sequences_and_nothing_else(wrong_sum, sources):
    import re

    coloured = terminal.render([wrong_sum], sources, "en", colour=True)
    assert "\x1b[1;31merror[marks-do-not-add-up]" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == WRONG_SUM


def test_the_order_given_does_not_show(wrong_sum, unclosed_at_the_end, negative_staff, sources):
    problems = [negative_staff, unclosed_at_the_end, wrong_sum]
    assert terminal.render(problems, sources, "en") == terminal.render([*reversed(problems), wrong_sum], sources, "en")


def test_nothing_wrong_is_the_empty_text(sources):
    assert terminal.render([], sources, "en") == ""
