"""Whatever a sheet holds: an import ends in a ruleset that can be read, or says that there is none."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.diagnostics import has_errors
from perfrules.rubrics.skeleton.drafting import draft_all, told
from perfrules.rubrics.skeleton.folded import visible
from perfrules.rubrics.skeleton.grid import Content, Sheet
from perfrules.rubrics.skeleton.headings import layout_of
from perfrules.rubrics.skeleton.read import read_rubric
from perfrules.rubrics.skeleton.sums import wrong_sums
from perfrules.rubrics.skeleton.write import skeleton_text
from perfrules.syntax.formatter import format_text
from perfrules.text import source_from_text

WORDS = st.sampled_from(
    [
        *("决策（20分）", "一、过程", "A1 产出", "1.1 数量", "合计", "小计", "注：说明", "总分"),
        *("100%", "20", "４分", "加分 5", "-", "设置：20\n其余：0"),
        *("每发现一处扣1分，扣完为止。", "≥95%得4分，90%-95%得3分，90%以下不得分", "得分=完成率×分值"),
        *("①有制度得1分；②制度合规得1分", "优得10-9分，良得9-7分，差得7-0分", "按时完成得满分，否则不得分"),
        *("每低1个百分点扣0.5分", "达到90%得满分，未达到的按比例得分", "score = rate × 10"),
        *("measure", "total", "é", " ", '【名】“引”"号"', "{}#;"),
    ]
)
TEXTS = st.one_of(st.none(), WORDS, st.text(max_size=12).map(visible))
HEADINGS = st.sampled_from(
    [
        ("一级指标", "二级指标", "分值", "评分标准", "备注"),
        ("指标", "权重", "Level 2", "Marks", "Rules"),
    ]
)


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    rows = [draw(HEADINGS), *draw(st.lists(st.tuples(*(TEXTS for _ in range(5))), min_size=1, max_size=7))]
    found = {
        (r, c): Content(text.strip(), r, c)
        for r, cells in enumerate(rows)
        for c, text in enumerate(cells)
        if text is not None and text.strip()
    }
    for top, column in draw(st.sets(st.tuples(st.integers(1, 5), st.integers(0, 4)), max_size=3)):
        first = found.get((top, column))
        if first is not None and first.rows == 1:
            merged = Content(first.text, top, column, rows=2)
            found |= {(top, column): merged, (top + 1, column): merged}
    height = max(row for row, _ in found) + 1
    return Sheet("t", height, 5, found)


@settings(max_examples=100, deadline=None)
@given(sheets(), st.sampled_from(["en", "zh"]))
def test_a_skeleton_is_laid_out_and_its_findings_can_be_told(sheet, language):
    layout = layout_of(sheet)
    assert layout is not None
    found = read_rubric(sheet, layout)
    drafts = draft_all(found.rubric)
    findings = (*found.found, *wrong_sums(found.rubric), *told(found.rubric, drafts))
    text = skeleton_text(found.rubric, drafts, language)
    again = format_text(source_from_text(text, "skeleton")[0], language)

    assert not has_errors(again.diagnostics)
    assert again.text == text
    assert [line for finding in findings if re.search(r"\{[a-z_]+\}", line := finding.text(language))] == []
