"""Templates: written, filled in, and read back."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date
from fractions import Fraction
from importlib import import_module

import pytest

from perfrules.diagnostics import Code
from perfrules.readers import read_data
from perfrules.writers.template import TemplateOptions, template_csv, template_sheets
from perfrules.writers.template_workbook import template_workbook
from tests.support.data_plans import PLAN

calamine = import_module("python_calamine")
xlsxwriter = import_module("xlsxwriter")

LANGUAGES = ("en", "zh")
FILLED = {
    "department": "Parks",
    "staff": "12",
    "spent": "1,200.5",
    "rate": "95%",
    "closed": "2021-03-04",
    "done": "是",
    "A2.level": "met",
    "A2.mark": "9",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_is_the_same_bytes_on_every_run(language):
    options = TemplateOptions(language=language, overrides=True)
    assert template_workbook(PLAN, options) == template_workbook(PLAN, options)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_template_is_read_as_no_data(tmp_path, language):
    path = tmp_path / "blank.xlsx"
    path.write_bytes(template_workbook(PLAN, TemplateOptions(language=language, overrides=True)))
    found = read_data(path, PLAN)
    assert (found.rows, found.problems) == ((), ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_workbook_is_read_back(tmp_path, language):
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(template_workbook(PLAN, TemplateOptions(language=language)))
    filled = tmp_path / "filled.xlsx"
    filled.write_bytes(
        fill(
            blank,
            {
                "data": [FILLED],
                "数据": [FILLED],
                "Projects of the year": [
                    {"department": "Parks", "amount": "5"},
                    {"department": "Parks", "amount": "6", "finished": "no"},
                ],
            },
        )
    )
    found = read_data(filled, PLAN)
    assert found.problems == ()
    (row,) = found.rows
    assert row.problems == ()
    assert (row.place.row, row.facts.values["rate"]) == (3, Fraction(19, 20))
    assert row.facts.values["closed"] == date(2021, 3, 4)
    assert row.facts.judged["A.A2"].mark == 9
    assert [each["amount"] for each in row.facts.values["projects"]] == [5, 6]


def fill(blank, rows_by_sheet):
    """Write the cells of a template again with rows below, as a person's Excel would."""
    book = calamine.CalamineWorkbook.from_path(str(blank))
    content = io.BytesIO()
    copy = xlsxwriter.Workbook(content, {"in_memory": True})
    for name in book.sheet_names:
        head = book.get_sheet_by_name(name).to_python()
        sheet = copy.add_worksheet(name)
        for number, line in enumerate(head):
            sheet.write_row(number, 0, line)
        for number, cells in enumerate(rows_by_sheet[name], start=len(head)):
            sheet.write_row(number, 0, [cells.get(heading, "") for heading in head[0]])
    copy.close()
    return content.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_csv_template_is_read_back(tmp_path, language):
    for name, content in template_csv(PLAN, TemplateOptions(language=language)).items():
        head = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        text = io.StringIO(newline="")
        cells = FILLED if name == "data.csv" else {"department": "Parks", "amount": "5"}
        csv.writer(text).writerow([cells.get(heading, "") for heading in head])
        (tmp_path / name).write_bytes(content + text.getvalue().encode())
    found = read_data(tmp_path / "data.csv", PLAN)
    assert found.problems == ()
    (row,) = found.rows
    assert row.problems == ()
    assert row.facts.values["projects"][0]["amount"] == 5


def test_captions_speak_the_language_asked_for():
    captions = {
        language: [each.caption for each in template_sheets(PLAN, TemplateOptions(language=language))[0].columns]
        for language in LANGUAGES
    }
    assert "Staff in post (persons, [0, 5000])" in captions["en"]
    assert "耕地面积（亩，[0, 100000]，可缺）" in captions["zh"]


def test_judged_and_override_columns_are_asked_for():
    def headings(**options):
        return [each.heading for each in template_sheets(PLAN, TemplateOptions(**options))[0].columns]

    assert "A2.level" in headings()
    assert "A2.level" not in headings(judged=False)
    assert "A1.override.why" in headings(overrides=True)
    assert "A1.override.why" not in headings()


def test_percent_columns_make_percentages_of_what_is_typed(tmp_path):
    content = template_workbook(PLAN, TemplateOptions())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        styles = package.read("xl/styles.xml").decode()
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert 'numFmtId="10"' in styles or "0.00%" in styles
    assert "<formula1>0</formula1><formula2>5000</formula2>" in sheet


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_row_of_captions_is_high_enough_for_the_longest(language):
    content = template_workbook(PLAN, TemplateOptions(language=language, overrides=True))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    height = re.search(r'<row r="2"[^>]* ht="(\d+)"', sheet)
    assert height is not None
    widths = [int(width.split(".")[0]) for width in re.findall(r'<col min="\d+" max="\d+" width="([\d.]+)"', sheet)]
    captions = [
        each.caption for each in template_sheets(PLAN, TemplateOptions(language=language, overrides=True))[0].columns
    ]
    lines = int(height[1]) // 15
    assert all(wide(caption) <= lines * width for caption, width in zip(captions, widths, strict=True))


def wide(text):
    return sum(2 if each >= "\u2e80" else 1 for each in text)


def test_without_the_library_it_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    assert template_workbook(PLAN, TemplateOptions()).code is Code.DATA_NEEDS_LIBRARY
