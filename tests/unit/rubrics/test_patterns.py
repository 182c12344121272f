"""Sentences of rubrics and the rules they are drafted as; the readings were worked out by hand.

The kinds of sentences are those of published rubrics of finance bureaus: rates, bands, events, checklists, levels.
"""

from fractions import Fraction

import pytest

from perfrules.rubrics.skeleton.drafts.draft import Asked, Draft
from perfrules.rubrics.skeleton.drafts.table import PATTERNS, draft_of, reason_of
from perfrules.rubrics.skeleton.folded import for_matching


def drafted(sentence: str, title: str = "指标", full: str = "10") -> Draft | None:
    return draft_of(Asked(for_matching(sentence), title, Fraction(full)))


def shown(draft: Draft) -> tuple[str, ...]:
    """Return pattern, rule with names, data, and what is asked."""
    text = " ".join(line.strip() for line in draft.lines)
    for position, need in enumerate(draft.needs):
        text = text.replace(f"{{{position}}}", need.title)
    return draft.pattern, text


def asks(draft: Draft) -> list[str]:
    return [ask.key for ask in draft.questions]


CHINESE = [
    (
        "按收入统筹率计分，下列各点之间按比例计算，两端之外不变：50%得0分、80%得2分、100%得3分。",
        "3",
        "straight-lines-between-points",
        "score curve of 收入统筹率 { 50% -> 0 80% -> 2 100% -> full }",
        [],
    ),
    (
        "得分=预算执行率×分值。",
        "10",
        "rate-times-marks",
        "score curve of 预算执行率 { 0% -> 0 100% -> full }",
        ["above-full"],
    ),
    (
        "得分＝实际完成率×１０分，超过100%的按100%计算。",
        "10",
        "rate-times-marks",
        "score curve of 实际完成率 { 0% -> 0 100% -> full }",
        [],
    ),
    (
        "满意度达到90%得满分，未达到的按比例得分。",
        "10",
        "full-at-target-else-in-proportion",
        "score curve of 满意度 { 0% -> 0 90% -> full }",
        ["proportion-of-target"],
    ),
    (
        "低于70%不得分；70%-90%按比例得分；90%以上得满分。",
        "10",
        "full-at-target-else-in-proportion",
        "score curve of 指标 { 70% -> 0 90% -> full }",
        ["linear-between"],
    ),
    (
        "执行率≥95%得满分，每低1个百分点扣0.5分，扣完为止。",
        "5",
        "full-at-reference-then-deduct",
        "score tally from full { 执行率 below 95%: less 0.5 points per 1pp }",
        ["part-of-step"],
    ),
    (
        "执行率达到95%（含）以上得5分，每降低1个百分点扣0.5分，不足1个百分点按1个百分点计，扣完为止。",
        "5",
        "full-at-reference-then-deduct",
        "score tally from full { 执行率 below 95%: less 0.5 points per started 1pp }",
        [],
    ),
    (
        "以100%为标准。在职人员控制率≤100%，计5分；每超过一个百分点扣1分，扣完为止。",
        "5",
        "full-at-reference-then-deduct",
        "score tally from full { 在职人员控制率 above 100%: less 1 point per 1pp }",
        ["part-of-step"],
    ),
    (
        "达标率低于95%的，每低1%扣0.2分，最多扣2分。",
        "4",
        "full-at-reference-then-deduct",
        "score tally from full { 达标率 below 95%: less 0.2 points per 1%, at most 2 points }",
        ["part-of-step", "percent-or-points"],
    ),
    (
        "执行率≥95%得4分；90%（含）-95%得3分；80%（含）-90%得2分；80%以下不得分。",
        "4",
        "bands",
        "score bands of 执行率 { >= 95% -> full [90%, 95%) -> 3 [80%, 90%) -> 2 < 80% -> 0 }",
        [],
    ),
    (
        "90%以上得10分，80%-90%得8分，80%以下不得分",
        "10",
        "bands",
        "score bands of 指标 { >= 90% -> full [80%, 90%) -> 8 < 80% -> 0 }",
        ["edge", "edge"],
    ),
    (
        "0%-10%（含）得2分，10%-20%（含）得1分，20%以上不得分",
        "3",
        "bands",
        "score bands of 指标 { [0%, 10%] -> 2 (10%, 20%] -> 1 > 20% -> 0 }",
        [],
    ),
    (
        "满意度≥90%得10分，80%≤满意度＜90%得分值的80%，其余不得分",
        "10",
        "bands",
        "score bands of 满意度 { >= 90% -> full [80%, 90%) -> 80% of full otherwise -> 0 }",
        [],
    ),
    (
        (
            "根据指标完成情况分为达成预期指标、部分达成预期指标并具有一定效果、未达成预期指标且效果较差三档，"
            "分别按照该指标对应分值区间100%-80%（含）、80%-60%（含）、60%-0%合理确定分值。"
        ),
        "10",
        "judged-levels",
        (
            'score judged { "达成预期指标" -> [80%, 100%] of full '
            '"部分达成预期指标并具有一定效果" -> [60%, 80%) of full '
            '"未达成预期指标且效果较差" -> [0%, 60%) of full }'
        ),
        [],
    ),
    (
        "优得10-9分，良得9-7分，差得7-0分。",
        "10",
        "judged-levels",
        'score judged { "优" -> [9, 10] "良" -> [7, 9) "差" -> [0, 7) }',
        ["edge", "edge"],
    ),
    (
        "以上5项要素，每符合一项得20%分值。",
        "5",
        "share-per-element",
        "score tally from 0 { 指标：符合的项数: plus 20% of full each }",
        [],
    ),
    (
        "共4个要点，每符合一个得2分。",
        "10",
        "share-per-element",
        "score tally from 0 { 指标：符合的项数: plus 2 points each }",
        ["elements-not-full"],
    ),
    (
        "每项各占权重分的1/3",
        "3",
        "share-per-element",
        "score tally from 0 { 指标：符合的项数: plus full / 3 each }",
        ["how-many-elements"],
    ),
    (
        "每发现一处违规问题扣1分，扣完为止。",
        "4",
        "deduct-per-occurrence",
        "score tally from full { 发现违规问题: less 1 point each }",
        [],
    ),
    (
        "每发生1起县级信访扣2分；每发生1起省级信访扣4分；每发生1起进京信访扣10分。",
        "13",
        "deduct-per-occurrence",
        (
            "score tally from full { 发生县级信访: less 2 points each 发生省级信访: less 4 points each "
            "发生进京信访: less 10 points each }"
        ),
        ["floor"],
    ),
    (
        "按时完成得满分；每逾期1个工作日扣0.5分，扣完为止",
        "3",
        "deduct-per-occurrence",
        "score tally from full { 指标逾期: less 0.5 points each }",
        ["part-of-day"],
    ),
    (
        "按时报送得2分，否则不得分。",
        "2",
        "all-or-nothing",
        "score cases { when 按时报送 -> full otherwise -> 0 }",
        [],
    ),
    (
        "制定项目管理制度的，得满分；未制定的，不得分。",
        "2",
        "all-or-nothing",
        "score cases { when 制定项目管理制度 -> full otherwise -> 0 }",
        [],
    ),
    (
        "①有预算管理制度，得1分；②有资产管理制度，得1.5分；③制度合法合规，得0.5分。",
        "3",
        "marks-per-element",
        (
            "score tally from 0 { 有预算管理制度: plus 1 point 有资产管理制度: plus 1.5 points "
            "制度合法合规: plus 0.5 points }"
        ),
        [],
    ),
    (
        "有预算管理制度得1分，有财务管理制度得1分。",
        "3",
        "marks-per-element",
        "score tally from 0 { 有预算管理制度: plus 1 point 有财务管理制度: plus 1 point }",
        ["elements-sum"],
    ),
]

