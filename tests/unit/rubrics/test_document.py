"""The rubric document says what the ruleset says: levels merged, marks, rules in words, everything around them."""

import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from perfrules.api import Ruleset, load, loads
from perfrules.api import compile as compile_text
from perfrules.rubrics import document_html, document_word
from perfrules.rubrics.document import Document, rubric_document
from perfrules.rubrics.document.word_table import placed_rows

RULESETS = Path(__file__).parents[3] / "rulesets"
PINGHU = RULESETS / "pinghu/department/department.perfrules"


@cache
def ruleset(name: str) -> Ruleset:
    return load(RULESETS / f"{name}.perfrules", paths=[RULESETS])


def document(name: str, language: str = "zh") -> Document:
    return rubric_document(ruleset(name).plan, language)


def words(made: Document) -> str:
    """Return every text of a document, a line each."""
    found = [made.title, *(value for fact in made.facts for value in fact), *made.foot]
    for section in made.sections:
        found += [section.heading, *section.paragraphs]
        for table in section.tables:
            found += [*table.headings, *(text for row in table.rows for cell in row for text in cell.lines)]
    return "\n".join(found)


def section(made: Document, heading: str) -> str:
    """Return the words of one section."""
    return words(made).split(heading, 1)[1]


def test_the_table_has_the_columns_and_merged_levels_of_a_bureau():
    table = document("pinghu/department/department").sections[0].tables[0]

    assert table.headings == ("一级指标", "二级指标", "三级指标", "分值", "指标解释", "评分标准", "数据来源")
    first = table.rows[0]
    assert [(cell.lines, cell.rows) for cell in first[:4]] == [
        (("A 预算配置", "（15分）"), 3),
        (("A1 基本支出配置", "（10分）"), 2),
        (("A11 公用经费控制率",), 1),
        (("5",), 1),
    ]
    assert first[4].lines == ("计算公式：实际支出公用经费 ÷ 预算安排公用经费。",)
    assert first[5].lines == (
        "从5分起计。",
        "超出预算：公用经费控制率高于100%：每1个百分点扣0.5分，不足1个百分点按1个百分点计",
        "得分限于0分至5分。",
    )
    assert first[6].lines == ("部门决算、部门预算批复", "佐证材料：部门决算报表、预算批复")
    assert [cell.lines for cell in table.rows[-1]] == [("合计",), ("100",), ()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "name",
    [
        "pinghu/department/department",
        "pinghu/townships/pinghu.townships",
        "mof/self_evaluation/self_evaluation",
        "wenfeng/dual_monitoring/wenfeng.project",
        "undp/human_development_index/human_development_index",
        "linjiang/road_passenger/road_passenger",
    ],
)
def test_every_cell_of_the_grid_is_taken_once(name, language):
    for each in document(name, language).sections:
        for table in each.tables:
            rows = placed_rows(table)
            assert {sum(placed.cell.columns for placed in row) for row in rows} <= {len(table.headings)}
            begun = [placed.cell for row in rows for placed in row if placed.begins]
            assert begun == [cell for row in table.rows for cell in row]


def test_what_the_ruleset_says_around_its_indicators_is_there():
    text = words(document("pinghu/department/department"))

    for said in (
        "平湖市财政局",
        "2021-01-01 至 2024-12-31",
        "A 预算配置：各部分得分相加。有部分不适用时，所得分按适用满分折算到满分。",
        "各末级指标的得分舍入：保留2位小数，四舍五入。",
        "存在重大财经违规问题（存在重大财经违规）的，等级至多为中。",
        "≥ 90分",
        "[80, 90)",
        "整改通知送达后30天内；逾期：约谈部门负责人",
        "财预〔2013〕53号 部门整体支出绩效评价共性指标体系框架",
        "适用条件：项目总支出 > 0。不适用时：剔除。",
        "履职效益",
        "达成预期指标：[4.8, 6]",
        "[0.01, 100000]",
        "国库集中支付系统",
    ):
        assert said in text, said


