"""Results of single entities as cells of columns: what `perfrules.writers.csv_table` writes as text, as values.

The total of a provisional result is null where it is open; then the ends of where it will lie stand in `total.lo` and
`total.hi`. An end that has not the column's places is moved outward to the next number that has: the total has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import ceil, floor
from typing import Any, Final, TypeAlias, assert_never

import numpy as np

from perfrules.batch.results import RatioCells
from perfrules.evaluate.result import Result, Status
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.tables.results.columns import ResultColumn, What
from perfrules.tables.results.doubles import next_double
from perfrules.tables.results.number_cells import stored_numbers
from perfrules.tables.results.stored import NOTHING, Stored
from perfrules.tables.results.written import Days, Decimals, Doubles, Ratios, Texts, Words, Written, YesOrNo

Cell: TypeAlias = Exact | bool | str | date | None

_EPOCH: Final = 719163


def stored_results(columns: Iterable[ResultColumn], results: Sequence[Result]) -> list[Stored]:
    """Return the cells of each Arrow column, in order, for *results* in theirs."""
    return [
        stored for column in columns for stored in stored_cells([_cell(column, result) for result in results], column)
    ]


def stored_cells(cells: Sequence[Cell], column: ResultColumn) -> tuple[Stored, ...]:
    """Return one column's cells, None for null."""
    written = column.written
    valid = np.array([cell is not None for cell in cells], np.bool_)
    match written:
        case Decimals() | Ratios() | Doubles():
            exact = [cell if isinstance(cell, Exact) else Exact(0) for cell in cells]
            ratios = RatioCells(
                _objects([each.numerator for each in exact]), _objects([each.denominator for each in exact])
            )
            return stored_numbers(ratios, column, valid) if valid.any() else (NOTHING,) * _width(written)
        case Words(texts=texts):
            codes = [0 if cell is None else texts.index(str(cell)) for cell in cells]
            return (Stored(np.array(codes, np.int8 if len(texts) < 128 else np.int32), valid),)
        case Texts():
            known = {text: code for code, text in enumerate(dict.fromkeys(str(each) for each in cells if each))}
            codes = [0 if cell is None else known[str(cell)] for cell in cells]
            return (Stored(np.array(codes, np.int32), valid, tuple(known)) if known else NOTHING,)
        case YesOrNo():
            return (Stored(np.array([cell is True for cell in cells], np.bool_), valid),)
        case Days():
            days = [cell.toordinal() - _EPOCH if isinstance(cell, date) else 0 for cell in cells]
            return (Stored(np.array(days, np.int32), valid),)
    assert_never(written)


def _cell(column: ResultColumn, result: Result) -> Cell:
    key = column.key
    match column.what:
        case What.STATUS:
            return result.status.value
        case What.TOTAL:
            return result.total
        case What.TOTAL_LO | What.TOTAL_HI:
            return _end(column, result)
        case What.GRADE:
            return result.grade
        case What.SCORE:
            return result.indicators[key].score if key in result.indicators else None
        case What.SCORE_STATUS:
            return result.indicators[key].status.value if key in result.indicators else None
        case What.LIGHT:
            return result.indicators[key].light if key in result.indicators else None
        case What.DECISION:
            return result.decisions.get(key)
        case What.ALERT:
            return result.alerts.get(key)
        case What.OUTPUT:
            return _value(result.outputs.get(key))
        case What.FLAG:
            return result.flags.get(key)
        case What.VETOES:
            return "; ".join(veto.reason for veto in result.vetoes) or None
        case What.LEFT_OUT:
            return " ".join(result.left_out) or None
        case What.PROBLEMS:
            return "; ".join(problem.code.value for problem in result.problems) or None
    assert_never(column.what)


def _value(value: object) -> Cell:
    return value if isinstance(value, Exact | bool | str | date) and not isinstance(value, State) else None


def _end(column: ResultColumn, result: Result) -> Exact | None:
    """Return one end of where an open total will lie."""
    if result.status is not Status.PROVISIONAL or result.total is not None or column.node is None:
        return None
    open_ = result.enclosures.get(column.node)
    if open_ is None or open_.numbers is None:
        return None
    if column.what is What.TOTAL_LO:
        return _fitted(open_.numbers.lo, floor, column.written)
    return _fitted(open_.numbers.hi, ceil, column.written)


def _fitted(end: Exact | None, outward: Callable[[Exact], int], written: Written) -> Exact | None:
    """Move an end to where the column can hold it; None where it is too far out to be held."""
    if isinstance(written, Doubles) and end is not None:
        return next_double(end, outward)
    grid = (
        10**written.places if isinstance(written, Decimals) else written.grid if isinstance(written, Ratios) else None
    )
    if end is None or grid is None:
        return end
    moved = Exact(outward(end * grid), grid)
    digits = written.precision if isinstance(written, Decimals) else 18
    return moved if abs(moved) * grid < 10**digits else None


def _objects(numbers: Sequence[int]) -> Any:
    held = np.empty(len(numbers), object)
    held[:] = numbers
    return held


def _width(written: Decimals | Ratios | Doubles) -> int:
    return 2 if isinstance(written, Ratios) else 1
