"""Results as a CSV table that Excel opens: one entity a row, UTF-8 with a byte order mark.

Numbers are decimals. A column in which some number has no terminating decimal is two, NAME.numerator and
NAME.denominator (Excel would take `1/3` for a day). A provisional number is empty, and the ends of the total stand in
`total.lo` and `total.hi`. A text that Excel would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact, as_text, decimal_places
from perfrules.lang.states import State
from perfrules.writers.result_tree import number_or_open
from perfrules.writers.rubric_codes import codes_of, lit_codes_of

Column: TypeAlias = tuple[str, list[str]]
Cell: TypeAlias = Exact | bool | str | None

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(plan: Plan, results: Iterable[Result], *, together: bool = False) -> bytes:
    """Write *results* in their order; of rulesets that were scored *together*, with a column that names them."""
    found = tuple(results)
    columns = [
        _texts("entity", [result.entity for result in found]),
        *([_texts("ruleset", [result.plan.name for result in found])] if together else []),
        _texts("status", [result.status.value for result in found]),
        *_numbers("total", [result.total for result in found]),
        *((f"total.{end}", ends(found, end)) for end in ("lo", "hi")),
        *([_texts("grade", [result.grade for result in found])] if plan.grades else []),
        *(column for code in codes_of(plan) for column in _numbers(code, [_score(each, code) for each in found])),
        *(_texts(f"{code}.light", [_light(each, code) for each in found]) for code in lit_codes_of(plan)),
        *_named(found, [each.name for each in plan.decisions], lambda each, name: each.decisions.get(name)),
        *_named(found, [each.name for each in plan.alerts], lambda each, name: each.alerts.get(name)),
        *_named(found, [each.name for each in plan.outputs], lambda each, name: _output(each, name)),
        *_named(found, plan.flags, lambda each, name: each.flags.get(name)),
        _texts("vetoes", ["; ".join(veto.reason for veto in result.vetoes) for result in found]),
        _texts("left_out", [" ".join(result.left_out) for result in found]),
        _texts("problems", ["; ".join(problem.code.value for problem in result.problems) for result in found]),
    ]
    return _written(columns, len(found))


def _written(columns: Sequence[Column], rows: int) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([safe(heading) for heading, _ in columns])
    writer.writerows([cells[row] for _, cells in columns] for row in range(rows))
    return text.getvalue().encode("utf-8-sig")


def _texts(heading: str, texts: Sequence[str | None]) -> Column:
    return heading, [safe(text or "") for text in texts]


def _numbers(heading: str, numbers: Sequence[Exact | None]) -> list[Column]:
    if all(number is None or decimal_places(number) is not None for number in numbers):
        return [(heading, ["" if number is None else as_text(number) for number in numbers])]
    tops = ["" if number is None else str(number.numerator) for number in numbers]
    below = ["" if number is None else str(number.denominator) for number in numbers]
    return [(f"{heading}.numerator", tops), (f"{heading}.denominator", below)]


def ends(results: Iterable[Result], end: str) -> list[str]:
    """Return one end of each total that is open; what does not terminate stays `p/q` behind an apostrophe."""
    intervals = [number_or_open(result, result.total, "rounded total", "total") for result in results]
    texts = [interval[end] if isinstance(interval, dict) else None for interval in intervals]
    return [f"'{text}" if text and "/" in text else text or "" for text in texts]


def _named(results: Sequence[Result], names: Sequence[str], read: Callable[[Result, str], Cell]) -> list[Column]:
    columns: list[Column] = []
    for name in names:
        cells = [read(result, name) for result in results]
        if any(isinstance(cell, Exact) for cell in cells):
            columns += _numbers(name, [cell if isinstance(cell, Exact) else None for cell in cells])
        else:
            columns.append(_texts(name, [_shown(cell) for cell in cells]))
    return columns


def _shown(cell: Cell) -> str:
    return {None: "", True: "yes", False: "no"}[cell] if cell is None or isinstance(cell, bool) else str(cell)


def _score(result: Result, code: str) -> Exact | None:
    return result.indicators[code].score if code in result.indicators else None


def _light(result: Result, code: str) -> str | None:
    return result.indicators[code].light if code in result.indicators else None


def _output(result: Result, name: str) -> Cell:
    value = result.outputs.get(name)
    if value is None or isinstance(value, State | tuple):
        return None
    return value if isinstance(value, Exact | bool | str) else value.isoformat()


def safe(text: str) -> str:
    """Keep Excel from taking a text for a formula.

    >>> safe("=1+1"), safe("wheat")
    ("'=1+1", 'wheat')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
