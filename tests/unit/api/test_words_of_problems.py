"""A problem of a Chinese ruleset is told without English words of the language."""

from __future__ import annotations

import pytest

from perfrules import api
from perfrules.diagnostics.catalogue import translator
from perfrules.diagnostics.wording import message

HEAD = '规则集 demo "演示" 版本 "1" {\n  数据 率 : % 属于 [0%, 100%] 可缺\n'


def told(text: str) -> list[str]:
    return [message(each, translator("zh")) for each in api.compile(text).diagnostics]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "输出 名次 : 数值 = 排名(率 跨对象, 仅计有数者 为空 -> 0)",
            "跨对象的“排名”没有写明何者为第一以及数值相同者的名次",
        ),
        ("输出 均值 : % = 平均(率 跨对象)", "此处可能有对象没有数值，跨对象的“平均”没有写明其是否计入"),
        ("总分 10分; 指标 A 10分 { 评分 = 总分 }", "“A”的计算依赖它自己的结果：A → 总分 → A"),
    ],
)
def test_a_problem_speaks_chinese(line: str, expected: str) -> None:
    assert expected in told(f"{HEAD}  {line}\n}}\n")


def test_a_failing_test_names_the_total_in_chinese() -> None:
    from perfrules.ruletests.run import run_tests

    rules = api.loads(
        '规则集 demo "演示" 版本 "1" {\n  数据 数 : 计数 属于 [0, 10]\n  总分 10分\n'
        '  指标 A 10分 { 评分 = 数 * 1分 }\n  用例 "甲" { 给定 数 = 3; 预期 总分 = 4 }\n}\n'
    )
    [problem] = [each for run in run_tests(rules.plan, rules.tests) for each in run.failures]
    assert message(problem, translator("zh")) == "用例“甲”中，“总分”为 3，而预期为“总分 = 4”"
    assert message(problem, translator("en")) == 'in the test "甲" `total` is 3, but `总分 = 4` is expected'


def test_refused_data_behind_a_statistic_name_it_in_the_language_of_the_reader() -> None:
    rules = api.loads(
        'ruleset demo "Demo" version "1" {\n  input rate : % in [0%, 100%]\n'
        "  output place : number = rank(rate across entities, highest first, ties share best)\n}\n"
    )
    results = rules.score_all([{"entity": "a", "rate": "40%"}, {"entity": "b", "rate": "400%"}])
    [problem] = results["a"].problems
    assert message(problem, translator("zh")) == "跨对象的“排名”没有结果，因为有数据被拒绝：“b”（共 1 个）"
    assert "`rank` across entities" in message(problem, translator("en"))


def test_earlier_results_that_are_lacking_are_asked_for_in_the_language_of_the_reader() -> None:
    rules = api.loads(
        'ruleset demo "Demo" version "1" {\n  input rate : % in [0%, 100%]\n  total 10 points\n'
        "  indicator A 10 points { score = rate * full }\n"
        "  output better : yes/no = if previous(total) is missing then no else total > previous(total)\n}\n"
    )
    [problem] = rules.score({"rate": "40%"}).problems
    assert message(problem, translator("zh")) == "规则集要读取“上一期”，但没有提供相应的评价结果"
    assert "reads `previous`" in message(problem, translator("en"))
