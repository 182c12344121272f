"""The page of a comparison as a browser lays it out: no text cut off, over other text or out of sight."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfrules.compare import Comparison, compare_results, comparison_html
from tests.support.rendered_pages import needs_browser, problems_of_layout
from tests.unit.compare.successor import cohort, scheme, score, successor


@pytest.fixture(scope="module")
def found() -> Comparison:
    """The successor over the cohort, one department with a name that has no room, one refused, one open, one gone."""
    rows = [dict(row) for row in cohort()]
    rows[0]["部门年度"] = "虚构的名称特别长的综合行政执法与应急管理和数据资源局"
    rows[1]["满意率"] = "150%"
    rows[2] |= {"C31.level": "待定", "C31.mark": "待定"}
    old, new = score(scheme(), rows), score(successor(), rows[:-1])
    return compare_results(scheme(), old, successor(), new)


@needs_browser
def test_no_text_is_cut_off_or_over_another(found: Comparison, tmp_path: Path) -> None:
    pages = {language: comparison_html(found, language) for language in ("en", "zh")}
    opened = {language: page.replace("<details>", "<details open>") for language, page in pages.items()}
    assert problems_of_layout(opened, tmp_path) == {}


def test_a_plot_has_a_row_for_each_mover_and_its_places_are_their_order(found: Comparison) -> None:
    page = comparison_html(found, "en")
    assert page.count('class="move"') == len(found.movers)
    moved = [each.movement.moved for each in found.movers if each.movement is not None]
    assert moved == sorted(moved, key=lambda value: value or 0)
    for group in re.findall(r'<g class="(?:up|down)[^>]*>.*?</g>', page, re.DOTALL):
        old, new = (float(each) for each in re.findall(r'<circle class="(?:old|new)" cx="([\d.]+)"', group))
        assert (new > old) is ('class="up' in group)


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    rows = [{**cohort()[0], "部门年度": "<script>alert(1)</script>"}]
    found = compare_results(scheme(), score(scheme(), rows), successor(), score(successor(), rows))
    page = comparison_html(found, "zh")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_everyone_who_is_not_attributed_is_told(found: Comparison) -> None:
    others = {each.sort for each in found.entities if each.movement is None}
    assert others == {"open", "refused", "only-old"}
    page = comparison_html(found, "zh")
    assert "结果暂定，总分变动在" in page
    assert "被拒绝" in page
    assert "只在原数据中" in page
