"""Icicle, waterfall and histogram: they add up, stay inside, and say the same as the result."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfrules.explain.explanation import EntityExplanation
from perfrules.report.entity import entity_page
from perfrules.report.figures import coordinate, figure, signed_figure
from perfrules.report.grade_lines import grade_lines
from perfrules.report.histogram import histogram
from perfrules.report.text_width import width_of, wrapped_to
from perfrules.report.tree import score_tree
from perfrules.report.waterfall import losses_by_code, waterfall
from perfrules.report.wording import Wording
from tests.support.report_pages import scored

SAY = Wording("en")
WITH_TOTALS = ["pinghu", "pending", "self", "hdi", "linjiang", "towns", "departments", "odd"]


@pytest.mark.parametrize("name", WITH_TOTALS)
def test_what_indicators_lost_adds_up_to_the_loss_of_the_total(name: str) -> None:
    _, results = scored(name)
    for result in results:
        entity = result.explain()
        assert isinstance(entity, EntityExplanation)
        if entity.total is not None and entity.full is not None:
            assert sum(losses_by_code(entity).values()) == entity.full - entity.total


@pytest.mark.parametrize("name", WITH_TOTALS)
def test_each_step_of_a_waterfall_begins_where_the_one_before_ended(name: str) -> None:
    _, results = scored(name)
    drawn = 0
    for result in results:
        entity = result.explain()
        assert isinstance(entity, EntityExplanation)
        titles = {code: found.title for code, found in result.indicators.items()}
        made = waterfall(entity, titles, SAY)
        if made is None:
            continue
        drawn += 1
        assert made.rows[0].left == figure(entity.full)
        assert made.rows[-1].sort == "total"
        if entity.possible is None:
            assert made.rows[-1].left == figure(entity.total)
            assert made.rows[-2].left == figure(entity.total)
        else:
            assert entity.possible.hi is not None
            assert [row.sort for row in made.rows].count("open") == 1
            assert made.rows[-3].left == figure(entity.possible.hi)
        for row in made.rows:
            for bar in row.bars:
                assert 0 <= Fraction(bar.x) <= 200
                assert Fraction(bar.x) + Fraction(bar.width) <= Fraction("200.02")
    assert drawn


def test_the_steps_are_those_of_the_published_year() -> None:
    # The losses that the ruleset's own test works out by hand: 2+1 … of 21.05 in all.
    _, results = scored("pinghu")
    entity = results["市教育局2021"].explain()
    made = waterfall(entity, {code: each.title for code, each in results[0].indicators.items()}, SAY)
    assert made is not None
    lost = {row.name.split()[0]: row.change for row in made.rows if row.sort == "loss"}
    expected = {
        "A11": 2, "A12": 1, "A21": "1.25", "B11": 1, "B21": "0.3", "B22": 1, "B31": "1.5", "C11": "0.4", "C12": "0.9",
        "C13": "0.6", "C14": 2, "C21": 2, "C22": "1.6", "C23": 2, "C31": "1.5", "D11": 2,
    }  # fmt: skip
    assert lost == {code: signed_figure(-Fraction(amount)) for code, amount in expected.items()}
    assert sum(Fraction(amount) for amount in expected.values()) == 100 - Fraction("78.95")


@pytest.mark.parametrize("name", WITH_TOTALS)
def test_the_cells_of_an_icicle_stay_inside_and_apart(name: str) -> None:
    _, results = scored(name)
    for result in results[:2]:
        drawing = entity_page(result, SAY).icicle
        if drawing is None:
            continue
        boxes = [[Fraction(each) for each in (cell.x, cell.y, cell.width, cell.height)] for cell in drawing.cells]
        for x, y, width, height in boxes:
            assert x >= 0
            assert y >= 0
            assert x + width <= Fraction(drawing.width) + Fraction(1, 50)
            assert y + height <= Fraction(drawing.height) + Fraction(1, 50)
        for place, (x, y, width, height) in enumerate(boxes):
            for other_x, other_y, other_width, other_height in boxes[place + 1 :]:
                wide = min(x + width, other_x + other_width) - max(x, other_x)
                high = min(y + height, other_y + other_height) - max(y, other_y)
                assert wide <= Fraction(1, 20) or high <= Fraction(1, 20)


@pytest.mark.parametrize("name", WITH_TOTALS)
def test_nothing_in_a_tree_is_larger_than_what_it_is_part_of(name: str) -> None:
    _, results = scored(name)
    for result in results[:2]:
        entity = result.explain()
        assert isinstance(entity, EntityExplanation)
        tree = score_tree(entity, {code: result.explain(code) for code in result.indicators}, result.plan.outline)
        if tree is None:
            continue
        for branch in tree.everyone():
            assert sum(child.extent for child in branch.children) <= branch.extent
            assert sum(branch.marks.parts()) in (0, 1)


def test_the_dark_part_of_a_cell_is_its_share_of_lost_marks() -> None:
    _, results = scored("pinghu")
    drawing = entity_page(results["市教育局2021"], SAY).icicle
    assert drawing is not None
    total, first = drawing.cells[0], drawing.cells[1]
    height = Fraction(total.height)
    assert total.lost_height == coordinate(height * Fraction("21.05") / 100)
    assert first.lost_height == coordinate(height * Fraction("4.25") / 100)
    assert first.height == coordinate(height * 15 / 100)


@pytest.mark.parametrize("name", WITH_TOTALS)
def test_no_number_in_a_cell_is_cut(name: str) -> None:
    _, results = scored(name)
    for result in (*results[:2], results[-1]):
        drawing = entity_page(result, SAY).icicle
        for cell in () if drawing is None else drawing.cells:
            strong = " ".join(words.text for words in cell.words if words.strong)
            assert not strong or cell.says.endswith(f": {strong}")


def test_the_lines_of_grades_are_those_of_the_ruleset() -> None:
    rules, _ = scored("pinghu")
    assert [(line.grade, line.at, line.closed) for line in grade_lines(rules.plan)] == [
        ("优", 90, True),
        ("良", 80, True),
        ("中", 60, True),
    ]
    assert grade_lines(scored("hdi")[0].plan) == ()


@given(
    st.lists(st.fractions(0, 100, max_denominator=20), min_size=1, max_size=30),
    st.sampled_from([Fraction(100), Fraction(120), None]),
)
def test_every_total_is_in_one_class(totals: list[Fraction], full: Fraction | None) -> None:
    lines = grade_lines(scored("pinghu")[0].plan)
    made = histogram(totals, lines, full)
    assert made is not None
    assert sum(each.count for each in made.classes) == len(totals)
    widths = {each.high - each.low for each in made.classes}
    assert len(widths) == 1
    for each in made.classes:
        inside = [t for t in totals if each.low <= t < each.high or (each.is_last and t == each.high)]
        assert len(inside) == each.count
    for mark in (*made.ticks, *made.grades):
        assert 0 <= Fraction(mark.x) <= Fraction(made.width)


@example("1W”", 20)
@given(st.text(alphabet="预算执行率（，。）“”aWx1 -%/", max_size=60), st.integers(20, 200))
def test_lines_hold_the_whole_text_and_no_more_than_their_width(text: str, width: int) -> None:
    lines = wrapped_to(text, Fraction(width), Fraction(11))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line, Fraction(11)) <= width for line in lines)