ENGLISH = [
    (
        (
            "Marks by Hours, in straight lines between these points and level beyond them: "
            "0 gives 0 points and 12.5 gives full marks."
        ),
        "straight-lines-between-points",
        "score curve of hours { 0 -> 0 12.5 -> full }",
        [],
    ),
    (
        "Score = execution rate × 10 points, capped at full marks.",
        "rate-times-marks",
        "score curve of execution rate { 0% -> 0 100% -> full }",
        [],
    ),
    (
        "At least 95% gets full marks; less 0.5 points per percentage point below.",
        "full-at-reference-then-deduct",
        "score tally from full { Title below 95%: less 0.5 points per 1pp }",
        ["part-of-step", "floor"],
    ),
    (
        "at least 90%: 10 points; 80%-90%: 8 points; below 80%: no marks",
        "bands",
        "score bands of Title { >= 90% -> full [80%, 90%) -> 8 < 80% -> 0 }",
        [],
    ),
    (
        "Deduct 0.5 points for each finding, until no marks are left.",
        "deduct-per-occurrence",
        "score tally from full { finding: less 0.5 points each }",
        [],
    ),
    (
        "Full marks if a policy exists, otherwise no marks.",
        "all-or-nothing",
        "score cases { when a policy exists -> full otherwise -> 0 }",
        [],
    ),
    (
        "20% of the marks for each of the 5 elements met.",
        "share-per-element",
        "score tally from 0 { Title: elements met: plus 20% of full each }",
        [],
    ),
]


