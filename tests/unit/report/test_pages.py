"""Every page: whole, by itself, escaped, with the figures that the results have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from perfrules.report import cohort_report, entity_report
from perfrules.report.figures import figure, figure_between
from tests.support.departments import LONG_NAME, OVERRIDDEN, PENDING, REFUSED, VETOED
from tests.support.report_pages import HOSTILE, REAL, every_page, make_every_page, scored

VOID = {"meta", "br", "rect", "path", "link", "img", "hr"}


class _Reader(HTMLParser):
    """Reads a page: what is open, every attribute, the cells of every row, all text that people see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.rows: list[list[str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
        if tag not in VOID:
            self.open.append("unseen" if ("class", "pad") in attrs else tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self.rows and self.rows[-1]:
            self.rows[-1][-1] = self.rows[-1][-1].rstrip()
        if tag not in VOID:
            found = self.open.pop()
            assert found in (tag, "unseen"), f"{tag} ends where {found} is open"

    def handle_data(self, data: str) -> None:
        if "unseen" in self.open or "style" in self.open:
            return
        self.text.append(data)
        if self.open and ("td" in self.open or "th" in self.open) and self.rows and self.rows[-1]:
            self.rows[-1][-1] = f"{self.rows[-1][-1]}{data}".lstrip()

    def values(self, *names: str) -> list[str]:
        return [value for _, name, value in self.attributes if name in names]


def read(page: str) -> _Reader:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_is_whole_and_needs_nothing_else(language: str) -> None:
    for name, page in every_page(language).items():
        found = read(page)
        ids = found.values("id")
        assert len(ids) == len(set(ids)), name
        pointed = [each.removeprefix("#") for each in found.values("href")]
        pointed += [each for value in found.values("aria-labelledby") for each in value.split()]
        assert set(pointed) <= set(ids), name
        assert all(each.startswith("#") for each in found.values("href")), name
        tags = {tag for tag, _, _ in found.attributes}
        assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "use"}), name
        assert not found.values("src", "srcset", "onload", "onclick", "xlink:href"), name
        assert set(re.findall(r"url\(([^)]*)\)", page)) <= {f"#{each}" for each in ids}, name
        style = page[page.index("<style>") : page.index("</style>")]
        assert "@import" not in style, name
        assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page


def test_every_page_is_the_same_bytes_again() -> None:
    assert make_every_page("zh") == every_page("zh")


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    rules, results = scored("odd")
    for page in (cohort_report(rules.plan, results), *(entity_report(each) for each in results)):
        assert "<script" not in page
        assert page.count("</style>") == 1
        assert HOSTILE.replace('"', "") in "".join(read(page).text)


@pytest.mark.parametrize("name", ["pinghu", "self", "towns", "linjiang", "hdi", "departments"])
def test_the_table_of_marks_has_the_marks_of_the_result(name: str) -> None:
    _, results = scored(name)
    for result in (*results[:3], results[-1]):
        rows = {row[0].split("\n")[0]: row for row in read(entity_report(result)).rows if len(row) == 5}
        assert list(rows) == ["Indicator", "Total", *_names(result)] or result.trace is None
        for code, found in result.indicators.items():
            full, marks, lost = next(row[1:4] for name, row in rows.items() if name == _name(code, found.title, found))
            if found.score is not None:
                assert (full, marks) == (figure(found.full), figure(found.score)), code
                assert lost == (figure(found.full - found.score) if found.full is not None else "—"), code
            elif found.status.value == "pending":
                assert marks == figure_between(result.enclosures[code].numbers), code
            else:
                assert marks == "—", code


def _names(result: object) -> Iterator[str]:
    for code, found in result.indicators.items():  # type: ignore[attr-defined]
        yield _name(code, found.title, found)


def _name(code: str, title: str | None, found: object) -> str:
    tags = {"excluded": " does not apply", "pending": " still open", "missing": " data missing", "vetoed": " vetoed"}
    return f"{code.rpartition('.')[2]} {title}" + tags.get(found.status.value, "")  # type: ignore[attr-defined]


def test_an_open_result_is_shown_by_its_limits_and_by_no_number_between() -> None:
    _, results = scored("pending")
    shown = " ".join(read(entity_report(results[0])).text)
    assert "88.33–94.33" in shown
    assert "provisional" in shown
    assert "优 / 良" in shown
    assert "not yet judged, within [0, 6]" in shown
    assert re.search(r"\b(8[89]|9[0-4])\.\d+ of 100", shown) is None
    assert re.search(r"Total[^<]{0,40}91\.33", shown) is None


def test_a_refused_entity_has_its_problems_with_their_places_and_no_marks() -> None:
    _, results = scored("departments")
    page = read(entity_report(results[REFUSED]))
    shown = " ".join(page.text)
    assert "refused" in shown
    assert "130% for `满意率` is outside [0%, 100%]" in shown
    assert "`公用预算` has no value" in shown
    assert "row 11" in shown
    assert "of 100" not in shown


def test_vetoes_and_replaced_marks_are_told_with_who_and_why() -> None:
    _, results = scored("departments")
    vetoed = " ".join(read(entity_report(results[VETOED], "zh")).text)
    assert "存在重大财经违规问题" in vetoed
    assert "一票否决" in vetoed
    replaced = " ".join(read(entity_report(results[OVERRIDDEN], "zh")).text)
    assert "改为5，调整人：评价组复核小组。理由：公用经费超支系防汛抢险，经市政府批准" in replaced


def test_evidence_citations_rules_numbers_and_next_marks_of_each_indicator() -> None:
    # Worked out by hand in the ruleset's own test "有得有失的一年".
    _, results = scored("pinghu")
    page = entity_report(results["市教育局2021"], "zh")
    shown = " ".join(read(page).text)
    for said in (
        "412.5万元 ÷ 400万元 = 103.125%",
        "超出预算：公用经费控制率高于100%：每1个百分点扣0.5分，不足1个百分点按1个百分点计",
        "部门决算报表、预算批复",
        "财预〔2021〕101号 满意度赋分",
        "412.5万元（来源：部门决算）",
        "社会公众满意率达到90%（现为86.2%，再增3.8个百分点），可多得2分，得10分。",
        "达到良，舍入后总分须为80分：比78.95分多1.05分。",
        results["市教育局2021"].plan.compiled_hash,
        "2024-12-31",
    ):
        assert said in shown, said


def test_a_page_of_all_says_who_is_first_and_what_everyone_has() -> None:
    rules, results = scored("departments")
    page = read(cohort_report(rules.plan, results))
    ranked = [row for row in page.rows if len(row) == 9]
    assert len(ranked) == 60
    final = sorted((each.total for each in results if each.total is not None), reverse=True)
    shown = [row[2] for row in ranked[1:] if row[4] == "final"]
    assert shown == [figure(total) for total in final]
    by_name = {row[1].split("\n")[0].strip(): row for row in ranked}
    assert by_name[PENDING][2] == "78.16–84.16"
    assert [row[0] for row in ranked[-1:]] == ["—"]
    assert any(LONG_NAME in cell for row in ranked for cell in row)
    grades = {row[0]: row[2] for row in page.rows if len(row) == 4 and row[0] in rules.plan.grades}
    counted = {grade: sum(each.grade == grade for each in results) for grade in rules.plan.grades}
    assert grades == {grade: str(count) for grade, count in counted.items()}


def test_links_lead_to_the_files_of_entities_where_there_are_files() -> None:
    rules, results = scored("pinghu")
    page = read(cohort_report(rules.plan, results, links=["a.html", "b.html", "c.html", "d.html"]))
    assert sorted(page.values("href")) == ["a.html", "b.html", "c.html", "d.html"]
    assert "Where marks were lost" not in "".join(page.text)


@pytest.mark.parametrize("name", REAL)
def test_a_report_tells_every_indicator(name: str) -> None:
    _, results = scored(name)
    shown = " ".join(read(entity_report(results[0], "zh")).text)
    assert all((found.title or code) in shown for code, found in results[0].indicators.items())
