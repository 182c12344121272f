"""The table of a published rubric, kept in Excel and imported again, is the same outline with the same marks."""

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from perfrules.api import Ruleset, load
from perfrules.ir.plan import OutlineItem
from perfrules.rubrics import Skeleton, import_rubric
from perfrules.rubrics.document import rubric_document
from perfrules.rubrics.skeleton import Item
from perfrules.rubrics.skeleton.findings import Part
from perfrules.syntax.parse import parse
from perfrules.text import source_from_text
from tests.unit.rubrics.workbooks import as_workbook

RULESETS = Path(__file__).parents[3] / "rulesets"
WHOLE = (
    "pinghu/department/department",
    "pinghu/department/pinghu.departments.health",
    "pinghu/townships/pinghu.townships",
    "linjiang/road_passenger/road_passenger",
    "forestry/provincial_part/provincial_part",
    "mof/common/mof.project_framework",
    "yantai/evaluation/yantai.project",
    "township/half_year/half_year",
    "shiqu/quality_work/quality_work",
)

Shape = tuple[str, str | None, Fraction | None, tuple["Shape", ...]]


@cache
def ruleset(name: str) -> Ruleset:
    return load(RULESETS / f"{name}.perfrules", paths=[RULESETS])


def imported(name: str, language: str) -> Skeleton:
    document = rubric_document(ruleset(name).plan, language)
    return import_rubric(as_workbook(document.sections[0].tables[0], document.title), language=language)


def shape_of(item: Item) -> Shape:
    amount = None if item.amount is None else item.amount.value
    return item.code, item.title, amount, tuple(shape_of(child) for child in item.children)


def shape_in(rules: Ruleset, item: OutlineItem) -> Shape:
    full = next((node.expr for node in rules.plan.nodes if node.id == f"{item.code}/full"), None)
    value = getattr(full, "value", None)
    return item.short, item.title, value, tuple(shape_in(rules, child) for child in item.children)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", WHOLE)
def test_outline_titles_and_marks_come_back(name, language):
    skeleton = imported(name, language)
    rules = ruleset(name)

    assert tuple(shape_of(item) for item in skeleton.items) == tuple(shape_in(rules, item) for item in rules.outline)
    assert skeleton.title == rules.title
    assert skeleton.of(Part.WRONG) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", WHOLE)
def test_the_text_is_laid_out_and_without_mistakes_of_its_own(name, language):
    text = imported(name, language).text
    parsed = parse(source_from_text(text, "imported")[0])

    assert [problem for problem in parsed.diagnostics if problem.severity.value == "error"] == []


def test_marks_by_group_are_told_and_not_guessed():
    skeleton = imported("mof/self_evaluation/self_evaluation", "zh")

    assert [item.title for item in skeleton.items] == ["成本指标", "产出指标", "效益指标", "满意度指标", "预算执行率"]
    assert [item.amount and item.amount.value for item in skeleton.items] == [None, None, None, 10, 10]
    assert any("设置：20" in finding.text("zh") for finding in skeleton.of(Part.WRONG))


def test_bands_and_levels_of_a_published_rubric_are_drafted_as_they_were():
    skeleton = imported("pinghu/department/department", "zh")

    assert "【" not in skeleton.text.split("指标 B22")[1].split("指标 B3")[0]
    assert (
        """评分 分段 预算执行率 {
          >= 95% -> 满分
          [90%, 95%) -> 3
          [80%, 90%) -> 2
          其余 -> 0
        }"""
        in skeleton.text
    )
    assert (
        """评分 评判 {
          "达成预期指标" -> [4.8, 6]
          "部分达成并具有一定效果" -> [3.6, 4.8)
          "未达成且效果较差" -> [0, 3.6)
        }"""
        in skeleton.text
    )
