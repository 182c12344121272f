"""The edge cases of a plan: for every input the values at, just under and just over each of its thresholds."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from attrs import field, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.ir.walk import steps_of
from perfrules.lang.exact import Exact
from perfrules.prove.declared import declared
from perfrules.prove.enclosure import Enclosure, exactly
from perfrules.prove.families.steps import ends_of
from perfrules.prove.scene import Scene
from perfrules.prove.solving import constant_of, reads_input, solutions
from perfrules.prove.survey import survey
from perfrules.prove.wording import author_name, number_text

Value = Exact | bool | str

_PREFERRED: Final = (100, 1000, 10, 1)
_FINE: Final = Exact(1, 100)
"""The unit taken where an input declares no decimals."""


@frozen
class Edge:
    """A threshold of one input: its neighbours in the data, None where they are outside the range or too fine.

    *held* are the values of the other inputs that the threshold depends on; *node* is where it matters.
    """

    declaration: InputDeclaration = field(repr=False)
    under: Exact | None
    at: Exact | None
    over: Exact | None
    held: tuple[tuple[str, str], ...]
    node: str

    @property
    def input(self) -> str:
        """The name of the input."""
        return self.declaration.name

    def __str__(self) -> str:
        found = (self.under, self.at, self.over)
        values = " | ".join(number_text(value, self.declaration.kind) for value in found if value is not None)
        held = "".join(f", {name} = {value}" for name, value in self.held)
        return f"{author_name(self.node)}: {self.input} = {values}{held}"


def edges(plan: Plan, held: Mapping[str, Value] = MappingProxyType({})) -> tuple[Edge, ...]:
    """Return the edges of every number that *plan* compares, bands or bends at; the other inputs as in *held*.

    Inputs that *held* leaves out stand at a plain value of their range, so that most thresholds are round numbers.
    """
    values = {**typical_values(plan), **held}
    ranges = declared(plan)
    inputs = {name: exactly(values[name]) if name in values else known for name, known in ranges.items()}
    scene = survey(plan, inputs).scene
    found: dict[tuple[str, Exact, str], Edge] = {}
    numeric = [each for each in plan.inputs if ranges[each.name].numbers is not None]
    for node in plan.nodes:
        if node.id.endswith("~"):
            continue
        for subject, end in thresholds(node.expr):
            for declaration in numeric:
                for value in _where_equal(subject, end, declaration.name, scene):
                    edge = _neighbours(value, ranges[declaration.name])
                    if edge is not None:
                        named = _others(subject, end, declaration.name, values, plan, scene)
                        key = (declaration.name, value, author_name(node.id))
                        found.setdefault(key, Edge(declaration, edge[0], edge[1], edge[2], named, node.id))
    order = {declaration.name: position for position, declaration in enumerate(plan.inputs)}
    return tuple(found[key] for key in sorted(found, key=lambda key: (order[key[0]], key[1], key[2])))


def typical_values(plan: Plan) -> dict[str, Value]:
    """Return a plain value for every input that is a number, a yes/no or a choice."""
    found: dict[str, Value] = {}
    for name, known in declared(plan).items():
        if known.numbers is not None:
            found[name] = typical_number(known)
        elif known.booleans:
            found[name] = True
        elif known.texts:
            found[name] = min(known.texts)
    return found


def typical_number(known: Enclosure) -> Exact:
    """Return a round number of the range, else one of its ends."""
    assert known.numbers is not None
    step = known.step or Exact(0)
    for number in map(Exact, _PREFERRED):
        if number in known.numbers and (not step or (number / step).denominator == 1):
            return number
    ends = [end for end in (known.numbers.hi, known.numbers.lo) if end is not None]
    return next((end for end in ends if end != 0 and end in known.numbers), ends[0] if ends else Exact(1))


def thresholds(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Yield the pairs of numbers at whose equality *expr* jumps or bends, outside the bodies of aggregates."""
    for part in steps_of(expr):
        match part:
            case core.Compare(left=left, right=right):
                yield left, right
            case core.Steps(subject=subject, steps=steps):
                yield from ((subject, end) for step in steps for end in ends_of(step.takes))
            case core.Lines(subject=subject, points=points):
                yield from ((subject, x) for x, _ in points)
            case core.Arith(op=ArithOp.MINIMUM | ArithOp.MAXIMUM, operands=(first, second)):
                yield first, second


def _where_equal(left: Expr, right: Expr, name: str, scene: Scene) -> Iterator[Exact]:
    """Yield the values of one input at which two expressions are equal, if only one of them reads it."""
    on_left, on_right = reads_input(left, name, scene), reads_input(right, name, scene)
    if on_left and not on_right:
        target = constant_of(right, scene)
        if target is not None:
            yield from solutions(left, target, name, scene)
    elif on_right and not on_left:
        target = constant_of(left, scene)
        if target is not None:
            yield from solutions(right, target, name, scene)


def _neighbours(value: Exact, known: Enclosure) -> tuple[Exact | None, Exact | None, Exact | None] | None:
    unit = known.step or _FINE
    below = -(-value // unit) - 1
    above = value // unit + 1
    on_grid = (value / unit).denominator == 1 or known.step is None
    found = tuple(
        candidate if candidate is not None and known.numbers is not None and candidate in known.numbers else None
        for candidate in (below * unit, value if on_grid else None, above * unit)
    )
    return None if found == (None, None, None) else (found[0], found[1], found[2])


def _others(
    left: Expr, right: Expr, name: str, values: Mapping[str, Value], plan: Plan, scene: Scene
) -> tuple[tuple[str, str], ...]:
    kinds = {declaration.name: declaration.kind for declaration in plan.inputs}
    used = [other for other in kinds if other != name and other in values]
    return tuple(
        (other, number_text(value, kinds[other]) if isinstance(value, Exact) else str(value))
        for other in used
        if reads_input(left, other, scene) or reads_input(right, other, scene)
        for value in (values[other],)
    )
