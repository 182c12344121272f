"""perfrules: `Ruleset.score_table`, with all checks of the data. Cases say how their data become a frame."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from inspect import signature
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.table.competitor import Competitor, Entry, Scored
from benchmarks.table.numbers import Array, Numbers, entity_names
from benchmarks.table.rubric import LETTERS, Rubric, Unit
from benchmarks.table.ruleset_text import ruleset_text
from perfrules.batch.native.host import machine_code
from perfrules.batch.native.loop import Loop
from perfrules.batch.native.threshold import WORTH_IT, joined_from

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

ENTITY = "department"
TOTAL_AND_GRADE = ("total", "grade")


def competitor(form: str, threads: int, what: str) -> Competitor:
    """Return perfrules on the 35 indicators in one *form*: float (pandas), int (pandas, whole) or decimal (Arrow).

    *what* comes back: the total and the grade (`arrays`: without machine code), all results, all as float64.
    """
    load = {"float": in_pandas, "int": in_pandas_whole, "decimal": in_arrow}[form]
    columns = None if what in ("all", "floats") else TOTAL_AND_GRADE
    numbers = "float64" if what == "floats" else "exact"
    text = partial(_text, form == "int")
    return scoring(load, text, threads, columns, LETTERS, numbers=numbers, joined=what != "arrays")


def _text(whole: bool, of: Rubric) -> str:
    return ruleset_text(of, whole)


def entries(load: Callable[[Any], Any], grades: Sequence[str], decimals: int = 2) -> Mapping[str, Entry]:
    """Return perfrules for a case whose *about* is the text of a ruleset: what is returned, threads."""
    variants = ((TOTAL_AND_GRADE, 1), (TOTAL_AND_GRADE, 2), (None, 2))
    return {
        f"perfrules-{'total' if columns else 'all'}-{threads}": Entry(
            f"perfrules, {'total and grade' if columns else 'all results'}",
            threads,
            partial(scoring, load, lambda text: text, threads, columns, grades, decimals),
        )
        for columns, threads in variants
    }


def scoring(
    load: Callable[[Any], Any],
    text: Callable[[Any], str],
    threads: int,
    columns: Sequence[str] | None,
    grades: Sequence[str],
    decimals: int = 2,
    numbers: str = "exact",
    joined: bool = True,
) -> Competitor:
    """Return perfrules with a frame that *load* makes; *columns* of the results, or all; *grades* from the lowest.

    Compiling includes loading LLVM, if instructions are to be *joined*; machine code is made with the first table.
    """
    import perfrules

    wanted = asked_for(columns) | {"numbers": numbers}

    def compiled(about: Any) -> Any:
        if joined:
            machine_code(Loop())
        return perfrules.loads(text(about))

    def score(rules: Any, frame: Any) -> Any:
        with joined_from(WORTH_IT if joined else None):
            return rules.score_table(frame, threads=threads, **wanted)

    return Competitor(
        load=load,
        compile=compiled,
        score=score,
        read=partial(read, grades=grades, unit=10**decimals),
    )


def asked_for(columns: Sequence[str] | None) -> dict[str, Any]:
    """Return the argument of `score_table` that asks for some columns of the results only (None: for all)."""
    import perfrules

    if columns is None:
        return {}
    if "columns" not in signature(perfrules.Ruleset.score_table).parameters:
        raise NotImplementedError("score_table cannot be asked for some columns only")
    return {"columns": columns}


def in_frame(entity: str, arrays: Mapping[str, Array]) -> pd.DataFrame:
    """Return a pandas frame with names of entities; the arrays are not copied."""
    import pandas as pd

    rows = len(next(iter(arrays.values())))
    return pd.DataFrame({entity: entity_names(rows), **arrays}, copy=False)


def in_pandas(data: Numbers) -> pd.DataFrame:
    """Return float64 columns."""
    return in_frame(ENTITY, data.floats())


def in_pandas_whole(data: Numbers) -> pd.DataFrame:
    """Return int64 columns, money in 百元 and ‰."""
    return in_frame(ENTITY, data.whole())


def in_arrow(data: Numbers, start: int = 0) -> pa.Table:
    """Return decimal128 columns, counts as int32."""
    import pyarrow as pa

    columns: dict[str, Any] = {ENTITY: pa.array(entity_names(data.rows, start))}
    for place, column in enumerate(data.columns):
        stored = np.array(data.stored[place])  # the data are mapped from a file
        match column.unit:
            case Unit.MONEY | Unit.PERCENT:
                columns[column.name] = decimals_of(stored, column.unit.value)
            case Unit.COUNT:
                columns[column.name] = pa.array(stored)
            case Unit.YES_NO:
                columns[column.name] = pa.array(stored.astype(bool))
    return pa.table(columns)


def decimals_of(stored: Array, scale: int) -> pa.Array:
    """Return whole numbers as decimals with so many places."""
    import pyarrow as pa

    words = np.empty((len(stored), 2), np.int64)
    words[:, 0] = stored
    words[:, 1] = words[:, 0] >> 63
    return pa.Array.from_buffers(pa.decimal128(12, scale), len(stored), [None, pa.py_buffer(words)])


def read(found: Any, grades: Sequence[str], unit: int) -> Scored:
    """Return the answers of a pandas frame or an Arrow table."""
    import pyarrow as pa

    table = found if isinstance(found, pa.Table) else pa.Table.from_pandas(found, preserve_index=False)
    doubles = table["total"].cast("float64").to_numpy()
    totals = np.rint(doubles * unit)
    if pa.types.is_floating(table["total"].type):  # each is the float64 nearest to a decimal of so many places
        assert (totals / unit == doubles).all()
    letters = table["grade"].cast("string").to_pandas()
    return Scored(totals, letters.map(list(grades).index).to_numpy())
