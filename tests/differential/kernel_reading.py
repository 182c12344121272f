"""What the kernel says of some rows, and how it came to know it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from perfrules.batch.kernel import Kernel
from perfrules.batch.results import BlockResult, CodeCells, NodeCells, RatioCells, ScaledCells
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from tests.differential.column_reading import Reading
from tests.differential.facts_block import FactsBlock
from tests.differential.facts_columns import FactsColumns

STRANGE = 41
"""One row in so many has a cell that cannot be taken as it stands."""


def read_by_kernel(kernel: Kernel, facts: Sequence[Facts], counts: Counter[str]) -> Reading:
    """Run a block of these rows."""
    columns = FactsColumns(kernel.plan, facts)
    columns.name_texts(kernel.texts)
    block = FactsBlock(columns, _strange(kernel.plan, len(facts)))
    found = kernel.run(block)
    _count(found, counts)
    nodes = {
        id_: (_values(cells), None if cells.states is None else cells.states.tolist())
        for id_, cells in found.nodes.items()
    }
    return Reading(nodes, found.aside.tolist(), {code: text for text, code in columns.codes.items()})


def _strange(plan: Plan, rows: int) -> dict[str, tuple[int, ...]]:
    """Let one cell of some rows be such that the row cannot be taken."""
    names = [each.name for each in plan.inputs if not each.fields]
    return {name: tuple(range(number, rows, STRANGE * len(names))) for number, name in enumerate(names)}


def _values(cells: NodeCells) -> list[Any] | None:
    """Return numbers as pairs of a numerator and a denominator, others as they are."""
    match cells.values:
        case ScaledCells(raw, scale):
            return [(_whole(each), scale) for each in raw.tolist()]
        case RatioCells(numerators, denominators):
            return list(zip(map(int, numerators.tolist()), map(int, denominators.tolist()), strict=True))
        case CodeCells(codes):
            return codes.tolist()  # type: ignore[no-any-return]
    return None


def _whole(raw: Any) -> Any:
    """Return a whole number as an integer; what is none, where nothing matters, as it is."""
    return int(raw) if isinstance(raw, int) or raw.is_integer() else raw


def _count(found: BlockResult, counts: Counter[str]) -> None:
    counts["cells recomputed"] += sum(found.recomputed.values())
    for cells in found.nodes.values():
        match cells.values:
            case ScaledCells(raw, _):
                counts[f"nodes as {raw.dtype}"] += 1
            case RatioCells(numerators, _):
                counts[f"nodes as ratios of {numerators.dtype}"] += 1
            case CodeCells(codes):
                counts[f"nodes as {codes.dtype}"] += 1
            case None:
                counts["nodes without values"] += 1


def count_proofs(kernel: Kernel, counts: Counter[str]) -> None:
    """Count how the roundings and comparisons are known to be exact."""
    counts.update({f"proof {proof.value}": number for proof, number in kernel.counts().items()})
    counts["programs made"] += kernel.programs_made
    joined, alone = kernel.joined_counts()
    counts.update({"instructions in machine code": joined, "instructions not in machine code": alone})
