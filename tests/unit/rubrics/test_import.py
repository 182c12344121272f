"""Rubrics in Excel become skeletons: outline, marks, titles exact, sentences kept, problems told with their cells."""

from fractions import Fraction

import pytest

from perfrules.api import compile as compile_text
from perfrules.api import loads
from perfrules.rubrics import RubricUnreadable, Skeleton, import_rubric
from perfrules.rubrics.skeleton.findings import Part
from perfrules.rubrics.skeleton.rubric import every
from tests.unit.rubrics.workbooks import workbook

HEADINGS = ("一级指标", "二级指标", "三级指标", "分值", "指标解释", "评分标准", "数据来源")


def told(skeleton: Skeleton, part: Part, language: str = "en") -> list[str]:
    return [finding.text(language) for finding in skeleton.of(part)]


def outline(skeleton: Skeleton) -> list[tuple[str, str | None, str]]:
    """Return code, title and marks of every indicator, parents before children."""
    compiled = loads(skeleton.text)
    found = []

    def walk(items):
        for item in items:
            found.append((item.short, item.title, item.amount_text))
            walk(item.children)

    walk(compiled.outline)
    return found


def outline_of_items(skeleton: Skeleton) -> list[tuple[str, Fraction | None]]:
    """Return title and marks of every item as it was read."""
    return [(item.title, None if item.amount is None else item.amount.value) for item in every(skeleton.items)]


MERGED = workbook(
    (
        "指标体系",
        [
            ["某项目绩效评价指标体系", None, None, None, None, None, None],
            HEADINGS,
            [
                "决策（２０分）",
                "项目立项",
                "立项依据充分性",
                "5分",
                "是否符合规划",
                "以上5项要素，每符合一项得20%分值。",
                "立项文件",
            ],
            [None, None, "立项程序规范性", "（５）", None, "按规定程序立项得5分，否则不得分。", None],
            [None, "绩效目标", "绩效目标合理性", 10, None, "根据情况酌情打分", None],
            [
                "过程（80分）",
                "资金管理",
                "资金使用合规性",
                80,
                None,
                "每发现一处违规问题扣2分，扣完为止。",
                "审计报告\n检查记录",
            ],
            ["合计", None, None, 100, None, None, None],
            ["注：满意度由第三方“调查”取得", None, None, None, None, None, None],
        ],
        [(0, 0, 0, 6), (2, 0, 4, 0), (2, 1, 3, 1), (7, 0, 7, 6)],
    )
)


def test_outline_marks_and_titles_are_those_of_the_file():
    assert outline(import_rubric(MERGED)) == [
        ("A", "决策", "20 points"),
        ("A1", "项目立项", ""),
        ("A11", "立项依据充分性", "5 points"),
        ("A12", "立项程序规范性", "5 points"),
        ("A2", "绩效目标", ""),
        ("A21", "绩效目标合理性", "10 points"),
        ("B", "过程", "80 points"),
        ("B1", "资金管理", ""),
        ("B11", "资金使用合规性", "80 points"),
    ]


def test_sentences_are_kept_word_for_word_and_drafts_are_marked_for_review():
    text = import_rubric(MERGED, language="zh").text

    assert '备注 "每发现一处违规问题扣2分，扣完为止。"' in text
    assert '备注 "注：满意度由第三方“调查”取得"' in text
    assert text.count("佐证 ") == 3
    assert '备注 "待审：由指标体系!F6起草，句式为“每发生一次扣分（加分）”"' in text
    assert '评分 评判 { "待定" -> [0%, 100%] 的 满分 }' in text
    assert '备注 "待审：指标体系!F5未能起草规则；写出规则之前，由人评定"' in text


def test_the_skeleton_has_no_errors_and_scores():
    rules = loads(import_rubric(MERGED).text)

    result = rules.score({"立项依据充分性：符合的项数": 4, "按规定程序立项": "yes", "发现违规问题": 3})

    assert [result[code].score for code in ("A11", "A12", "B11")] == [Fraction(4), Fraction(5), Fraction(74)]
    assert result["A21"].status.value == "pending"


