"""A fix speaks as the text around it does, and what it says can be read again."""

from __future__ import annotations

import pytest

from perfrules import api
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
