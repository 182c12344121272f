"""Workbooks recalculated by LibreOffice, from cached values that are all wrong: what comes back was computed there."""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from attrs import field, frozen
from python_calamine import CalamineWorkbook

WRONG = -987654321
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"([^>]*)>(<f[^>]*>([^<]*)</f>)<v>[^<]*</v></c>')
_FIRST_DAY = date(1899, 12, 30)


def has_libreoffice() -> bool:
    """Tell whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


@frozen(eq=False)
class Sheets:
    """The cells of a workbook by sheet; dates as their numbers."""

    rows: Mapping[str, list[list[Any]]] = field(repr=False)

    def at(self, sheet: str, row: int, column: int) -> Any:
        """Return a cell, counted from 0."""
        cells = self.rows[sheet]
        found = cells[row][column] if row < len(cells) and column < len(cells[row]) else ""
        if isinstance(found, datetime):
            found = found.date()
        return (found - _FIRST_DAY).days if isinstance(found, date) else found


def read_sheets(path: Path) -> Sheets:
    """Read the cached values of a workbook."""
    book = CalamineWorkbook.from_path(str(path))
    return Sheets({name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names})


def formulas(content: bytes) -> dict[tuple[str, int, int], str]:
    """Return every formula by sheet, row and column, counted from 0."""
    found: dict[tuple[str, int, int], str] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        book = package.read("xl/workbook.xml").decode()
        names = [html.unescape(name) for name in re.findall(r'<sheet name="([^"]*)"', book)]
        for number, name in enumerate(names, start=1):
            text = package.read(f"xl/worksheets/sheet{number}.xml").decode()
            for letters, row, _, _, formula in _CELL.findall(text):
                found[name, int(row) - 1, _column(letters)] = html.unescape(formula)
    return found


def spoiled(content: bytes) -> bytes:
    """Return the workbook with a wrong cached value in every formula."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for entry in package.infolist():
            part = package.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = _CELL.sub(_wrong, part.decode()).encode()
            written.writestr(entry, part)
    return out.getvalue()


def recalculate(paths: list[Path], folder: Path) -> list[Path]:
    """Have LibreOffice recalculate all workbooks in one go; return what it wrote."""
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    out = folder / "recalculated"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True, timeout=300)
    return [out / path.name for path in paths]


def _wrong(cell: re.Match[str]) -> str:
    kept = re.sub(r' t="\w+"', "", cell[3])
    return f'<c r="{cell[1]}{cell[2]}"{kept}>{cell[4]}<v>{WRONG}</v></c>'


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
