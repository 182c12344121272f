"""What is asked of one entity's facts before they are scored: the date, the ruleset's own checks of its data."""

from __future__ import annotations

from attrs import evolve

from perfrules.as_of import as_of_problem
from perfrules.diagnostics import has_errors
from perfrules.evaluate.data_checks import check_data
from perfrules.ir.plan import Plan
from perfrules.readers.rows import EntityRow


def checked_row(plan: Plan, row: EntityRow) -> EntityRow:
    """Return *row* with what was found; without facts where the entity cannot be scored."""
    if row.facts is None:
        return row
    undated = as_of_problem(plan, row.facts.as_of)
    found = check_data(plan, row.facts, row.place) if undated is None else (undated,)
    if not found:
        return row
    return evolve(row, facts=None if has_errors(found) else row.facts, problems=(*row.problems, *found))