def test_the_report_names_sheet_and_cell():
    skeleton = import_rubric(MERGED)

    assert told(skeleton, Part.DRAFTED) == [
        "指标体系!F3: A11 立项依据充分性: so much for each element",
        "指标体系!F4: A12 立项程序规范性: all or nothing",
        "指标体系!F6: B11 资金使用合规性: so much per occurrence",
    ]
    assert told(skeleton, Part.PERSON) == [
        (
            "指标体系!F5: A21 绩效目标合理性: the sentence leaves the mark to somebody's discretion; "
            "the mark is left to a person"
        )
    ]
    assert told(skeleton, Part.WRONG) == []
    assert "指标体系!D7: the total of 100 is what its parts add up to: 20 + 80 = 100" in told(skeleton, Part.READ)


def test_marks_that_do_not_add_up_are_told_and_written_as_they_are():
    rows = [
        HEADINGS[:4],
        ["决策（52分）", "甲", "a", 5],
        [None, None, "b", 44],
        ["过程", "乙", "c", 50],
        ["合计", None, None, 100],
    ]
    skeleton = import_rubric(workbook(("表", rows, [(1, 0, 2, 0), (1, 1, 2, 1)])))

    assert told(skeleton, Part.WRONG) == [
        "表!A2, 表!B2: 决策 states 52, but its parts come to 49: 49 = 49",
        "表!D5, 表!A2, 表!A4: the total states 100, but its parts come to 102: 52 + 50 = 102",
    ]
    assert "indicator A" in skeleton.text
    assert '"决策" 52 points' in skeleton.text
    codes = {problem.code.value for problem in compile_text(skeleton.text).diagnostics}
    assert "marks-do-not-add-up" in codes


def test_levels_that_are_left_blank_or_repeated_are_one_item():
    blank = [HEADINGS[:4], ["甲", "乙", "a", 5], [None, None, "b", 5], ["丙", "丁", "c", 90]]
    repeated = [HEADINGS[:4], ["甲", "乙", "a", 5], ["甲", "乙", "b", 5], ["丙", "丁", "c", 90]]

    assert outline(import_rubric(workbook(("t", blank, [])))) == outline(import_rubric(workbook(("t", repeated, []))))
    assert [title for _, title, _ in outline(import_rubric(workbook(("t", blank, []))))] == [
        "甲",
        "乙",
        "a",
        "b",
        "丙",
        "丁",
        "c",
    ]


def test_marks_may_stand_beside_each_level_under_headings_of_two_rows():
    rows = [
        ["指标", None, None, None, "评分标准"],
        ["一级指标", "权重", "二级指标", "权重", None],
        ["投入", 0.4, "预算", 0.25, "x"],
        [None, None, "人员", 0.75, "y"],
        ["产出", 0.6, "数量", 1.0, "z"],
    ]
    content = workbook(("权重表", rows, [(0, 0, 0, 3), (0, 4, 1, 4), (2, 0, 3, 0), (2, 1, 3, 1)]))

    skeleton = import_rubric(content)

    assert outline(skeleton)[:4] == [
        ("A", "投入", "weight 40%"),
        ("A1", "预算", "weight 25%"),
        ("A2", "人员", "weight 75%"),
        ("B", "产出", "weight 60%"),
    ]
    assert told(skeleton, Part.WRONG) == []


def test_a_name_over_several_columns_is_one_indicator():
    rows = [HEADINGS[:4], ["决策", "立项", "依据", 90], ["满意度", None, None, "10分"]]

    assert outline(import_rubric(workbook(("t", rows, [(2, 0, 2, 2)]))))[-1] == ("B", "满意度", "10 points")


def test_indices_are_codes_where_every_indicator_has_its_own():
    numbered = [("指标", "分值"), ("1.1 预算编制", 40), ("1.2 预算执行", 60)]
    counted = [("指标", "分值"), ("一、预算编制", 40), ("（二）预算执行", 60)]
    mixed = [("指标", "分值"), ("A1 预算编制", 40), ("预算执行", 60)]

    assert outline(import_rubric(workbook(("t", numbered, []))))[0] == ("1.1", "预算编制", "40 points")
    assert outline(import_rubric(workbook(("t", counted, [])))) == [
        ("A", "预算编制", "40 points"),
        ("B", "预算执行", "60 points"),
    ]
    skeleton = import_rubric(workbook(("t", mixed, [])))
    assert [code for code, _, _ in outline(skeleton)] == ["A", "B"]
    assert any("codes were given by position" in line for line in told(skeleton, Part.PERSON))


