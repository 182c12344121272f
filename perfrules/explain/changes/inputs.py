"""The single inputs that bring a target about, each alone: the least change in the precision its data may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from perfrules.explain.again import Changed, inputs_behind, prepare
from perfrules.explain.changes.target import PROPORTIONS, Target, is_whole
from perfrules.explain.explanation import InputChange
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Figure, difference
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import is_numeric

_DECIMALS_UNSTATED = 4
_FARTHEST = 2**50


@frozen(eq=False)
class _Search:
    """One input of *now* that may move by whole numbers of *step*; *reaches* tells whether a value does it."""

    declaration: InputDeclaration
    now: Exact
    step: Exact
    reaches: Callable[[Exact], bool]


def least_changes(reading: Reading, target: Target) -> Iterator[tuple[InputDeclaration, Exact]]:
    """Yield for each single input the nearest value with which the target is reached."""
    expr = target.subject.expr
    for declaration, now in numbers_behind(reading, expr):
        name = declaration.name
        value = prepare(reading, expr, Changed(facts={name: now}))
        search = _Search(declaration, now, step_of(declaration), _reaching(target, value, name))
        ends = [found for sign in (1, -1) if (found := _least(search, sign)) is not None]
        if ends:
            yield declaration, min(ends, key=lambda to: abs(to - now))


def numbers_behind(reading: Reading, expr: Expr) -> tuple[tuple[InputDeclaration, Exact], ...]:
    """List the inputs an expression depends on that are numbers, with the number each has."""
    found = ((reading.index.inputs[name], reading.facts.values.get(name)) for name in inputs_behind(reading, expr))
    return tuple((each, now) for each, now in found if isinstance(now, Exact) and is_numeric(each.kind))


def input_change(declaration: InputDeclaration, now: Exact, to: Exact) -> InputChange:
    """Write the change of one input down."""
    return InputChange(
        name=declaration.name,
        title=declaration.title,
        now=Figure(now, declaration.kind),
        to=Figure(to, declaration.kind),
        difference=difference(to - now, declaration.kind),
    )


def step_of(declaration: InputDeclaration) -> Exact:
    """Return the smallest step in which the data of an input may differ; where that is not stated, a fine one."""
    if is_whole(declaration.kind) and not declaration.decimals:
        return Exact(1)
    decimals = _DECIMALS_UNSTATED if declaration.decimals is None else declaration.decimals
    hundredths = 2 if isinstance(declaration.kind, PROPORTIONS) and declaration.decimals is not None else 0
    return Exact(1, 10 ** (decimals + hundredths))


def _reaching(target: Target, value: Callable[..., object], name: str) -> Callable[[Exact], bool]:
    def reaches(x: Exact) -> bool:
        found = value({name: x})
        return isinstance(found, Exact) and target.is_reached_by(found)

    return reaches


def _least(search: _Search, sign: int) -> Exact | None:
    """Return the nearest value on one side that reaches the target, by halving; None where the far end does not."""
    far = _far(search, sign)
    if far is None:
        return None
    near = 0
    while far - near > 1:
        middle = (near + far) // 2
        if search.reaches(_at(search, sign, middle)):
            far = middle
        else:
            near = middle
    return _at(search, sign, far)


def _far(search: _Search, sign: int) -> int | None:
    """Return a number of steps that reaches the target: within the declared range, else by doubling."""
    count = 1
    most = _room(search, sign)
    while count <= most:
        if search.reaches(_at(search, sign, count)):
            return count
        count *= 4
    return most if most > 0 and most < _FARTHEST and search.reaches(_at(search, sign, most)) else None


def _room(search: _Search, sign: int) -> int:
    bounds = search.declaration.bounds
    if bounds is None:
        return _FARTHEST
    end, closed = (bounds.high, bounds.high_closed) if sign > 0 else (bounds.low, bounds.low_closed)
    steps = abs(end - search.now) / search.step
    whole = steps.numerator // steps.denominator
    return whole - 1 if not closed and whole == steps else whole


def _at(search: _Search, sign: int, count: int) -> Exact:
    return search.now + sign * count * search.step
