"""Ledgers: a base with additions and deductions, held between limits."""

from functools import reduce

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang import interval
from perfrules.lang.exact import Exact
from perfrules.prove import lattice
from perfrules.prove.enclosure import Enclosure, exactly, hull_of
from perfrules.prove.families.arithmetic import hold, strict
from perfrules.prove.scene import Scene


def ledger(expr: Expr, scene: Scene) -> Enclosure:
    """Enclose a ledger; where a condition zeroes it, the sum is 0 whatever the lines are."""
    assert isinstance(expr, core.Ledger)
    base = scene.enclose(expr.base)
    amounts = [scene.enclose(line.amount) for line in expr.lines]
    zeroed = [scene.enclose(condition) for condition in expr.zeroed]
    floor = None if expr.floor is None else scene.enclose(expr.floor)
    ceiling = None if expr.ceiling is None else scene.enclose(expr.ceiling)
    return hold(hull_of(_sums(expr, base, amounts, zeroed)), floor, ceiling)


def ledger_sum(expr: core.Ledger, base: Enclosure, amounts: list[Enclosure]) -> Enclosure:
    """Enclose base and lines added up, before any condition zeroes them."""
    signed = [_signed(line.sign, amount) for line, amount in zip(expr.lines, amounts, strict=True)]
    parts = [base, *signed]
    return strict(parts, lambda numbers: reduce(interval.add, numbers), lattice.common([part.step for part in parts]))


def _sums(expr: core.Ledger, base: Enclosure, amounts: list[Enclosure], zeroed: list[Enclosure]) -> list[Enclosure]:
    found: list[Enclosure] = []
    if any(True in condition.booleans for condition in zeroed):
        found.append(exactly(Exact(0)))
    if not any(condition.booleans == {True} and not condition.states for condition in zeroed):
        states = frozenset(state for condition in zeroed for state in condition.states)
        found += [ledger_sum(expr, base, amounts), Enclosure(states=states)]
    return found


def _signed(sign: int, amount: Enclosure) -> Enclosure:
    if sign > 0:
        return amount
    return strict((amount,), lambda numbers: interval.negate(numbers[0]), amount.step)
