"""The sampling sheet: drawn by a stated method, the same each time."""

from __future__ import annotations

import csv
import hmac
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from perfrules import load
from perfrules.record import csv_sheet, draw, make_record, open_record, sampling_sheet
from perfrules.record.sample_workbook import workbook_sheet
from tests.golden.record_kinds import JUDGED as RULES

RECORDS = Path(__file__).parents[2] / "golden" / "records"
COHORT = open_record((RECORDS / "cohort.zip").read_bytes())
JUDGED = open_record((RECORDS / "judged.zip").read_bytes())


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("seed", ["1", "审计2024", "another"])
def test_drawn_are_the_smallest_keyed_digests(seed: str) -> None:
    names = ["甲镇", "乙镇", "丙镇", "丁镇", "戊镇"]
    expected = sorted(names, key=lambda name: hmac.new(seed.encode(), name.encode(), "sha256").hexdigest())
    for count in range(1, 7):
        assert [leaf["entity"] for leaf in draw(COHORT, count, seed)] == expected[:count]


def test_the_sheet_has_cells_and_marks_and_room_for_the_auditor() -> None:
    sheet = sampling_sheet(JUDGED, 4, "s", "en")
    table = rows(csv_sheet(sheet))
    assert table[2] == ["Seed of the draw", "s"]
    assert table[3] == ["Drawn", "4 of 4"]
    headings = table[6]
    assert headings[:7] == ["Draw", "Entity", "Item", "Title", "As given", "As read or computed", "Where"]
    assert headings[9:] == ["Evidence seen", "Auditor's figure", "Agrees", "Remark"]
    found = {(row[1], row[2]): row[3:] for row in table[7:]}
    assert found["教育局", "budget"] == ["Budget", "300", "300", "data.csv C3", "", "", "", "", "", ""]
    assert found["教育局", "A.override.by"] == ["Execution", "张三", "", "data.csv H3", "", "", "", "", "", ""]
    assert found["教育局", "mark A"] == ["Execution", "", "6", "", "张三", "账目更正", "", "", "", ""]
    assert found["卫生局", "total"] == ["", "", "18 – 28", "", "", "", "", "", "", ""]
    assert found["卫生局", "spent"][1:4] == ["1,000", "1000", "data.csv B4"]
    assert found["民政局", "spent"][1:4] == ["八成", "", "data.csv B5"]
    assert found["民政局", "status"][2:4] == ["refused", "data.csv row 5"]
    assert found["教育局", "pleased"][2] == "missing"


def test_the_workbook_says_the_same_as_the_table() -> None:
    for language in ("en", "zh"):
        sheet = sampling_sheet(JUDGED, 2, "s", language)
        content = workbook_sheet(sheet)
        assert content == workbook_sheet(sheet)
        grid = (
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        )
        assert tuple(str(cell) for cell in grid[6]) == sheet.headings
        assert [tuple(str(cell) for cell in line) for line in grid[7:]] == list(sheet.rows)


def test_tables_name_the_places_of_their_records() -> None:
    opened = open_record((RECORDS / "workbook.zip").read_bytes())
    found = [row for row in sampling_sheet(opened, 1, "s", "zh").rows if row[2] == "works"]
    assert len(found) == 1
    assert found[0][6] in ("data.xlsx Works!第 2 行; data.xlsx Works!第 3 行", "data.xlsx Works!第 4 行")


def test_what_excel_would_take_for_a_formula_is_text(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("部门,spent,Budget\n=1+1,-1,2\n", "utf-8")
    (tmp_path / "rules.perfrules").write_text(RULES, "utf-8")
    opened = open_record(make_record(load(tmp_path / "rules.perfrules"), tmp_path / "data.csv").content)
    table = rows(csv_sheet(sampling_sheet(opened, 1, "=s", "en")))
    assert table[2][1] == "'=s"
    assert {row[1] for row in table[7:]} == {"'=1+1"}
    assert [row[4] for row in table[7:] if row[2] == "spent"] == ["-1"]
