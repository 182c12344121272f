"""Scores as a table for a reader at a terminal: one row per entity, one column per top indicator."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from perfrules.cli.shared import words
from perfrules.evaluate.result import Result, Status
from perfrules.ir.plan import OutlineItem, Plan
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.interval import Interval

WIDTH = 200


def score_table(plan: Plan, results: Iterable[Result], lang: str, *, colour: bool) -> str:
    """Lay out the results; open values are shown as what is still possible, `82 … 90`."""
    text = words(lang)
    table = Table(box=None, pad_edge=False, header_style="bold" if colour else "")
    table.add_column(plan.entity_title or plan.entity_name)
    for item in plan.outline:
        table.add_column(item.title or item.short, justify="right")
    if plan.total_full is not None:
        table.add_column(text.text("score.total", {}), justify="right")
    if plan.grades:
        table.add_column(text.text("score.grade", {}))
    table.add_column(text.text("score.status", {}))
    if plan.decisions:
        table.add_column(text.text("score.decisions", {}))
    for result in results:
        table.add_row(*_row(plan, result, lang))
    screen = Console(file=io.StringIO(), width=WIDTH, force_terminal=colour, highlight=False, legacy_windows=False)
    screen.print(table)
    assert isinstance(screen.file, io.StringIO)
    return "\n".join(line.rstrip() for line in screen.file.getvalue().splitlines()) + "\n"


def _row(plan: Plan, result: Result, lang: str) -> list[str]:
    cells = [result.entity, *(_indicator(result, item) for item in plan.outline)]
    if plan.total_full is not None:
        node = "rounded total" if "rounded total" in {each.id for each in plan.nodes} else "total"
        cells.append(_number(result, result.total, node))
    if plan.grades:
        cells.append(result.grade or _open_grade(result))
    cells.append(words(lang).text(f"score.{result.status.value}", {}))
    if plan.decisions:
        cells.append(", ".join(item.name for item in plan.decisions if result.decisions.get(item.name)))
    return cells


def _indicator(result: Result, item: OutlineItem) -> str:
    if result.status is Status.REFUSED or item.code not in result.indicators:
        return "—"
    found = result.indicators[item.code]
    if found.score is None and found.status.value == "excluded":
        return "—"
    return _number(result, found.score, item.code)


def _number(result: Result, value: Exact | None, node: str) -> str:
    if value is not None:
        return shown(value)
    found = result.enclosures.get(node)
    return "—" if found is None or found.numbers is None else _range(found.numbers)


def _open_grade(result: Result) -> str:
    found = result.enclosures.get("grade")
    if found is None or found.texts is None:
        return "—"
    return " / ".join(grade for grade in result.plan.grades if grade in found.texts)


def _range(interval: Interval) -> str:
    low = "…" if interval.lo is None else shown(interval.lo)
    high = "…" if interval.hi is None else shown(interval.hi)
    return low if low == high else f"{low} … {high}"


def shown(value: Exact) -> str:
    """Write a number for a table: exactly where it terminates within four decimals, else to four decimals with `≈`.

    >>> shown(Exact(15, 2)), shown(Exact(2, 3))
    ('7.5', '≈0.6667')
    """
    text = as_text(value)
    if "/" not in text and len(text.partition(".")[2]) <= 4:
        return text
    from perfrules.lang.rounding import Decimals, Mode, Rounding, round_exact

    return "≈" + as_text(round_exact(value, Rounding(Mode.HALF_UP, Decimals(4))))
