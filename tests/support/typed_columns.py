"""Cells as columns of the types that files and frames have: numbers as floats, integers or decimals, texts, dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import pyarrow as pa

from perfrules.lang.exact import as_text, decimal_places

WHOLE = (pa.int64(), pa.int32(), pa.int16(), pa.uint32())


def typed(cells: list[object], random: Random) -> pa.Array:
    """Return cells as an Arrow array of some type that holds them, or of texts."""
    known = [cell for cell in cells if cell is not None]
    if known and all(isinstance(cell, Fraction) and decimal_places(cell) is not None for cell in known):
        numbers = [None if cell is None else Decimal(as_text(cell)) for cell in cells]  # type: ignore[arg-type]
        chosen = random.choice(("decimal", "float", "int", "text"))
        if chosen == "float":
            return pa.array([None if each is None else float(each) for each in numbers], pa.float64())
        if chosen == "int" and all(each is None or each == int(each) for each in numbers):
            return pa.array([None if each is None else int(each) for each in numbers], random.choice(WHOLE))
        if chosen == "decimal":
            return pa.array(numbers)
    if known and len({type(cell) for cell in known}) == 1 and isinstance(known[0], bool | date):
        return pa.array(cells)
    if known and all(isinstance(cell, list) for cell in known):
        return pa.array([None if cell is None else [_texts(record) for record in cell] for cell in cells])  # type: ignore[attr-defined]
    texts = pa.array([None if cell is None else said(cell) for cell in cells], pa.string())
    return texts.dictionary_encode() if random.random() < 0.3 else texts


def said(cell: object) -> str:
    """Return a cell as a file would write it."""
    if isinstance(cell, Fraction):
        return as_text(cell)
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)


def _texts(record: dict[str, object]) -> dict[str, str | None]:
    return {name: None if cell is None else said(cell) for name, cell in record.items()}
