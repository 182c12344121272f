"""Workflow commands: one line each, escaped as the runner expects."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.render import github
from perfrules.text import SourceText, Span


def test_an_error_names_file_lines_and_code(wrong_sum, sources):
    assert github.render([wrong_sum], sources, "en") == (
        "::error file=示例.perfrules,line=2,col=15,endLine=2,title=marks-do-not-add-up::"
        "`A` states 50 points, but its parts come to 9%0Ahelp: 5 + 4 = 9\n"
    )


def test_the_end_of_a_file_and_an_empty_file_are_places(unclosed_at_the_end, nothing_in_the_file, sources):
    assert github.render([unclosed_at_the_end, nothing_in_the_file], sources, "zh") == (
        "::error file=empty.perfrules,line=1,col=1,endLine=1,title=syntax-error::"
        "此处不应出现文件结尾%0A建议: 此处应为“ruleset”、“library”或名称\n"
        "::error file=示例.perfrules,line=8,col=1,endLine=8,title=unclosed-block::"
        "“{”没有对应的结束符号%0A建议: 请在该块结束处补上“}”\n"
    )


def test_a_place_in_data_stands_in_the_message(negative_staff, sources):
    assert github.render([negative_staff], sources, "en") == (
        "::error file=数据.xlsx,title=data-outside-range::"
        "数据.xlsx, sheet `2021`, row 3, column `在编,人数`, value `-1`%0A-1 for `staff` is outside [0, 5000]\n"
    )


def test_what_would_end_a_property_or_a_command_is_escaped():
    file = "a:b,c%\n.perfrules"
    args = {"amount": "1\r\n::error::", "target": "x%"}
    problem = Diagnostic(Code.PER_PERCENT_AMBIGUOUS, Span(file, 0, 1), args=args)
    assert github.render([problem], {file: SourceText(file, "x")}, "en") == (
        "::error file=a%3Ab%2Cc%25%0A.perfrules,line=1,col=1,endLine=1,title=per-percent-ambiguous::"
        "`per 1%0D%0A::error::%25` has two readings%0A"
        "help: write `per 1%0D%0A::error::pp` for percentage points, or `per 1%0D%0A::error::%25 of x%25` "
        "for a part of `x%25`\n"
    )


def test_warnings_and_notes_have_their_own_commands():
    warning = Diagnostic(Code.UNUSED_INPUT, args={"name": "q"})
    note = Diagnostic(Code.DATA_UNIT_CONVERTED, args={"name": "q", "value": "1 万亩", "converted": "10000 亩"})
    assert github.render([warning, note], {}, "en") == (
        "::notice title=data-unit-converted::1 万亩 for `q` was read as 10000 亩\n"
        "::warning title=unused-input::the input `q` is never used%0Ahelp: use it in a rule, or remove it\n"
    )
