"""Lines of cells: a column each on a sheet of many entities, a row each on a sheet of one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from attrs import frozen

Cell: TypeAlias = Decimal | int | str | bool | None
"""What a cell shows; None is an empty one."""


@frozen(kw_only=True)
class Line:
    """One line: which indicator or part of the data it belongs to (*group*), what it is, a detail (unit and range, or
    how it is reckoned), its *name*, and its cells by entity.

    *formula*: the same for all, else the cells are given. *look*: `data`, `formula`, `step`, `final`, `given`, `text`.
    *number_format*: as spreadsheets write it. *validation*: what XlsxWriter calls so.
    """

    group: str
    title: str
    detail: str
    cells: Sequence[Cell]
    name: str = ""
    formula: str | None = None
    is_array: bool = False
    look: str = "data"
    number_format: str = ""
    validation: dict[str, object] | None = None
    comment: str = ""
    width: int = 0
