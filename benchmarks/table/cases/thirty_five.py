"""The rubric of 35 indicators and its competitors by name. Each imports its library only in its own process."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from benchmarks.table.competitor import Case, Competitor, Entry, Scored
from benchmarks.table.numbers import Array, Numbers, numbers
from benchmarks.table.rubric import LETTERS, Rubric, Unit, rubric

SAMPLE = 2_000


def _numpy_float() -> Competitor:
    from benchmarks.table.competitors import numpy_float as program

    return Competitor(load=Numbers.floats, compile=_as_is, score=program.score, read=_in_points)


def _numpy_blocked() -> Competitor:
    from benchmarks.table.competitors import numpy_blocked as program

    return Competitor(load=Numbers.floats, compile=_as_is, score=program.score, read=_in_points)


def _numpy_exact() -> Competitor:
    from benchmarks.table.competitors import numpy_exact as program

    return Competitor(load=Numbers.whole, compile=_as_is, score=program.score, read=lambda found: Scored(*found))


def _fractions() -> Competitor:
    from benchmarks.table.competitors import fractions_exact as program

    return Competitor(load=fraction_rows, compile=_as_is, score=program.score, read=_in_points, most_rows=SAMPLE)


def fraction_rows(data: Numbers) -> list[dict[str, Fraction]]:
    """Return a mapping of fractions for each row."""
    columns = [[Fraction(v, c.scale) for v in data.stored[i].tolist()] for i, c in enumerate(data.columns)]
    names = [column.name for column in data.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _pandas() -> Competitor:
    import pandas as pd

    from benchmarks.table.competitors import pandas_float as program

    def read(found: pd.DataFrame) -> Scored:
        return Scored(found["total"].to_numpy() * 100, found["grade"].cat.codes.to_numpy())

    return Competitor(load=lambda data: pd.DataFrame(data.floats()), compile=_as_is, score=program.score, read=read)


def _polars(threads: int) -> Competitor:
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    import polars as pl

    from benchmarks.table.competitors import polars_float as program

    return Competitor(
        load=lambda data: pl.DataFrame(data.floats()).lazy(),
        compile=_as_is,
        score=lambda of, data: program.query(of, data).collect(),
        read=lambda found: Scored(found["total"].to_numpy() * 100, found["grade"].to_physical().to_numpy()),
    )


def _openfisca() -> Competitor:
    from benchmarks.table.competitors import openfisca_core as program

    return Competitor(load=Numbers.floats, compile=program.system, score=program.score, read=_in_points)


def _zen() -> Competitor:
    from benchmarks.table.competitors import zen_engine as program

    def read(found: list[dict[str, Any]]) -> Scored:
        return Scored(np.array([row["total"] for row in found]) * 100, _places([row["grade"] for row in found]))

    return Competitor(load=_rows, compile=program.engine, score=program.score, read=read, most_rows=SAMPLE)


def _rows(data: Numbers) -> list[dict[str, Any]]:
    columns = {name: values.tolist() for name, values in data.floats().items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _duckdb(number: str, threads: int) -> Competitor:
    import duckdb
    import pyarrow as pa

    from benchmarks.table.competitors import duckdb_sql as program

    def load(data: Numbers) -> duckdb.DuckDBPyConnection:
        types = {
            Unit.MONEY: "DECIMAL(9, 2)",
            Unit.PERCENT: "DECIMAL(4, 1)",
            Unit.COUNT: "INTEGER",
            Unit.YES_NO: "BOOLEAN",
        }
        casts = [f"{c.name}::{types[c.unit]} as {c.name}" for c in data.columns]
        connection = duckdb.connect(config={"threads": threads})
        connection.register("floats", pa.table(data.floats()))
        connection.execute(f"create table data as select {'*' if number == 'DOUBLE' else ', '.join(casts)} from floats")
        connection.unregister("floats")
        return connection

    def read(found: pa.Table) -> Scored:
        return Scored(np.asarray(found["total"].to_numpy(), float) * 100, _places(found["grade"].to_pylist()))

    return Competitor(
        load=load,
        compile=lambda of: program.query(of, number),
        score=lambda query, connection: connection.sql(query).to_arrow_table(),
        read=read,
    )


def _perfrules(form: str, threads: int, what: str) -> Competitor:
    from benchmarks.table.competitors import perfrules_columns as program

    return program.competitor(form, threads, what)


def _as_is(of: Rubric) -> Rubric:
    return of


def _in_points(found: tuple[Sequence[Any] | Array, Sequence[int] | Array]) -> Scored:
    return Scored(np.asarray(found[0], dtype=float) * 100, np.asarray(found[1]))


def _places(letters: Sequence[str]) -> Array:
    return np.array([LETTERS.index(letter) for letter in letters])


def _of_perfrules() -> Mapping[str, Entry]:
    """Return perfrules in its variants: form of the data, what is returned, threads."""
    whats = {
        "total": "total and grade",
        "arrays": "total and grade, without llvmlite",
        "all": "every score",
        "floats": "every score as float64",
    }
    forms = {"float": "float64 pandas", "int": "int64 pandas", "decimal": "Arrow decimal128"}
    return {
        f"perfrules-{form}-{what}-{threads}": Entry(
            f"perfrules, {told}, {returned}",
            threads,
            partial(_perfrules, form, threads, what),
        )
        for what, returned in whats.items()
        for form, told in forms.items()
        for threads in (1, 2)
    }


COMPETITORS: Mapping[str, Entry] = {
    "numpy-float": Entry("numpy float, whole arrays", 1, _numpy_float),
    "pandas": Entry("pandas float", 1, _pandas),
    "polars-1": Entry("polars float expressions", 1, partial(_polars, 1)),
    "polars-2": Entry("polars float expressions", 2, partial(_polars, 2)),
    "numpy-blocked": Entry("numpy float, blocks, by an expert", 1, _numpy_blocked),
    "numpy-exact": Entry("numpy int64 with //, exact by hand", 1, _numpy_exact),
    "fractions": Entry("Python Fraction, exact by hand", 1, _fractions),
    "openfisca": Entry("OpenFisca-Core (float32)", 1, _openfisca),
    "zen": Entry("zen-engine, batch of rows", 1, _zen),
    "duckdb-double": Entry("DuckDB SQL, DOUBLE", 2, partial(_duckdb, "DOUBLE", 2)),
    "duckdb-decimal": Entry("DuckDB SQL, DECIMAL", 2, partial(_duckdb, "DECIMAL(9, 2)", 2)),
    **_of_perfrules(),
}


def thirty_five(copies: int = 1) -> Case:
    """Return the rubric, or so many of them under one total, as a case."""
    from benchmarks.table.competitors import numpy_exact

    of = rubric(copies)
    return Case(
        title=f"{len(of.leaves):,} indicators in three levels, leaves rounded to two decimals",
        rows=1_000_000,
        data=partial(numbers, copies),
        about=of,
        exact=lambda data: Scored(*numpy_exact.score(of, data.whole())),
        entries=COMPETITORS,
    )
