"""perfrules: `Ruleset.score_table`, with all checks of the data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.table.competitor import Competitor, Scored
from benchmarks.table.numbers import Numbers, entity_names
from benchmarks.table.rubric import LETTERS, Unit
from benchmarks.table.ruleset_text import ruleset_text

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ENTITY = "department"


def competitor(form: str, threads: int, everything: bool) -> Competitor:
    """Return perfrules on data in one *form*: float (pandas), int (pandas, whole numbers) or decimal (Arrow)."""
    import perfrules

    load = {"float": in_pandas, "int": in_pandas_whole, "decimal": in_arrow}[form]
    wanted = {} if everything else {"columns": ("total", "grade")}
    return Competitor(
        load=load,
        compile=lambda of: perfrules.loads(ruleset_text(of, whole=form == "int")),
        score=lambda rules, frame: rules.score_table(frame, threads=threads, **wanted),
        read=read_arrow if form == "decimal" else read_pandas,
    )


def in_pandas(data: Numbers) -> pd.DataFrame:
    """Return float64 columns."""
    import pandas as pd

    return pd.DataFrame({ENTITY: entity_names(data.rows), **data.floats()}, copy=False)


def in_pandas_whole(data: Numbers) -> pd.DataFrame:
    """Return int64 columns, money in 百元 and ‰."""
    import pandas as pd

    return pd.DataFrame({ENTITY: entity_names(data.rows), **data.whole()}, copy=False)


def in_arrow(data: Numbers) -> pa.Table:
    """Return decimal128 columns, counts as int32."""
    import pyarrow as pa

    columns: dict[str, Any] = {ENTITY: pa.array(entity_names(data.rows))}
    for place, column in enumerate(data.columns):
        stored = np.ascontiguousarray(data.stored[place])
        match column.unit:
            case Unit.MONEY | Unit.PERCENT:
                columns[column.name] = decimals(stored, column.unit.value)
            case Unit.COUNT:
                columns[column.name] = pa.array(stored)
            case Unit.YES_NO:
                columns[column.name] = pa.array(stored.astype(bool))
    return pa.table(columns)


def decimals(stored: np.ndarray[Any, Any], scale: int) -> pa.Array:
    """Return whole numbers as decimals with so many places."""
    import pyarrow as pa

    words = np.empty((len(stored), 2), np.int64)
    words[:, 0] = stored
    words[:, 1] = words[:, 0] >> 63
    return pa.Array.from_buffers(pa.decimal128(12, scale), len(stored), [None, pa.py_buffer(words)])


def read_pandas(found: pd.DataFrame) -> Scored:
    """Return the answers from a frame."""
    import pyarrow as pa

    return read_arrow(pa.Table.from_pandas(found[["total", "grade"]], preserve_index=False))


def read_arrow(found: pa.Table) -> Scored:
    """Return the answers from a table."""
    totals = found["total"].cast("float64").to_numpy() * 100
    letters = found["grade"].cast("string").to_pandas()
    return Scored(totals, letters.map(partial(LETTERS.index)).to_numpy())