def test_codes_may_stand_in_a_column_of_their_own_and_mere_counts_are_none():
    coded = [("编号", "指标", "分值"), ("A1", "预算编制", 40), ("A2", "预算执行", 60)]
    counted = [("序号", "指标", "分值"), (1, "预算编制", 40), (2, "预算执行", 60)]

    assert [code for code, _, _ in outline(import_rubric(workbook(("t", coded, []))))] == ["A1", "A2"]
    assert [code for code, _, _ in outline(import_rubric(workbook(("t", counted, []))))] == ["A", "B"]


def test_columns_that_are_not_known_are_told():
    rows = [("指标", "分值", "责任单位", "得分"), ("甲", 100, "预算科", 88)]
    skeleton = import_rubric(workbook(("t", rows, [])))

    assert "t!C1: what stands under 责任单位 was not read" in told(skeleton, Part.PERSON)
    assert "t!D1: results of an evaluation (not read)" in told(skeleton, Part.READ)


def test_marks_merged_over_a_level_are_those_of_the_level():
    rows = [("一级指标", "二级指标", "分值"), ("甲", "a", 30), (None, "b", None), ("乙", "c", 70)]

    assert outline_of_items(import_rubric(workbook(("t", rows, [(1, 0, 2, 0), (1, 2, 2, 2)])))) == [
        ("甲", Fraction(30)),
        ("a", None),
        ("b", None),
        ("乙", None),
        ("c", Fraction(70)),
    ]


def test_the_title_is_no_number_of_an_annex_and_no_unit():
    above = [("附件2", None), ("2024年度评价指标体系", None), ("单位：分", None)]
    skeleton = import_rubric(workbook(("t", [*above, ("指标", "分值"), ("甲", 100)], [])))

    assert skeleton.title == "2024年度评价指标体系"
    assert [note.text for note in skeleton.rubric.notes] == ["附件2", "单位：分"]


def test_subtotals_are_compared_with_their_parts():
    rows = [("一级指标", "二级指标", "分值"), ("甲", "a", 10), (None, "b", 20), (None, "小计", 35), ("乙", "c", 70)]

    [wrong] = told(import_rubric(workbook(("t", rows, []))), Part.WRONG)

    assert wrong == "t!C4, t!C2, t!C3: 甲 states 35, but its parts come to 30: 10 + 20 = 30"


def test_what_is_no_mark_is_told_and_left_out():
    rows = [("指标", "分值", "评分标准"), ("甲", "按比例", "x"), ("乙", 10, "y")]
    skeleton = import_rubric(workbook(("t", rows, [])))

    assert told(skeleton, Part.WRONG) == ["t!B2: not marks: 按比例"]
    assert "t!A2: A 甲 has no marks" in told(skeleton, Part.PERSON)


def test_undecided_parts_of_a_step_are_left_for_check_to_ask():
    rows = [("指标", "分值", "评分标准"), ("执行率", 10, "≥95%得满分，每低1个百分点扣0.5分，扣完为止。")]
    compiled = compile_text(import_rubric(workbook(("t", rows, []))).text)

    assert [problem.code.value for problem in compiled.diagnostics if problem.severity.value == "error"] == [
        "part-unit-unstated"
    ]


def test_data_of_the_same_name_are_told_apart_by_the_code():
    rows = [("指标", "分值", "评分标准"), *((name, 50, "每发现一处问题扣1分，扣完为止。") for name in "甲乙")]

    assert {each.name for each in loads(import_rubric(workbook(("t", rows, []))).text).inputs} == {
        "发现问题 (A)",
        "发现问题 (B)",
    }


