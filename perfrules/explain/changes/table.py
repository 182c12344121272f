"""Where candidates come from, by the method at the heart of the marks."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.evaluate.numbering import Placed
from perfrules.explain.changes import bands, conditions, curve, tally
from perfrules.explain.changes.target import Target, natural_unit, one_further, subject_of, toward
from perfrules.explain.reading import Reading, all_placed
from perfrules.ir import expressions as core
from perfrules.ir.plan import Role


def targets_of(reading: Reading, heart: Placed) -> Iterator[Target]:
    """Yield every candidate, in the order of the rule."""
    match heart.expr:
        case core.Lines():
            yield from curve.targets(reading, heart)
        case core.Steps():
            yield from bands.targets(reading, heart)
        case core.Ledger():
            yield from tally.targets(reading, heart)
        case core.Select():
            for condition in heart.parts[:-1:2]:
                yield from conditions.targets(reading, condition, "case")
            yield from _small_steps(reading, heart, "case")
        case core.Judged() | core.Combine():
            return
        case _:
            yield from _small_steps(reading, heart, "formula")


def _small_steps(reading: Reading, heart: Placed, construct: str) -> Iterator[Target]:
    """Yield one natural unit more and less of each measure and each input a formula reads."""
    seen: list[object] = []
    for part in all_placed(heart):
        if part.expr in seen or not reading.was_evaluated(part) or not _is_read(reading, part):
            continue
        seen.append(part.expr)
        found = subject_of(reading, part)
        if found is not None:
            now, kind = found
            for upward in (True, False):
                yield toward(construct, part, now, one_further(now, natural_unit(kind), upward=upward))


def _is_read(reading: Reading, part: Placed) -> bool:
    match part.expr:
        case core.Input():
            return True
        case core.NodeRef(id=id_):
            node = reading.index.nodes.get(id_)
            return node is not None and node.role in (Role.MEASURE, Role.LET)
    return False
