"""Writing an auditor's sampling sheet: as CSV, and as a workbook where the library for those is installed."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.record_words import record_words, stop, tell
from perfrules.cli.shared import write_file
from perfrules.diagnostics.arguments import Argument

if TYPE_CHECKING:
    from perfrules.record import Opened
    from perfrules.record.sample import Sheet


def write_sheets(opened: Opened, count: int, seed: str, stem: Path, lang: str) -> None:
    """Write the sheet to *stem* with `.csv`, and with `.xlsx` where XlsxWriter is installed."""
    from perfrules.record.sample import sampling_sheet

    sheet = sampling_sheet(opened, count, seed, lang)
    endings = (".csv", ".xlsx") if find_spec("xlsxwriter") else (".csv",)
    for ending in endings:
        _write(sheet, stem.with_name(stem.name + ending), lang)


def write_sheet(opened: Opened, count: int, seed: str, out: Path, lang: str) -> None:
    """Write the sheet to a file whose name says of what kind it is."""
    from perfrules.record.sample import sampling_sheet

    if out.suffix.lower() == ".xlsx" and find_spec("xlsxwriter") is None:
        stop(ExitCode.USAGE, record_words(lang).text("sample.needs-excel"))
    _write(sampling_sheet(opened, count, seed, lang), out, lang)


def _write(sheet: Sheet, out: Path, lang: str) -> None:
    from perfrules.record.sample import csv_sheet

    if out.suffix.lower() == ".xlsx":
        from perfrules.record.sample_workbook import workbook_sheet

        content = workbook_sheet(sheet)
    else:
        content = csv_sheet(sheet)
    write_file(out, content, lang)
    args: dict[str, Argument] = {"file": str(out), "entities": sheet.drawn}
    tell(record_words(lang).text("record.sample-written", args), err=True)
