"""Which way an expression goes when one input grows and everything else stays."""

from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from functools import reduce
from itertools import pairwise

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CombineOp, CompareOp, Expr, LogicOp, ShareRule
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, hull
from perfrules.lang.states import State
from perfrules.prove.enclosure import UNKNOWN, Enclosure
from perfrules.prove.families.shares import times
from perfrules.prove.families.steps import Taken, ends_of, remains, taken_by, whole_of
from perfrules.prove.scene import Scene, Visit
from perfrules.prove.survey import Survey


class Direction(Enum):
    """Never changes, never falls, never rises, or not known."""

    SAME = "same"
    UP = "up"
    DOWN = "down"
    OPEN = "open"

    def flipped(self) -> "Direction":
        """Return the direction of the opposite number."""
        return {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}.get(self, self)


SAME, UP, DOWN, OPEN = Direction.SAME, Direction.UP, Direction.DOWN, Direction.OPEN


def together(directions: Iterable[Direction]) -> Direction:
    """Return the direction of what never falls when any of its parts rises.

    >>> together([SAME, UP]), together([UP, DOWN])
    (<Direction.UP: 'up'>, <Direction.OPEN: 'open'>)
    """
    found = {direction for direction in directions if direction is not SAME}
    if not found:
        return SAME
    return found.pop() if len(found) == 1 else OPEN


def direction_of(survey: Survey, node: str, input_name: str) -> Direction:
    """Return which way the value of *node* goes when input *input_name* grows, where it has a value at all."""
    known: dict[str, Direction] = {}
    for each in survey.plan.nodes:
        known[each.id] = _Walker(input_name, known).go(survey.visits[each.id])
        if each.id == node:
            return known[node]
    return OPEN


class _Walker:
    """Goes through the visits of one node; *known* has the directions of the nodes before it."""

    def __init__(self, input_name: str, known: dict[str, Direction]) -> None:
        self.input_name = input_name
        self.known = known

    def go(self, visit: Visit) -> Direction:
        parts = [self.go(part) for part in visit.parts]
        match visit.expr:
            case core.Input(name=name):
                return UP if name == self.input_name else SAME
            case core.NodeRef(id=id_):
                return self.known.get(id_, OPEN)
        if all(part is SAME for part in parts):
            return SAME
        if isinstance(visit.expr, core.Recover):
            return together(parts) if self._state_is_fixed(visit.expr, visit.scene) else OPEN
        rule = _RULES.get(type(visit.expr))
        return OPEN if rule is None else rule(visit, parts)

    def _state_is_fixed(self, expr: core.Recover, scene: Scene) -> bool:
        """Tell whether only the input itself can bring about the state: then it does not come and go as it grows."""
        waiting, seen = [expr.operand], set[str]()
        while waiting:
            for part in everything(waiting.pop()):
                match part:
                    case core.StateConst(state=state) if state is expr.state:
                        return False
                    case core.Input(name=name) if name != self.input_name:
                        if expr.state in scene.world.inputs.get(name, UNKNOWN).states:
                            return False
                    case core.TableAggregate() | core.Judged():
                        return False
                    case core.NodeRef(id=id_) if id_ not in seen and id_ in scene.world.nodes:
                        seen.add(id_)
                        waiting.append(scene.world.nodes[id_].expr)
        return True


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


def _select(visit: Visit, parts: Sequence[Direction]) -> Direction:
    """Cases are nested choices: where a condition that grows true is met, its value must not lie below what follows."""
    expr = visit.expr
    assert isinstance(expr, core.Select)
    remaining = list(zip(visit.parts, parts, strict=True))
    chain: list[tuple[Direction, Visit, Direction]] = []
    for reached in visit.reached[:-1]:
        if not remaining or len(remaining) == 1:
            break
        condition = remaining.pop(0)[1]
        if reached:
            value, direction = remaining.pop(0)
            chain.append((condition, value, direction))
    # A condition that always holds makes its case the last one.
    last, found = remaining[0] if remaining else chain.pop()[1:]
    below = last.value.numbers
    for condition, value, direction in reversed(chain):
        found = together((found, direction, _switch(condition, value.value.numbers, below)))
        below = _wider(below, value.value.numbers)
    return found


