"""Tables of results read back, row by row, and what the results of single entities say should stand there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pyarrow as pa

from perfrules.api import Result
from perfrules.ir.plan import Plan
from perfrules.lang.states import State
from perfrules.writers.rubric_codes import codes_of, lit_codes_of

Row = dict[str, object]


def rows_of(table: pa.Table) -> list[Row]:
    """Return the rows of a table of results; numbers as fractions, those in two columns put together again."""
    columns: dict[str, list[object]] = {}
    for name in table.column_names:
        if name.endswith(".denominator"):
            continue
        cells = table[name].to_pylist()
        if name.endswith(".numerator"):
            stem = name.removesuffix(".numerator")
            below = table[f"{stem}.denominator"].to_pylist()
            pairs = zip(cells, below, strict=True)
            columns[stem] = [None if top is None else _lowest(int(top), int(bottom)) for top, bottom in pairs]
        elif pa.types.is_decimal(table[name].type):
            columns[name] = [None if cell is None else Fraction(cell) for cell in cells]
        else:
            columns[name] = cells
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _lowest(top: int, bottom: int) -> Fraction:
    found = Fraction(top, bottom)
    assert (found.numerator, found.denominator) == (top, bottom), "in lowest terms"
    return found


def expected_row(plan: Plan, result: Result) -> Row:
    """Return what a table says of *result*, without the entity; the ends of an open total as the result knows them."""
    row: Row = {"status": result.status.value, "total": result.total, **_ends(result)}
    if plan.grades:
        row["grade"] = result.grade
    for code in codes_of(plan):
        found = result.indicators.get(code)
        row[code] = None if found is None else found.score
        row[f"{code}.status"] = None if found is None else found.status.value
    for code in lit_codes_of(plan):
        found = result.indicators.get(code)
        row[f"{code}.light"] = None if found is None else found.light
    for outlines, values in ((plan.decisions, result.decisions), (plan.alerts, result.alerts)):
        row |= {each.name: values.get(each.name) for each in outlines}
    row |= {each.name: _value(result.outputs.get(each.name)) for each in plan.outputs}
    row |= {name: result.flags.get(name) for name in plan.flags}
    row["vetoes"] = "; ".join(veto.reason for veto in result.vetoes) or None
    row["left_out"] = " ".join(result.left_out) or None
    row["problems"] = "; ".join(problem.code.value for problem in result.problems) or None
    return row


def _value(value: object) -> object:
    return None if isinstance(value, State) else value


def _ends(result: Result) -> Row:
    known: Mapping[str, Any] = result.enclosures
    open_ = next((known[node].numbers for node in ("rounded total", "total") if node in known), None)
    if open_ is None or result.total is not None:
        return {"total.lo": None, "total.hi": None}
    return {"total.lo": open_.lo, "total.hi": open_.hi}


def differences(plan: Plan, table: pa.Table, results: Iterable[Result]) -> list[str]:
    """Return where *table* says something else than *results*; ends may be up to one further out."""
    found, entity = [], table.column_names[0]
    for row, result in zip(rows_of(table), results, strict=True):
        expected: Row = {entity: result.entity, **expected_row(plan, result)}
        if list(row) != list(expected):
            return [f"columns {list(row)} instead of {list(expected)}"]
        for name, value in expected.items():
            if not _agrees(name, row[name], value):
                found.append(f"{result.entity} {name}: {row[name]} instead of {value}")
    return found


def _agrees(name: str, found: object, expected: object) -> bool:
    if name == "total.lo" and isinstance(found, Fraction) and isinstance(expected, Fraction):
        return expected - 1 < found <= expected
    if name == "total.hi" and isinstance(found, Fraction) and isinstance(expected, Fraction):
        return expected <= found < expected + 1
    return found == expected and isinstance(found, date) == isinstance(expected, date)
