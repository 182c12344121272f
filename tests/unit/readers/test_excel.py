"""Workbooks: percent formats, error values, dates, tables, and what is too large."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from fractions import Fraction
from importlib import import_module

import pytest

from perfrules.diagnostics import Code
from perfrules.lang.states import State
from perfrules.readers import Limits, ReadOptions, read_data
from perfrules.readers.excel import parse_excel
from perfrules.readers.raw import wanted_by
from perfrules.readers.rows import read_rows
from tests.support.data_plans import PLAN

xlsxwriter = import_module("xlsxwriter")
import_module("python_calamine")

HEADINGS = ("department", "staff", "spent", "rate", "by_ratio", "closed", "done", "note")


def workbook(fill):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    fill(book)
    book.close()
    return content.getvalue()


def read(content, limits=None):
    raw = parse_excel(content, "a.xlsx", wanted_by(PLAN), limits or Limits())
    return read_rows(raw, PLAN)


def one_row(rate_format="0.00%", rate=0.95, **cells):
    def fill(book):
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ["Parks", 12, 0.1 + 0.2])
        sheet.write_number(1, 3, rate, book.add_format({"num_format": rate_format}))
        for name, (value, number_format) in cells.items():
            sheet.write(1, HEADINGS.index(name), value, book.add_format({"num_format": number_format}))

    return read(workbook(fill))


def test_a_number_is_the_fifteen_digits_that_excel_shows():
    assert one_row().rows[0].facts.values["spent"] == Fraction(3, 10)


@pytest.mark.parametrize("number_format", ["0%", "0.00%", "#,##0.0%;[Red]-0.0%", "0.000 %"])
def test_a_cell_that_excel_shows_in_percent_is_one(number_format):
    assert one_row(number_format).rows[0].facts.values["rate"] == Fraction(19, 20)


@pytest.mark.parametrize("number_format", ["General", "0.00", '0.00"%"', "0.00\\%"])
def test_a_bare_number_in_a_percent_column_is_refused(number_format):
    (problem,) = one_row(number_format).rows[0].problems
    assert problem.code is Code.DATA_BARE_NUMBER_IN_PERCENT


def test_dates_answers_and_long_numbers():
    values = (
        one_row(
            closed=(datetime.fromisoformat("2021-03-04"), "yyyy-mm-dd"),
            done=(True, "General"),
            note=(123456789012, "General"),
        )
        .rows[0]
        .facts.values
    )
    assert (values["closed"], values["done"], values["note"]) == (date(2021, 3, 4), True, "123456789012")


def test_an_error_value_is_not_an_empty_cell():
    def fill(book):
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ["Parks", 12, 1, "95%"])
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")

    (problem,) = read(workbook(fill)).rows[0].problems
    assert (problem.code, problem.where.column, problem.where.value) == (Code.DATA_UNREADABLE, "by_ratio", "#DIV/0!")


def test_sheets_are_found_by_name_and_records_by_entity():
    def fill(book):
        book.add_worksheet("read me").write(0, 0, "hello")
        table = book.add_worksheet("Projects of the year")
        table.write_row(0, 0, ["部门", "amount"])
        table.merge_range(1, 0, 2, 0, "Parks")
        table.write(1, 1, 5)
        table.write(2, 1, "600 元")
        sheet = book.add_worksheet("数据")
        sheet.write_row(2, 0, HEADINGS[:4])
        sheet.write_row(4, 0, ["Parks", 12, 1, "95%"])

    found = read(workbook(fill))
    assert found.problems == ()
    (row,) = found.rows
    assert row.place.row == 5
    assert row.facts.values["projects"] == (
        {"amount": 5, "finished": State.MISSING},
        {"amount": Fraction(6, 100), "finished": State.MISSING},
    )


def test_without_a_named_sheet_the_first_that_is_no_table():
    def fill(book):
        book.add_worksheet("projects").write_row(0, 0, ["department", "amount"])
        book.add_worksheet("Blatt 1").write_row(0, 0, HEADINGS[:4])

    assert read(workbook(fill)).problems == ()


def test_a_lone_cell_far_away_does_not_fill_the_memory():
    def fill(book):
        sheet = book.add_worksheet("data")
        sheet.write_row(0, 0, HEADINGS)
        sheet.write(1_000_000, 16_000, 1)

    assert [each.code for each in read(workbook(fill)).problems] == [Code.DATA_TOO_LARGE]


def test_a_bomb_is_not_unpacked(tmp_path):
    content = workbook(lambda book: book.add_worksheet("data").write_row(0, 0, HEADINGS))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
        package.writestr("xl/more.xml", bytes(5_000_000))
    found = read_data(path, PLAN, ReadOptions(limits=Limits(expanded_bytes=1_000_000)))
    assert [(each.code, each.args["what"]) for each in found.problems] == [(Code.DATA_TOO_LARGE, "expanded-bytes")]


def test_a_document_type_is_refused():
    content = workbook(lambda book: book.add_worksheet("data").write_row(0, 0, HEADINGS))
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/workbook.xml":
                part = part.replace(b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', 1)
            new.writestr(name, part)
    assert [each.code for each in read(changed.getvalue()).problems] == [Code.DATA_UNREADABLE]


def test_a_library_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    (problem,) = read(b"").problems
    assert problem.code is Code.DATA_NEEDS_LIBRARY
    assert problem.args["install"] == "perfrules[excel]"
