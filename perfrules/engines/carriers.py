"""Which engine carries a table to the columns; whatever it is, it changes no digit."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

from perfrules.readers.supplied import Supply
from perfrules.tables.options import Engine, TableOptions
from perfrules.tables.score_table import Scores

Carrier: TypeAlias = Literal["duckdb", "spark"]

_CARRIERS: Final = get_args(Carrier)


def carrier_of(frame: object, engine: str | None) -> Carrier | None:
    """Return what carries *frame*: what is said, and Spark for its own data frames; None: it is in memory.

    >>> carrier_of([], "duckdb"), carrier_of([], "rows"), carrier_of([], None)
    ('duckdb', None, None)
    """
    if engine not in (None, *get_args(Engine), *_CARRIERS):
        known = ", ".join(repr(each) for each in (None, *get_args(Engine), *_CARRIERS))
        raise ValueError(f"engine is one of {known}, not {engine!r}")
    if engine in _CARRIERS:
        return "spark" if engine == "spark" else "duckdb"
    return "spark" if _is_of_spark(frame) else None


def carried(carrier: Carrier, rules: Scores, frame: Any, options: TableOptions, supplied: Supply | None = None) -> Any:
    """Return the results of *frame* as what it is: a relation of DuckDB (or a file, read by it), a frame of Spark."""
    if options.tables:
        raise ValueError(f"engine {carrier} takes tables of records as columns of lists, not as tables of their own")
    if carrier == "spark":
        from perfrules.engines.spark_engine import score_dataframe  # each needs its own extra

        if not _is_of_spark(frame):
            raise TypeError(f"engine spark takes a Spark data frame, not {type(frame).__name__}")
        return score_dataframe(rules, frame, options, supplied)
    from perfrules.engines.duckdb_engine import score_relation
    from perfrules.engines.duckdb_files import relation_of_file

    if isinstance(frame, str | Path):
        return score_relation(rules, relation_of_file(Path(frame)), options, supplied)
    if type(frame).__module__.partition(".")[0] not in ("duckdb", "_duckdb") or not hasattr(frame, "columns"):
        raise TypeError(f"engine duckdb takes a relation or the path of a file, not {type(frame).__name__}")
    return score_relation(rules, frame, options, supplied)


def _is_of_spark(frame: object) -> bool:
    return type(frame).__module__.startswith("pyspark.sql.") and hasattr(frame, "mapInArrow")
