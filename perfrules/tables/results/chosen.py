"""The columns of one table of results: all that the ruleset has or those asked for, as the data let them be written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from attrs import evolve

from perfrules.ir.plan import Plan
from perfrules.tables.results.columns import Forms, ResultColumn, result_columns
from perfrules.tables.results.overridden import reached_by_overrides
from perfrules.tables.results.written import as_doubles, as_ratios

_HALVES: Final = (".numerator", ".denominator")
_BOTH: Final = "stands for numerator and denominator, where there are both"


def chosen_columns(
    plan: Plan,
    forms: Forms,
    entity: str,
    *,
    overrides: bool = False,
    only: Sequence[str] | None = None,
    doubles: bool = False,
) -> tuple[ResultColumn, ...]:
    """Return the columns beside that headed *entity*; those called *only*, ValueError where one is not there.

    With *overrides* the data may hold some, of any decimals. With *doubles* numbers are written as float64.
    """
    columns = result_columns(plan, forms, entity)
    if only is not None:
        known = {entity, *(column.name for column in columns)}
        lost = set(only) - known
        if lost:
            halves = sorted({each.rpartition(".")[0] for each in lost if each.endswith(_HALVES)} & known)
            hint = f"; {', '.join(halves)} {_BOTH}" if halves else ""
            raise ValueError(f"ruleset {plan.name} has no results called {', '.join(sorted(lost))}{hint}")
        columns = tuple(column for column in columns if column.name in only)
    if doubles:
        return tuple(evolve(each, written=as_doubles(each.written)) for each in columns)
    if not overrides:
        return columns
    loose = reached_by_overrides(plan)
    return tuple(evolve(each, written=as_ratios(each.written)) if each.node in loose else each for each in columns)