def test_everything_that_is_the_authors_own_is_in_the_document():
    rules = ruleset("pinghu/townships/pinghu.townships")
    text = words(rubric_document(rules.plan, "en"))

    said = {each.title or each.name for each in rules.inputs}
    said |= {field.title or field.name for each in rules.inputs for field in each.fields}
    said |= {check.title for check in rules.plan.checks}
    said |= {each.title for each in (*rules.plan.decisions, *rules.plan.alerts, *rules.plan.outputs) if each.title}
    said |= set(rules.plan.grades)
    said |= {node.origin.title for node in rules.plan.nodes if node.id.startswith("param.") and node.origin.title}

    def everything(items):
        for item in items:
            yield from (item.title or item.short, *item.notes, *item.citations, *item.evidence)
            yield from everything(item.children)

    said |= set(everything(rules.outline))
    assert [each for each in sorted(said) if each not in text] == []


def test_marks_by_group_stand_with_their_groups_and_rules_speak_of_full_marks():
    table = document("mof/self_evaluation/self_evaluation", "en").sections[0].tables[0]

    assert table.rows[0][0].lines == ("S 成本指标", "设置: 20", "otherwise: 0")
    assert table.rows[0][3].lines == ("设置: 12", "otherwise: 0")
    assert table.rows[0][5].lines[0].endswith("100% gives full marks and 200% gives 0 points.")


def test_weights_and_indicators_without_marks_have_their_own_headings():
    weighted = document("undp/human_development_index/human_development_index", "en").sections[0].tables[0]
    plain = document("wenfeng/dual_monitoring/wenfeng.project", "en").sections[0].tables[0]

    assert weighted.headings[2] == "Weight"
    assert [row[-4].lines for row in weighted.rows] == [("1",), ("50%",), ("50%",), ("1",)]
    assert plain.headings == (
        "Level 1",
        "Level 2",
        "Level 3",
        "What it measures",
        "Scoring standard",
        "Sources and evidence",
    )


DATED = """
ruleset demo "Demonstration <b>" version "1" {
  total 10 points
  param pass_mark "Pass mark" : % { from 2019-01-01 -> 60%; from 2022-01-01 -> 65% "Notice 2021/40" }
  param goal "Goal" by place : % { town -> 80%; otherwise -> 90% }
  input place "Place" : one of (town, city)
  input done "Share done" : % decimals 1 in [0%, 100%]
  indicator A "Completion" 10 points {
    score curve of done { 0% -> 0; goal -> full }
    missing -> zero
    veto when done < pass_mark "below the pass mark" -> zero
    note "a & b"
  }
}
"""


def test_parameters_are_told_with_their_dates_groups_and_basis():
    with_default = DATED.replace('version "1" {', 'version "1" {\n  effective 2023-01-01 to 2023-12-31')
    text = words(rubric_document(loads(with_default).plan, "en"))

    assert "from 2019-01-01: 60%" in text
    assert "from 2022-01-01: 65%\nNotice 2021/40" in text
    assert "Place = town: 80%\notherwise: 90%" in text
    assert "0% gives 0 points and Goal gives 10 points" in text
    assert "Where data is missing: 0 points." in text
    assert "below the pass mark" in text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_needs_nothing_else_and_is_well_formed(language):
    page = document_html(ruleset("pinghu/department/department"), language).decode("utf-8")
    tags = _Tags()
    tags.feed(page)

    assert tags.open == []
    assert not {tag for tag, _ in tags.seen} & {"script", "link", "img", "iframe"}
    assert not re.search(r"https?://|@import|url\(", page)
    shown = "\n".join(tags.text)
    assert [
        text for text in words(document("pinghu/department/department", language)).split("\n") if text not in shown
    ] == []