@pytest.mark.parametrize(("sentence", "full", "pattern", "lines", "asked"), CHINESE)
def test_a_chinese_sentence_is_drafted_as_read_by_hand(sentence, full, pattern, lines, asked):
    draft = drafted(sentence, full=full)

    assert draft is not None
    assert (*shown(draft), asks(draft)) == (pattern, lines, asked)


@pytest.mark.parametrize(("sentence", "pattern", "lines", "asked"), ENGLISH)
def test_an_english_sentence_is_drafted_as_read_by_hand(sentence, pattern, lines, asked):
    draft = drafted(sentence, title="Title")

    assert draft is not None
    assert (*shown(draft), asks(draft)) == (pattern, lines, asked)


@pytest.mark.parametrize(
    "sentence",
    [
        "根据工作开展情况酌情打分。",
        "实际成本≤目标成本得满分，超过的按比例扣分。",
        "低于70%不得分，高于等于70%按执行率×10分计算",
        "执行率≥95%得满分，每低1个百分点扣0.5分，情况特殊的除外。",
        "执行率≥95%得满分，每高1个百分点扣0.5分。",
        "按时报送得3分，否则不得分。",
        "每减少100万元扣1分",
        "每发现一处违规问题扣1分，每获得一项表彰加1分",
        "完成好的得高分",
        "",
    ],
)
def test_nothing_is_drafted_of_a_sentence_that_no_pattern_accounts_for_as_a_whole(sentence):
    assert drafted(sentence) is None


def test_sentences_with_known_readings_say_why_nothing_is_drafted():
    reasons = [
        reason_of(Asked(for_matching(sentence), "成本", Fraction(10)))
        for sentence in ("实际成本≤目标成本得满分，超过的按比例扣分。", "根据工作开展情况酌情打分。", "无")
    ]

    assert reasons == ["lower-is-better", "judged-freely", None]


def test_every_pattern_has_a_sentence_here():
    assert {pattern.name for pattern in PATTERNS} == {pattern for _, _, pattern, _, _ in CHINESE}


def test_how_much_is_lacking_of_a_number_is_not_counted_as_an_event() -> None:
    assert drafted("全年培训不少于6次，每少一次扣0.5分，扣完为止。") is None


def test_bands_between_two_figures() -> None:
    found = drafted("预算完成率≥95%的，得满分；\n预算完成率在90%（含）和95%之间，得6分；预算完成率<90%的，得0分。")
    assert found is not None
    assert shown(found)[1] == "score bands of 预算完成率 { >= 95% -> full [90%, 95%) -> 6 < 90% -> 0 }"


def test_batches_are_counted_whole() -> None:
    found = drafted("发生赴省集访1批次扣1分，扣完为止。")
    assert found is not None
    assert [need.title for need in found.needs] == ["发生赴省集访"]
