"""Which way each class of expressions goes, its operands' directions being known."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CombineOp, CompareOp, Expr, LogicOp, ShareRule
from perfrules.lang.states import State
from perfrules.prove import direction_of_choices as choices
from perfrules.prove.directions import OPEN, SAME, Direction, together
from perfrules.prove.enclosure import Enclosure
from perfrules.prove.families.shares import times
from perfrules.prove.scene import Visit


def _arithmetic(visit: Visit, parts: Sequence[Direction]) -> Direction:
    expr, values = visit.expr, [part.value for part in visit.parts]
    assert isinstance(expr, core.Arith)
    match expr.op:
        case ArithOp.ADD | ArithOp.MINIMUM | ArithOp.MAXIMUM:
            return together(parts)
        case ArithOp.SUBTRACT:
            return together((parts[0], parts[1].flipped()))
        case ArithOp.NEGATE:
            return parts[0].flipped()
        case ArithOp.MULTIPLY:
            return reduce(_times, list(zip(parts, values, strict=True))[1:], (parts[0], values[0]))[0]
        case ArithOp.DIVIDE:
            return together((_signed(parts[0], values[1]), _signed(parts[1].flipped(), values[0])))
        case ArithOp.ABSOLUTE:
            return _signed(parts[0], values[0])
        case _:
            return OPEN


def _times(first: tuple[Direction, Enclosure], second: tuple[Direction, Enclosure]) -> tuple[Direction, Enclosure]:
    found = together((_signed(first[0], second[1]), _signed(second[0], first[1])))
    return found, times(first[1].values_only(), second[1].values_only())


def _signed(direction: Direction, factor: Enclosure) -> Direction:
    """Return the direction after multiplying with a factor of one sign."""
    if direction is SAME:
        return SAME
    numbers = factor.numbers
    if numbers is None or (numbers.lo is not None and numbers.lo >= 0):
        return direction
    return direction.flipped() if numbers.hi is not None and numbers.hi <= 0 else OPEN


def _parts(visit: Visit, parts: Sequence[Direction]) -> Direction:
    distance, step = (part.value for part in visit.parts)
    return together((_signed(parts[0], step), _signed(parts[1].flipped(), distance)))


def _rising(visit: Visit, parts: Sequence[Direction]) -> Direction:
    return together(parts)


def _logic(visit: Visit, parts: Sequence[Direction]) -> Direction:
    assert isinstance(visit.expr, core.Logic)
    return parts[0].flipped() if visit.expr.op is LogicOp.NOT else together(parts)


def _compare(visit: Visit, parts: Sequence[Direction]) -> Direction:
    assert isinstance(visit.expr, core.Compare)
    rising = together((parts[0], parts[1].flipped()))
    match visit.expr.op:
        case CompareOp.GREATER | CompareOp.AT_LEAST:
            return rising
        case CompareOp.LESS | CompareOp.AT_MOST:
            return rising.flipped()
        case _:
            return OPEN


def _ledger(visit: Visit, parts: Sequence[Direction]) -> Direction:
    expr = visit.expr
    assert isinstance(expr, core.Ledger)
    count = len(expr.lines)
    lines = [part if line.sign > 0 else part.flipped() for line, part in zip(expr.lines, parts[1:], strict=False)]
    zeroed = parts[1 + count : 1 + count + len(expr.zeroed)]
    limits = parts[1 + count + len(expr.zeroed) :]
    never_negative = (
        visit.value.numbers is not None and visit.value.numbers.lo is not None and visit.value.numbers.lo >= 0
    )
    falls = [each.flipped() if never_negative else OPEN for each in zeroed if each is not SAME]
    return together((parts[0], *lines, *falls, *limits))


def _combine(visit: Visit, parts: Sequence[Direction]) -> Direction:
    """A sum or mean goes with its members, as long as who is excluded and what they weigh stays the same."""
    expr = visit.expr
    assert isinstance(expr, core.Combine)
    remaining, members = list(zip(visit.parts, parts, strict=True)), list[Direction]()
    for member in expr.members:
        value, direction = remaining.pop(0)
        sizes = [remaining.pop(0)[1] for size in (member.weight, member.full) if size is not None]
        leaving = {State.EXCLUDED, State.MISSING} if expr.op is CombineOp.FIRST_AVAILABLE else {State.EXCLUDED}
        may_leave = bool(leaving & value.value.states) and direction is not SAME
        if any(size is not SAME for size in sizes) or may_leave:
            return OPEN
        members.append(direction)
    rescaled = expr.share in (ShareRule.RESCALE, ShareRule.TO) and expr.op is CombineOp.SUM
    return together(members) if not rescaled or all(_has_no_negative(part) for part in visit.parts) else OPEN


def _has_no_negative(visit: Visit) -> bool:
    numbers = visit.value.numbers
    return numbers is None or (numbers.lo is not None and numbers.lo >= 0)


RULES: Final[Mapping[type[Expr], Callable[[Visit, Sequence[Direction]], Direction]]] = MappingProxyType(
    {
        core.Arith: _arithmetic,
        core.Parts: _parts,
        core.Round: _rising,
        core.Clamp: _rising,
        core.Overridable: _rising,
        core.Logic: _logic,
        core.Compare: _compare,
        core.Select: choices.select,
        core.Steps: choices.step_table,
        core.Lines: choices.lines,
        core.Ledger: _ledger,
        core.Combine: _combine,
    }
)
