"""Results that columns can hold: one with a number of more digits than its column has is refused, and says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import evolve

from perfrules.batch.results import BlockResult
from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.evaluate.result import Result
from perfrules.tables.results.columns import ResultColumn
from perfrules.tables.results.from_block import BlockReader
from perfrules.tables.results.from_results import stored_results
from perfrules.tables.results.number_cells import NumbersTooLarge
from perfrules.tables.results.stored import Stored


def held_results(
    columns: Sequence[ResultColumn], results: Sequence[Result], place_of: Callable[[int], DataPlace]
) -> tuple[list[Result], list[Stored]]:
    """Return *results* as they can be held, and their cells; *place_of* tells where the entity of each stands."""
    held = [*results]
    while True:
        try:
            return held, stored_results(columns, held)
        except NumbersTooLarge as found:
            for row in found.rows:
                held[row] = _refused(held[row], found.name, place_of(row))


def held_block(reader: BlockReader, found: BlockResult) -> tuple[BlockResult, list[Stored]]:
    """Return the cells of a block; rows with numbers that are too large are put aside."""
    while True:
        try:
            return found, reader.stored(found)
        except NumbersTooLarge as beyond:
            aside = found.aside.copy()
            aside[[*beyond.rows]] = True
            found = evolve(found, aside=aside)


def _refused(result: Result, name: str, place: DataPlace) -> Result:
    where = evolve(place, entity=result.entity)
    problem = Diagnostic(Code.RESULT_TOO_LARGE, args={"name": name, "entity": result.entity}, where=where)
    return Result(entity=result.entity, plan=result.plan, problems=(*result.problems, problem))
