"""A small ruleset with problems, which every renderer has to show."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from perfrules.diagnostics import Code, DataPlace, Diagnostic, Edit, Fix, Labelled, Word
from perfrules.text import SourceText, Span

TEXT = """规则集 示例 {
\t指标 A “预算，执行” 50 分 {
    指标 A1 "到位" 5 points

    指标 A2 "执行" 4 points
  }
}
"""


@pytest.fixture
def sources() -> dict[str, SourceText]:
    return {"示例.perfrules": SourceText("示例.perfrules", TEXT), "empty.perfrules": SourceText("empty.perfrules", "")}


@pytest.fixture
def span_of() -> Callable[[str], Span]:
    def find(part: str) -> Span:
        start = TEXT.index(part)
        return Span("示例.perfrules", start, start + len(part))

    return find


@pytest.fixture
def wrong_sum(span_of: Callable[[str], Span]) -> Diagnostic:
    return Diagnostic(
        Code.MARKS_DO_NOT_ADD_UP,
        at=span_of("50 分"),
        args={"code": "A", "stated": 50, "found": 9, "sum": "5 + 4"},
        others=[
            Labelled(span_of("5 points"), "points-here", args={"points": 5}),
            Labelled(span_of("4 points"), "points-here", args={"points": 4}),
        ],
        fix=Fix("state-marks", [Edit(span_of("50"), "9")], args={"points": 9}),
    )


@pytest.fixture
def unclosed_at_the_end(span_of: Callable[[str], Span]) -> Diagnostic:
    end = Span("示例.perfrules", len(TEXT), len(TEXT))
    opened = [Labelled(span_of("{"), "opened-here")]
    return Diagnostic(Code.UNCLOSED_BLOCK, at=end, args={"opener": "{", "closer": "}"}, others=opened)


@pytest.fixture
def nothing_in_the_file() -> Diagnostic:
    args = {"found": Word("end-of-file"), "expected": ("ruleset", "library", Word("name"))}
    return Diagnostic(Code.SYNTAX_ERROR, at=Span("empty.perfrules", 0, 0), args=args)


@pytest.fixture
def negative_staff() -> Diagnostic:
    where = DataPlace("数据.xlsx", sheet="2021", row=3, column="在编,人数", value="-1")
    return Diagnostic(Code.DATA_OUTSIDE_RANGE, where=where, args={"name": "staff", "value": "-1", "range": "[0, 5000]"})