def test_the_sheet_is_chosen_by_name_and_others_are_told():
    first = ("说明", [("本表供参考",)], [])
    content = workbook(
        first, *((name, [("指标", "分值"), (title, 100)], []) for name, title in (("甲表", "a"), ("乙表", "b")))
    )

    assert outline(import_rubric(content)) == [("A", "a", "100 points")]
    assert outline(import_rubric(content, sheet="乙表")) == [("A", "b", "100 points")]
    assert any("乙表!A1" in line for line in told(import_rubric(content), Part.READ))
    with pytest.raises(RubricUnreadable, match="there is no sheet 丙表; there are: 说明, 甲表, 乙表"):
        import_rubric(content, sheet="丙表")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", b"<html></html>"])
def test_what_is_no_workbook_is_refused(content):
    with pytest.raises(RubricUnreadable):
        import_rubric(content)


def test_a_sheet_without_a_rubric_is_refused():
    with pytest.raises(RubricUnreadable, match="no heading row"):
        import_rubric(workbook(("t", [("x", "y"), (1, 2)], [])))
    with pytest.raises(RubricUnreadable, match="no indicator"):
        import_rubric(workbook(("t", [("指标", "分值")], [])))


def bureau() -> Skeleton:
    """A rubric as bureaus keep it: weights, sums and a bonus named at the left edge, signatures below."""
    headings = ("序号", "考核项目", "考核内容", "权重", "评分标准", "考核方法")
    return import_rubric(
        workbook(
            ("字典", [["一级指标", "分值"]], []),
            (
                "考核表",
                [
                    headings,
                    [1, "经济", "0-6岁儿童入园", 0.3, "每发现一处扣1分，扣完为止。", "查阅台账"],
                    [2, None, "投资", 0.2, "按时公开得满分，否则不得分。", "查阅台账"],
                    ["小计", None, None, 0.5, None, None],
                    [None] * 6,
                    [3, "民生", "信访", 0.5, None, None],
                    ["合　计", None, None, 1.0, None, None],
                    ["加分项", None, "获得表彰", 5, "酌情加分", None],
                    ["填表人：张三", None, None, "电话：0571-1", None, None],
                ],
                [],
            ),
        )
    )


def test_words_at_the_left_edge_are_sums_and_names_and_not_lost() -> None:
    assert outline_of_items(bureau()) == [
        ("经济", 50),
        ("0-6岁儿童入园", 30),
        ("投资", 20),
        ("民生", 50),
        ("信访", 50),
        ("加分项", None),
        ("获得表彰", 5),
    ]
    assert told(bureau(), Part.WRONG) == []
    assert "bonus 5 points" in bureau().text


def test_sheets_without_indicators_are_passed_over() -> None:
    [other] = [line for line in told(bureau(), Part.READ) if "字典" in line]
    assert other == "字典!A1: the sheet 字典 holds a rubric too and was not read; ask for it with --sheet"


def test_how_standards_are_checked_is_no_part_of_the_sentence() -> None:
    [first, *_] = every(bureau().items[0].children)
    assert [each.text for each in first.sources] == ["查阅台账"]
    assert [each.text for each in first.standard] == ["每发现一处扣1分，扣完为止。"]


def test_marks_under_a_percentage_are_not_guessed() -> None:
    persons = told(bureau(), Part.PERSON)
    assert any(line.startswith("考核表!E2: A1") and "percentage" in line for line in persons), persons
    assert any("A2 投资" in line for line in told(bureau(), Part.DRAFTED))


def test_signatures_are_notes() -> None:
    assert bureau().rubric.notes[-1].text == "填表人：张三 电话：0571-1"


def test_words_beside_a_merged_name_are_no_name_of_their_own() -> None:
    made = import_rubric(
        workbook(
            (
                "表",
                [
                    ("序号", "一级指标", "二级指标", "分值", "评分标准"),
                    ("第一", "过程", "执行", 6, None),
                    ("第二", None, "合规", 4, None),
                ],
                [(1, 1, 2, 1)],
            ),
        )
    )
    assert outline_of_items(made) == [("过程", None), ("执行", 6), ("合规", 4)]