def test_the_authors_signs_cannot_become_markup():
    page = document_html(loads(DATED.replace("<b>", '</style><script>""')), "en").decode("utf-8")

    assert "<script" not in page
    assert "&lt;/style&gt;&lt;script&gt;" in page
    assert page.count("</style>") == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_word_file_has_the_same_words_on_landscape_pages(language):
    made = document("pinghu/department/department", language)
    opened = docx.Document(io.BytesIO(document_word(ruleset("pinghu/department/department"), language)))
    [page] = opened.sections
    tables = [table for each in made.sections for table in each.tables]

    assert page.page_width > page.page_height
    assert len(opened.tables) == len(tables)
    for found, table in zip(opened.tables, tables, strict=True):
        assert tuple(cell.text for cell in found.rows[0].cells) == table.headings
        assert found.rows[0]._tr.xpath("w:trPr/w:tblHeader")
        rows = placed_rows(table)
        for line, row in zip(found.rows[1:], rows, strict=True):
            shown = [cell for placed in row for cell in [placed.cell] * placed.cell.columns]
            assert [cell.text for cell in line.cells] == ["\n".join(cell.lines) for cell in shown]
    fonts = set(re.findall(r'w:eastAsia="([^"]+)"', opened.element.xml))
    assert {"宋体", "黑体"} <= fonts


