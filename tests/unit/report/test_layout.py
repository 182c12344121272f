"""How pages look: no text cut off, over other text or out of sight, on wide and narrow screens and on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from perfrules.report import cohort_report, entity_report, pdf
from tests.support.departments import PENDING
from tests.support.rendered_pages import chromium, needs_browser, problems_of_layout
from tests.support.report_pages import every_page, scored

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="there is no pdftotext")
A4 = (595, 842)


@needs_browser
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_text_is_cut_off_or_over_another(language: str, tmp_path: Path) -> None:
    assert problems_of_layout(every_page(language), tmp_path) == {}


@needs_browser
def test_the_check_sees_text_that_is_cut_off_and_text_over_text(tmp_path: Path) -> None:
    page = entity_report(scored("pinghu")[1][0])
    over = page.replace("<h1>", '<h1 style="margin-top:-34px">')
    wide = page.replace(
        'class="subtitle"', 'class="subtitle" style="width:3000px;white-space:nowrap;text-indent:1200px"'
    )
    cut = page.replace("A11 公用经费控制率</text>", f"A11 {'公用经费控制率' * 9}</text>", 1)
    found = problems_of_layout({"good": page, "over": over, "wide": wide, "cut": cut}, tmp_path)
    assert {name.split()[0] for name in found} == {"over", "wide", "cut"}
    assert any("over one another" in each for each in found["over 1280"])
    assert any("beyond the window" in each for each in found["wide 1280"])
    assert any("beyond its cell" in each for each in found["cut 1280"])


@needs_browser
@needs_poppler
def test_a_page_printed_by_a_browser_keeps_rules_whole(tmp_path: Path) -> None:
    result = scored("pinghu")[1]["市教育局2021"]
    file = tmp_path / "page.html"
    file.write_text(entity_report(result, "zh"), encoding="utf-8")
    printed = tmp_path / "page.pdf"
    chromium(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}", file.as_uri())
    _is_well_printed(printed, list(result.indicators))


@needs_poppler
def test_a_pdf_keeps_rules_whole_and_has_its_fonts_inside(tmp_path: Path) -> None:
    result = scored("pinghu")[1]["市教育局2021"]
    page = entity_report(result, "zh")
    printed = tmp_path / "page.pdf"
    printed.write_bytes(pdf(page))
    assert printed.read_bytes() == pdf(page)
    _is_well_printed(printed, list(result.indicators))
    fonts = subprocess.run(["pdffonts", str(printed)], capture_output=True, text=True, check=True).stdout
    rows = fonts.splitlines()[2:]
    assert rows
    assert all(re.search(r" yes yes yes +\d+ +\d+$", row) for row in rows), fonts


@needs_poppler
@pytest.mark.parametrize(("name", "language"), [("linjiang", "en"), ("odd", "zh"), ("hdi", "en")])
def test_no_words_of_a_pdf_lie_over_others(name: str, language: str, tmp_path: Path) -> None:
    printed = tmp_path / "page.pdf"
    printed.write_bytes(pdf(entity_report(scored(name)[1][0], language)))
    boxes = subprocess.run(["pdftotext", "-bbox", str(printed), "-"], capture_output=True, text=True, check=True).stdout
    assert boxes.count("<word ") > 100
    assert _overlaps(boxes) == []


@needs_poppler
def test_the_pdf_of_a_cohort_repeats_the_headings_of_its_tables(tmp_path: Path) -> None:
    rules, results = scored("departments")
    printed = tmp_path / "all.pdf"
    printed.write_bytes(pdf(cohort_report(rules.plan, results[:45], "zh", links=["x.html"] * 45)))
    pages = _text(printed).split("\f")
    with_entities = [page for page in pages if len(re.findall(r"虚构部门\d\d", page)) > 5]
    assert len(with_entities) > 1
    assert all("评价对象" in page and "名次" in page for page in with_entities)
    assert PENDING in "".join(with_entities)
    assert "第 1 页，共" in pages[0]


def _is_well_printed(printed: Path, codes: list[str]) -> None:
    """Hold a printed report to A4, to words inside the paper, and to rules that stand on one page each."""
    boxes = subprocess.run(["pdftotext", "-bbox", str(printed), "-"], capture_output=True, text=True, check=True).stdout
    sizes = {
        tuple(round(float(each)) for each in found)
        for found in re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', boxes)
    }
    assert sizes == {A4}
    words = [
        [float(each) for each in found]
        for found in re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', boxes)
    ]
    assert len(words) > 500
    assert all(
        left > 40 and right < A4[0] - 40 and top > 10 and bottom < A4[1] - 15 for left, top, right, bottom in words
    )
    assert _overlaps(boxes) == []
    pages = _text(printed).split("\f")
    for code in codes:
        own = [page for page in pages if re.search(rf"^ *代码与声明 +{re.escape(code)} ", page, re.MULTILINE)]
        assert len(own) == 1, code
        short = code.rpartition(".")[2]
        heads = re.findall(rf"^ *{short} .*（满分", own[0], re.MULTILINE)
        assert heads, f"the rule of {code} ends on another page than it begins"


def _overlaps(boxes: str) -> list[tuple[str, str]]:
    """Return the words of a page that lie over one another.

    Boxes are up to twice as high as letters, so their middles count; Chinese punctuation overlaps by half a letter.
    """
    found = []
    word = re.compile(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')
    for page in boxes.split("<page ")[1:]:
        words = [(*(float(each) for each in match.groups()[:4]), match.group(5)) for match in word.finditer(page)]
        for place, (left, top, right, bottom, text) in enumerate(words):
            for other_left, other_top, other_right, other_bottom, other in words[place + 1 :]:
                wide = min(right, other_right) - max(left, other_left)
                apart = abs(top + bottom - other_top - other_bottom) / 2
                if wide > 8 and apart < min(bottom - top, other_bottom - other_top) * 0.3:
                    found.append((text, other))
    return found


def _text(printed: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], capture_output=True, text=True, check=True
    ).stdout
