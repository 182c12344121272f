"""Candidates in conditions: each comparison of numbers, taken across its threshold."""

from collections.abc import Iterator

from perfrules.evaluate.numbering import Placed
from perfrules.explain.changes.target import Target, toward
from perfrules.explain.reading import Reading, all_placed
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp

_MIRRORED = {
    CompareOp.LESS: CompareOp.GREATER,
    CompareOp.AT_MOST: CompareOp.AT_LEAST,
    CompareOp.GREATER: CompareOp.LESS,
    CompareOp.AT_LEAST: CompareOp.AT_MOST,
}


def targets(reading: Reading, condition: Placed, construct: str) -> Iterator[Target]:
    """Yield for each comparison that was looked at what would turn it round."""
    for part in all_placed(condition):
        if isinstance(part.expr, core.Compare) and isinstance(reading.value(part), bool):
            left, right = part.parts
            holds = reading.value(part) is True
            for subject, limit, op in ((left, right, part.expr.op), (right, left, _mirror(part.expr.op))):
                target = _across(reading, subject, limit, op, holds, construct)
                if target is not None:
                    yield target


def _mirror(op: CompareOp) -> CompareOp:
    return _MIRRORED.get(op, op)


def _across(
    reading: Reading, subject: Placed, limit: Placed, op: CompareOp, holds: bool, construct: str
) -> Target | None:
    now, to = reading.exact(subject), reading.exact(limit)
    if now is None or to is None or isinstance(subject.expr, core.Const):
        return None
    if op in (CompareOp.EQUAL, CompareOp.UNEQUAL):
        return toward(construct, subject, now, to) if now != to and holds == (op is CompareOp.UNEQUAL) else None
    asks_for_more = op in (CompareOp.GREATER, CompareOp.AT_LEAST)
    strict = op in (CompareOp.GREATER, CompareOp.LESS)
    return Target(construct, subject, now, to, upward=asks_for_more != holds, beyond=strict != holds)