def _switch(condition: Direction, value: Interval | None, otherwise: Interval | None) -> Direction:
    """Return the way things go when *condition* turns from false to true; a branch without a value does not count."""
    if condition is SAME or value is None or otherwise is None:
        return SAME
    if _not_below(value, otherwise) and condition is not OPEN:
        return condition
    return condition.flipped() if _not_below(otherwise, value) and condition is not OPEN else OPEN


def _not_below(one: Interval, other: Interval) -> bool:
    return one.lo is not None and other.hi is not None and one.lo >= other.hi


def _wider(one: Interval | None, other: Interval | None) -> Interval | None:
    if one is None or other is None:
        return one or other
    return hull(one, other)


def _steps(visit: Visit, parts: Sequence[Direction]) -> Direction:
    """Bands with constant edges go one way if their values do in the order of the bands."""
    expr = visit.expr
    assert isinstance(expr, core.Steps)
    subject, rest = parts[0], list(zip(visit.parts[1:], parts[1:], strict=True))
    bands: list[tuple[Interval, Interval]] = []
    values: list[Direction] = []
    for step, reached in zip(expr.steps, visit.reached, strict=False):
        ends = [rest.pop(0) for _ in ends_of(step.takes)]
        if any(direction is not SAME for _, direction in ends):
            return OPEN
        if not reached:
            continue
        value, direction = rest.pop(0)
        taken = taken_by(step.takes, [end.value for end, _ in ends])
        if value.value.numbers is None or len(taken.surely) != 1 or taken.surely != taken.maybe:
            return OPEN
        bands.append((taken.surely[0], value.value.numbers))
        values.append(direction)
    if rest:
        if subject is not SAME:
            return _with_otherwise(visit, subject, bands, rest[0][0].value.numbers, [*values, rest[0][1]])
        values.append(rest[0][1])
    return together((*values, _through(subject, [height for _, height in sorted(bands, key=_start)])))


def _with_otherwise(
    visit: Visit,
    subject: Direction,
    bands: list[tuple[Interval, Interval]],
    otherwise: Interval | None,
    values: list[Direction],
) -> Direction:
    """`otherwise` must lie wholly below or wholly above all bands to have a place in their order."""
    left = whole_of(visit.parts[0].value)
    for band, _ in bands:
        left = remains(left, Taken((band,), (band,)))
    if otherwise is None or len(left.pieces) != 1:
        return OPEN
    ordered = sorted([*bands, (left.pieces[0], otherwise)], key=_start)
    return together((*values, _through(subject, [height for _, height in ordered])))


def _start(band: tuple[Interval, Interval]) -> tuple[bool, Exact, bool]:
    return band[0].lo is not None, band[0].lo or Exact(0), not band[0].lo_closed


def _through(subject: Direction, heights: Sequence[Interval]) -> Direction:
    if subject is SAME or all(_not_below(b, a) and _not_below(a, b) for a, b in pairwise(heights)):
        return SAME
    if all(_not_below(after, before) for before, after in pairwise(heights)):
        return subject
    return subject.flipped() if all(_not_below(before, after) for before, after in pairwise(heights)) else OPEN


def _lines(visit: Visit, parts: Sequence[Direction]) -> Direction:
    xs, ys = parts[1::2], parts[2::2]
    heights = [part.value.numbers for part in visit.parts[2::2]]
    known = [height for height in heights if height is not None]
    if any(x is not SAME for x in xs) or len(known) < len(heights):
        return OPEN
    return together((*ys, _through(parts[0], known)))


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


_RULES: dict[type[Expr], Callable[[Visit, Sequence[Direction]], Direction]] = {
    core.Arith: _arithmetic,
    core.Parts: _parts,
    core.Round: _rising,
    core.Clamp: _rising,
    core.Overridable: _rising,
    core.Logic: _logic,
    core.Compare: _compare,
    core.Select: _select,
    core.Steps: _steps,
    core.Lines: _lines,
    core.Ledger: _ledger,
    core.Combine: _combine,
}
