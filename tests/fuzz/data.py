"""Data that are no data, or hardly: for every reader, and for the front door of programs."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

from perfrules.ir.plan import Plan
from tests.fuzz.texts import ODD, mutated, random_bytes

SUFFIXES = (".csv", ".json", ".jsonl", ".xlsx", ".xls", ".parquet", ".txt", "")
CELLS: tuple[object, ...] = (
    *(
        None,
        "",
        "0",
        "1",
        "12.5",
        "-3",
        "95%",
        "9５％",
        "1,200",
        "1,23",
        "1e400",
        "1e-400",
        "NaN",
        "inf",
        "yes",
        "否",
        "甲",
    ),
    *(
        "2024-02-30",
        "2024-02-28",
        "6387.3 万亩",
        "5 万元",
        "5 万万元",
        "3分",
        "pending",
        "待定",
        "missing",
        "=1+1",
        "#DIV/0!",
    ),
    *("9" * 60, "a" * 5000, *ODD, True, False, 0, -1, 10**50, 0.1, float("nan"), float("inf"), -0.0, 1j, b"x", object),
    *(Decimal("1.50"), Decimal("NaN"), Decimal("sNaN"), Decimal("1E+99999"), Fraction(1, 3), date(2024, 1, 31)),
    *(datetime(2024, 1, 31, 12), [], [{}], [{"amount": 1}], [1], {}, {"a": 1}, ()),  # noqa: DTZ001 - as sheets have it
)


def random_mapping(random: Random, plan: Plan, row: dict[str, object]) -> dict[str, object]:
    """Return a row with cells that nobody expects."""
    changed = dict(row)
    names = [
        *changed,
        *(each.name for each in plan.inputs),
        "unknown",
        "",
        plan.entity_name,
        "A.override.value",
        "A.level",
    ]
    for _ in range(random.randrange(1, 6)):
        changed[random.choice(names)] = random.choice(CELLS)
    return changed


def random_file(random: Random, folder: Path, row: dict[str, object]) -> Path:
    """Write a file that a reader may be given."""
    suffix = random.choice(SUFFIXES)
    path = folder / f"data{suffix}"
    match random.randrange(4):
        case 0:
            path.write_bytes(random_bytes(random))
        case 1:
            path.write_bytes(_broken_package(random))
        case 2:
            text = json.dumps(
                [{"entity": "e", **{name: str(cell) for name, cell in row.items()}}], ensure_ascii=random.random() < 0.5
            )
            path.write_text(mutated(random, text), "utf-8", "surrogatepass")
        case _:
            lines = [
                ",".join(["entity", *row]),
                ",".join(["e", *(str(random.choice((cell, random.choice(CELLS)))) for cell in row.values())]),
            ]
            path.write_text(mutated(random, "\n".join(lines)), random.choice(("utf-8", "utf-8-sig")), "surrogatepass")
    return path


def _broken_package(random: Random) -> bytes:
    """Return a ZIP that only looks like a workbook, perhaps cut off or with bytes changed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in (
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/styles.xml",
            "_rels/.rels",
        ):
            if random.random() < 0.8:
                package.writestr(
                    name,
                    random.choice(
                        (b"", b"<a/>", b"<worksheet><sheetData><row r='1'><c r='A1'/></row>", random.randbytes(40))
                    ),
                )
    found = bytearray(content.getvalue())
    for _ in range(random.randrange(4)):
        found[random.randrange(len(found))] = random.randrange(256)
    return bytes(found[: random.randrange(len(found))] if random.random() < 0.2 else found)
