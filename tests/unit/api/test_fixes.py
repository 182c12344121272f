"""A fix speaks as the text around it does, and what it says can be read again."""

from __future__ import annotations

import pytest

from perfrules import api
from perfrules.diagnostics import Severity
from perfrules.diagnostics.diagnostic import apply_fix

ENGLISH = """ruleset demo "Demo" version "1" {
  excluded share lost
  input spent : 万元 in [0, 100]
  input 【total】 : 万元 in [0, 100]
  indicator A 10 points {
    measure spent / 【total】
    score curve of measure { 0% -> 0; 100% -> full }
  }
}
"""
CHINESE = """规则集 demo "演示" 版本 "1" {
  剔除份额 不补
  数据 支出 : 万元 属于 [0, 100]
  数据 【预算 数】 : 万元 属于 [0, 100]
  指标 A 10分 {
    计量 支出 / 【预算 数】
    评分 曲线 计量 { 0% -> 0; 100% -> 满分 }
  }
}
"""


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        (ENGLISH, "applies when 【total】 > 0 otherwise excluded; measure"),
        (CHINESE, "适用条件 【预算 数】 > 0 其余 剔除; 计量"),
        (ENGLISH.replace("【total】", "budget"), "applies when budget > 0 otherwise excluded; measure"),
    ],
)
def test_a_guard_is_inserted_in_the_words_around_it(text: str, guard: str) -> None:
    compiled = api.compile(text)
    (problem,) = compiled.diagnostics
    assert problem.fix is not None
    mended = apply_fix(compiled.source, problem.fix)
    assert guard in mended
    assert not api.compile(mended).diagnostics


MONITORED = """ruleset demo "Demo" version "1" {
  input done   : count in [0, 100]
  input target : count in [0, 100]
  indicator A {
    measure done / target
    lights { red when measure < 60%; otherwise green }
  }
}
"""


def test_the_guard_of_a_measure_without_marks_is_accepted() -> None:
    compiled = api.compile(MONITORED)
    (problem,) = compiled.diagnostics
    assert problem.args["suggestion"] == ("applies when target > 0 otherwise excluded",)
    assert problem.fix is not None
    assert not api.compile(apply_fix(compiled.source, problem.fix)).diagnostics


def test_the_guard_that_is_advised_fits_its_place() -> None:
    rules = MONITORED.replace("indicator A {", "output rate : % = done / target; indicator A {")
    of_output = next(each for each in api.compile(rules).diagnostics if "if " in str(each.args["suggestion"]))
    assert of_output.args["suggestion"] == ("if target > 0 then … else …",)


def test_percent_of_what_is_told_where_the_line_says_it() -> None:
    rules = ENGLISH.replace("measure spent / 【total】", "measure spent / 50 万元").replace(
        "score curve of measure { 0% -> 0; 100% -> full }",
        "score tally from full { measure below target: less 1 point per whole 1% }",
    )
    compiled = api.compile(rules.replace("input spent", "input target : % in [1%, 100%]; input spent"))
    assert [dict(each.args) for each in compiled.diagnostics] == [{"amount": "1", "target": "target"}]


CHINESE_TALLY = """规则集 demo "演示" 版本 "1" {
  数据 件数 : 件 属于 [0, 9]
  数据 支出 : 万元 属于 [0, 100]
  指标 A 10分 { 评分 增减 自 满分 { 件数: 扣1分 每项 } }
}
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("A 10分", "A", {"clause": "amount", "owner": "A", "suggestion": "10分"}),
        ("扣1分 每项", "扣1分", {"clause": "每项", "owner": "扣 1分", "suggestion": "扣 1分 每项"}),
        (
            "件数: 扣1分 每项",
            "支出: 扣1分",
            {"clause": "每", "owner": "扣 1分", "suggestion": ("按比例每 …", "每满 …", "每起 …")},
        ),
        ("数据 支出", "计量 1; 数据 支出", {"clause": "计量", "inside": "the-ruleset", "places": ("an-indicator",)}),
    ],
)
def test_words_of_the_language_are_told_as_the_author_writes_them(old: str, new: str, told: dict[str, object]) -> None:
    found = api.compile(CHINESE_TALLY.replace(old, new)).diagnostics
    assert [dict(each.args) for each in found if each.severity is Severity.ERROR] == [told]
