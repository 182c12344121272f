"""Candidates in a tally: one part less of what takes marks off, one part more of what adds them."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.evaluate.numbering import Placed
from perfrules.explain.changes import conditions
from perfrules.explain.changes.target import Target, subject_of, toward
from perfrules.explain.ledger import Distance, Line, every_account
from perfrules.explain.reading import Reading
from perfrules.ir import expressions as core
from perfrules.ir.expressions import PartsRule
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import TO_INTEGER_ABOVE, TO_INTEGER_BELOW, round_exact


def targets(reading: Reading, placed: Placed) -> Iterator[Target]:
    """Yield what one part less or more would take, line by line; nested tallies too."""
    for account in every_account(placed):
        for condition in account.zeroed:
            yield from conditions.targets(reading, condition, "zero line")
        for line in account.lines:
            yield from _line(reading, line)


def _line(reading: Reading, line: Line) -> Iterator[Target]:
    if line.condition is not None:
        yield from conditions.targets(reading, line.condition, "tally line")
    if line.excuse is not None:
        yield from conditions.targets(reading, line.excuse, "tally line")
    if line.steps is not None:
        yield from _steps(reading, line, line.steps)
    elif line.count is not None and not isinstance(line.count.expr, core.TableAggregate):
        found = subject_of(reading, line.count)
        if found is not None:
            now = found[0]
            if line.sign > 0 or now > 0:
                yield toward("tally line", line.count, now, now + 1 if line.sign > 0 else max(now - 1, Exact(0)))


def _steps(reading: Reading, line: Line, steps: Placed) -> Iterator[Target]:
    """Yield the distance with one part less (or more), seen on the subject of the distance."""
    assert isinstance(steps.expr, core.Parts)
    held, step = (reading.exact(part) for part in steps.parts)
    if held is None or step is None or step <= 0:
        return
    counted = min(held, _distance_at_cap(reading, line, step) or held)
    moved = _less(counted, step, steps.expr.rule) if line.sign < 0 else _more(held, step, steps.expr.rule)
    if moved is None:
        return
    to, beyond = moved
    if line.distance is not None:
        yield from _on_subject(reading, line.distance, to, beyond, closer=line.sign < 0)
        if line.sign < 0 and to > 0:
            yield from _on_subject(reading, line.distance, Exact(0), False, closer=True)
    else:
        now = reading.exact(steps.parts[0])
        if now is not None:
            yield Target("tally line", steps.parts[0], now, to, upward=line.sign > 0, beyond=beyond)


def _distance_at_cap(reading: Reading, line: Line, step: Exact) -> Exact | None:
    """Return the distance at which the cap of a line begins to hold; None where it does not hold."""
    if line.cap is None or line.amount is None or line.absorbed(reading) == 0:
        return None
    cap, amount = reading.exact(line.cap), reading.exact(line.amount)
    return cap / amount * step if cap is not None and amount else None


def _less(distance: Exact, step: Exact, rule: PartsRule) -> tuple[Exact, bool] | None:
    """Return the distance that holds one part less, and whether it has to be passed; None where there is no part."""
    held = distance / step
    match rule:
        case PartsRule.EXACT:
            return (max(distance - step, Exact(0)), False) if distance > 0 else None
        case PartsRule.STARTED:
            parts = round_exact(held, TO_INTEGER_ABOVE)
            return ((parts - 1) * step, False) if parts > 0 else None
        case PartsRule.WHOLE:
            parts = round_exact(held, TO_INTEGER_BELOW)
            return (parts * step, True) if parts > 0 else None


def _more(distance: Exact, step: Exact, rule: PartsRule) -> tuple[Exact, bool]:
    """Return the distance that holds one part more, and whether it has to be passed."""
    held = distance / step
    match rule:
        case PartsRule.EXACT:
            return distance + step, False
        case PartsRule.STARTED:
            return round_exact(held, TO_INTEGER_ABOVE) * step, True
        case PartsRule.WHOLE:
            return (round_exact(held, TO_INTEGER_BELOW) + 1) * step, False


def _on_subject(reading: Reading, distance: Distance, to: Exact, beyond: bool, *, closer: bool) -> Iterator[Target]:
    """Say a distance on what lies that far from its reference."""
    now, reference = reading.exact(distance.subject), reading.exact(distance.reference)
    if now is None or reference is None:
        return
    above = distance.direction == "above" or (distance.direction == "away from" and now >= reference)
    goal = reference + to if above else reference - to
    yield Target("tally line", distance.subject, now, goal, upward=above != closer, beyond=beyond)
