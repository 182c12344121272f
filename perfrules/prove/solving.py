"""Which value of one input makes an expression come out at a number, everything else being known."""

from collections.abc import Iterator, Sequence

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.ir.walk import everything
from perfrules.lang.exact import Exact
from perfrules.prove.scene import Scene


def solutions(expr: Expr, target: Exact, name: str, scene: Scene) -> Iterator[Exact]:
    """Yield values of input *name* at which *expr* is *target*, as far as arithmetic can be undone."""
    match expr:
        case core.Input():
            if expr.name == name:
                yield target
        case core.NodeRef() if expr.id in scene.world.nodes:
            yield from solutions(scene.world.nodes[expr.id].expr, target, name, scene)
        case core.Arith():
            for operand, inner in _undone(expr, target, name, scene):
                yield from solutions(operand, inner, name, scene)
        case core.Select():
            for value in (*(value for _, value in expr.cases), expr.otherwise):
                yield from solutions(value, target, name, scene)
        case core.Recover() | core.Clamp() | core.Round() | core.Overridable():
            yield from solutions(expr.operand, target, name, scene)


def reads_input(expr: Expr, name: str, scene: Scene) -> bool:
    """Tell whether *expr* reads input *name*, directly or through other nodes."""
    waiting, seen = [expr], set[str]()
    while waiting:
        for part in everything(waiting.pop()):
            if isinstance(part, core.Input) and part.name == name:
                return True
            if isinstance(part, core.NodeRef) and part.id in scene.world.nodes and part.id not in seen:
                seen.add(part.id)
                waiting.append(scene.world.nodes[part.id].expr)
    return False


def constant_of(expr: Expr, scene: Scene) -> Exact | None:
    """Return the number that *expr* is in *scene*; None if it is open, or no number."""
    found = scene.quietly(expr).constant
    return found if isinstance(found, Exact) else None


def _undone(expr: core.Arith, target: Exact, name: str, scene: Scene) -> Iterator[tuple[Expr, Exact]]:
    """Yield the one operand that reads the input, and what it must be."""
    reading = [position for position, part in enumerate(expr.operands) if reads_input(part, name, scene)]
    if len(reading) != 1:
        return
    position = reading[0]
    others = [constant_of(part, scene) for at, part in enumerate(expr.operands) if at != position]
    known = [other for other in others if other is not None]
    if len(known) == len(others):
        for inner in _inverse(expr.op, position, target, known):
            yield expr.operands[position], inner


def _inverse(op: ArithOp, position: int, target: Exact, others: Sequence[Exact]) -> Iterator[Exact]:
    match op:
        case ArithOp.ADD:
            yield target - sum(others, Exact(0))
        case ArithOp.SUBTRACT:
            yield target + others[0] if position == 0 else others[0] - target
        case ArithOp.MULTIPLY:
            factor = _product(others)
            if factor != 0:
                yield target / factor
        case ArithOp.DIVIDE if position == 0:
            yield target * others[0]
        case ArithOp.DIVIDE:
            if target != 0:
                yield others[0] / target
        case ArithOp.NEGATE:
            yield -target
        case ArithOp.ABSOLUTE:
            yield from dict.fromkeys((target, -target))
        case ArithOp.MINIMUM | ArithOp.MAXIMUM:
            yield target


def _product(factors: Sequence[Exact]) -> Exact:
    result = Exact(1)
    for factor in factors:
        result *= factor
    return result
