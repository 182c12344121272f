"""How the entities at hand stand to what is not proved for all data: which of them come so close to a turn of a
rounding or comparison that binary numbers could take them over.
"""

from __future__ import annotations

from collections.abc import Sequence

from perfrules.lang.exact import Exact
from perfrules.lang.rounding import TO_INTEGER_BELOW, round_exact
from perfrules.workbook.columns import Finding
from perfrules.workbook.values import Entity


def too_close(finding: Finding, entities: Sequence[Entity]) -> list[str] | None:
    """Name the entities that are not surely right; None where that is not known."""
    if finding.operand is None or finding.settled.digits is None:
        return None
    found: list[str] = []
    for entity in entities:
        value = entity.value(finding.operand)
        if isinstance(value, Exact):
            safe = _is_safe(value * finding.scale, finding)
            if safe is None:
                return None
            if not safe:
                found.append(entity.facts.entity)
    return found


def _is_safe(value: Exact, finding: Finding) -> bool | None:
    error = finding.near.error_up_to(abs(value))
    if error is None or finding.settled.digits is None:
        return None
    unit = Exact(1, 10**finding.settled.digits)
    distance = _distance(value, finding.boundary)
    if distance == 0:
        return error < unit * Exact(49, 100)
    return distance > unit * Exact(51, 100) + error


def _distance(value: Exact, boundary: Exact | None) -> Exact:
    """Return how far *value* is from the nearest turn."""
    if boundary is None:
        return abs(value)
    rest = value - round_exact(value / boundary, TO_INTEGER_BELOW) * boundary
    return min(rest, boundary - rest)
