"""`perfrules export excel`: a workbook beside the results, the same bytes every time, and why there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from perfrules.cli.main import cli

RULESET = """
ruleset demo "Demo" version "1" {
  entity name "Department"
  total 10 points
  input done : count in [0, 1000]
  indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "demo.perfrules").write_text(RULESET, encoding="utf-8")
    (tmp_path / "data.csv").write_text("name,done\nFinance,945\nHealth,2000\nCulture,10\n", encoding="utf-8")
    return tmp_path


def _run(folder: Path, *arguments: str) -> tuple[int, str]:
    paths = [
        str(folder / each) if each.endswith((".perfrules", ".csv", ".xlsx", ".xls")) else each for each in arguments
    ]
    found = CliRunner().invoke(cli, ["export", "excel", *paths], standalone_mode=False)
    code = found.return_value if isinstance(found.return_value, int) else found.exit_code
    return getattr(found.exception, "exit_code", code) or 0, found.output


def test_it_writes_a_workbook_of_all_that_is_not_refused(folder: Path) -> None:
    code, told = _run(folder, "demo.perfrules", "data.csv", "--out", "out.xlsx", "--lang", "en")
    assert code == 3
    assert "wrote" in told
    book = CalamineWorkbook.from_path(str(folder / "out.xlsx"))
    assert book.sheet_names == ["Rubric", "Inputs", "Calculation", "Results", "Check"]
    assert [row[0] for row in book.get_sheet_by_name("Results").to_python()[6:]] == ["Finance", "Culture"]


def test_one_entity_has_its_values_below_one_another(folder: Path) -> None:
    code, _ = _run(folder, "demo.perfrules", "data.csv", "--out", "out.xlsx", "--one", "Finance", "--lang", "zh")
    assert code == 0
    book = CalamineWorkbook.from_path(str(folder / "out.xlsx"))
    assert book.sheet_names == ["评分标准", "数据", "计算", "结果", "核对"]
    assert [row[4] for row in book.get_sheet_by_name("数据").to_python()[6:9]] == ["Finance", 1.0, 945.0]


def test_without_data_there_are_rows_to_fill_in(folder: Path) -> None:
    code, _ = _run(folder, "demo.perfrules", "--out", "out.xlsx", "--lang", "en")
    assert code == 0
    rows = CalamineWorkbook.from_path(str(folder / "out.xlsx")).get_sheet_by_name("Inputs").to_python()
    assert rows[3][:3] == ["Department", "number", "done"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("demo.perfrules", "data.csv", "--out", "out.xls"), ".xlsx"),
        (("demo.perfrules", "--out", "out.xlsx", "--one", "Finance"), "DATA"),
        (("demo.perfrules", "data.csv", "--out", "out.xlsx", "--one", "Nobody"), "Nobody"),
    ],
)
def test_what_cannot_be_written_is_told(folder: Path, arguments: tuple[str, ...], told: str) -> None:
    code, output = _run(folder, *arguments, "--lang", "en")
    assert code == 2
    assert told in output
    assert not (folder / "out.xlsx").exists()


def test_it_is_the_same_file_in_any_process(folder: Path) -> None:
    contents = set()
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        out = folder / f"{seed}.xlsx"
        command = [sys.executable, "-m", "perfrules", "export", "excel", str(folder / "demo.perfrules")]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(Path(__file__).parents[2])}
        command += [str(folder / "data.csv"), "--out", str(out), "--lang", "en"]
        assert subprocess.run(command, env=environment, capture_output=True).returncode == 3
        contents.add(out.read_bytes())
    assert len(contents) == 1