def test_the_same_rules_give_the_same_bytes_in_any_process(tmp_path):
    program = (
        "import sys; from perfrules.api import load; from perfrules.rubrics import document_html, document_word; "
        f"rules = load({str(PINGHU)!r}); "
        "sys.stdout.buffer.write(document_word(rules, 'zh') + document_html(rules, 'en'))"
    )
    found = set()
    for seed, zone, locale in (("1", "Asia/Shanghai", "C"), ("2", "UTC", "zh_CN.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(RULESETS.parent)}
        found.add(
            subprocess.run(
                [sys.executable, "-c", program], capture_output=True, check=True, env=env, cwd=tmp_path
            ).stdout
        )

    assert len(found) == 1
    with zipfile.ZipFile(io.BytesIO(document_word(load(PINGHU), "zh"))) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_formatting_and_keywords_of_the_file_do_not_show():
    english, chinese = (
        rubric_document(load(PINGHU.with_name(name)).plan, "zh")
        for name in ("department.perfrules", "department.zh.perfrules")
    )

    assert english.sections == chinese.sections
    assert english.running == chinese.running


CHROMIUM = shutil.which("chromium")


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium draws the page")
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_is_cut_off_or_overlaps_on_the_screen(tmp_path, language, width):
    page = tmp_path / "page.html"
    html = document_html(ruleset("pinghu/townships/pinghu.townships"), language).decode("utf-8")
    page.write_text(html.replace("</body>", f"<script>{_LOOK}</script></body>"), encoding="utf-8")
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    command += [f"--window-size={width},900", "--virtual-time-budget=5000", "--dump-dom", page.as_uri()]
    drawn = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode("utf-8")

    verdict = re.search(r'<pre id="verdict">(.*?)</pre>', drawn, re.DOTALL)
    assert verdict is not None
    assert verdict[1] == "looked at all"


_LOOK = """
const wrong = [];
for (const cell of document.querySelectorAll('td, th, li, dd, dt, h1, h2, p')) {
  const box = cell.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(cell);
  for (const text of range.getClientRects()) {
    const beside = text.left < box.left - 1 || text.right > box.right + 1;
    if (beside || text.top < box.top - 4 || text.bottom > box.bottom + 4)
      wrong.push('cut off: ' + cell.textContent.slice(0, 30));
  }
}
const cells = [...document.querySelectorAll('td, th')].map(cell => [cell, cell.getBoundingClientRect()]);
for (let i = 0; i < cells.length; i++) for (let j = i + 1; j < Math.min(cells.length, i + 200); j++) {
  const a = cells[i][1], b = cells[j][1];
  if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
    wrong.push('overlap: ' + cells[i][0].textContent.slice(0, 30));
}
if (document.documentElement.scrollWidth > window.innerWidth + 1) wrong.push('page wider than the window');
const verdict = document.createElement('pre');
verdict.id = 'verdict';
verdict.textContent = wrong.length ? wrong.slice(0, 5).join('; ') : 'looked at all';
document.body.append(verdict);
"""


STATISTICS = """
ruleset demo "Demonstration" version "1" {
  entity town "Town"
  schedule due "Spending due" : % of month { 4 -> 25%; 10 -> 80%; otherwise -> 0% }
  input month  : count in [1, 12]
  input spent  : % in [0%, 100%]
  input paused : yes/no
  table judges "Judges" { input mark "Mark" : points in [0, 10] }
  total 20 points
  indicator A "Panel" 10 points {
    score = trimmed mean(j.mark for j in judges drop 1 high 1 low when at least 5 empty -> 0 points)
  }
  indicator B "Place" 10 points {
    score bands of rank(spent across entities, highest first, ties share best) { <= 1 -> full; otherwise -> 0 }
  }
  indicator C "Progress" {
    applies when not paused otherwise excluded
    measure spent
    lights { red when measure < due(month); otherwise green }
  }
}
"""


def test_statistics_and_schedules_are_told_to_their_last_detail():
    text = words(rubric_document(loads(STATISTICS).plan, "en"))

    for said in (
        "the 1 highest and the 1 lowest are left out where there are at least 5; where no record is left: 0 points.",
        "the rank by spent among all entities: the highest is first; equal values share the best of their ranks.",
        "Spending due: [4, 10): 25%; ≥ 10: 80%; otherwise 0%.",
        "red when Progress < Spending due for month",
        "It applies when not (paused). Otherwise: excluded.",
    ):
        assert said in text, said


def test_every_rule_of_the_conformance_suite_can_be_published():
    found = 0
    for file in sorted((RULESETS.parent / "dsl_grammar/conformance/rubric-rules").glob("*.toml")):
        for reading in tomllib.loads(file.read_text("utf-8"))["reading"]:
            compiled = compile_text(reading["source"])
            if compiled.ruleset is None:  # reads the results of another ruleset
                continue
            for language in ("en", "zh"):
                text = words(rubric_document(compiled.ruleset.plan, language))
                assert not re.search(r"undecided|未定|\{\w+\}|\bword\.|cohort\.\d", text), file.name
            found += 1
    assert found > 100


def test_cases_are_told_with_their_names():
    assert "< 60%（低于及格门槛）：0分" in words(document("mof/self_evaluation/self_evaluation"))


def test_results_of_another_ruleset_are_named_in_the_language():
    text = words(document("yantai/evaluation/yantai.department_evaluation"))
    assert "计算公式：projects的舍入后总分平均值。" in text
    assert "yantai.project 的结果：舍入后总分" in text
    assert "yantai.project 的结果：自评偏高" in text


def test_data_that_only_stand_beside_the_result_are_said_to():
    assert "随结果列出：主管部门。" in words(document("yantai/evaluation/yantai.project"))


def test_the_eleventh_section_has_a_chinese_numeral():
    assert document("pinghu/townships/pinghu.townships").sections[-1].heading == "十一、制定依据"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_word_breaks_no_latin_word_or_figure_as_it_breaks_chinese(language):
    made = docx.Document(io.BytesIO(document_word(ruleset("mof/self_evaluation/self_evaluation"), language)))
    [spoken] = made.styles["Normal"].element.xpath(".//w:lang")
    assert spoken.get(qn("w:val")).startswith("en-")
    assert spoken.get(qn("w:eastAsia")) == "zh-CN"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_signs_of_intervals_are_explained_where_an_end_is_left_out(language):
    assert "[80, 90)" in document("mof/self_evaluation/self_evaluation", language).foot[0]
    assert not any("[80, 90)" in each for each in document("forestry/provincial_part/provincial_part", language).foot)
