"""The shape of core expressions: operands in evaluation order, rebuilding, and the numbering of steps.

The numbering is the contract between evaluators and explanations: the steps of a node are its expression's, operands
first (post-order), each expression followed by its extra slots.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, assert_never

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr

EXTRA_SLOTS: Final = {core.Ledger: 1, core.TableAggregate: 1, core.Combine: 2}


def operands(expr: Expr) -> tuple[Expr, ...]:
    """The direct operands that have steps of their own, in evaluation order."""
    return _OPERANDS[type(expr)](expr)


def everything(expr: Expr) -> Iterator[Expr]:
    """The expression and all below it, operands first, including the bodies and conditions of aggregates."""
    if type(expr) in _WITHOUT_OPERANDS:
        return iter((expr,))
    found: list[Expr] = []
    waiting = [expr]
    while waiting:
        part = waiting.pop()
        found.append(part)
        cls = type(part)
        if cls not in _WITHOUT_OPERANDS:
            waiting += _OPERANDS[cls](part)
            if isinstance(part, core.TableAggregate):
                waiting += _present(part.where, part.body)
    return reversed(found)


def steps_of(expr: Expr) -> Iterator[Expr]:
    """The expressions that have a step, in the order of their numbers; an expression with extra slots is repeated."""
    for part in operands(expr):
        yield from steps_of(part)
    for _ in range(1 + EXTRA_SLOTS.get(type(expr), 0)):
        yield expr


def transform(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """Rebuild bottom-up: *change* sees each expression after its operands (also bodies and conditions) were changed."""

    def on(part: Expr) -> Expr:
        return transform(part, change)

    def maybe(part: Expr | None) -> Expr | None:
        return None if part is None else on(part)

    match expr:
        case core.Const() | core.StateConst() | core.Input() | core.FieldOf() | core.NodeRef() | core.Broken():
            rebuilt: Expr = expr
        case core.Arith() | core.Logic() | core.Irrational() | core.WorstLight() | core.Computed():
            rebuilt = evolve(expr, operands=tuple(on(part) for part in expr.operands))
        case core.Parts():
            rebuilt = evolve(expr, distance=on(expr.distance), step=on(expr.step))
        case core.Compare():
            rebuilt = evolve(expr, left=on(expr.left), right=on(expr.right))
        case core.Select():
            cases = tuple((on(condition), on(value)) for condition, value in expr.cases)
            rebuilt = evolve(expr, cases=cases, otherwise=on(expr.otherwise))
        case core.IsState() | core.Round() | core.Overridable():
            rebuilt = evolve(expr, operand=on(expr.operand))
        case core.Recover():
            rebuilt = evolve(expr, operand=on(expr.operand), replacement=on(expr.replacement))
        case core.Steps():
            steps = tuple(
                evolve(step, takes=_transform_takes(step.takes, on), value=on(step.value)) for step in expr.steps
            )
            rebuilt = evolve(expr, subject=on(expr.subject), steps=steps, otherwise=maybe(expr.otherwise))
        case core.Lines():
            rebuilt = evolve(expr, subject=on(expr.subject), points=tuple((on(x), on(y)) for x, y in expr.points))
        case core.Ledger():
            lines = tuple(evolve(line, amount=on(line.amount)) for line in expr.lines)
            zeroed = tuple(on(condition) for condition in expr.zeroed)
            rebuilt = evolve(
                expr,
                base=on(expr.base),
                lines=lines,
                zeroed=zeroed,
                floor=maybe(expr.floor),
                ceiling=maybe(expr.ceiling),
            )
        case core.Clamp():
            rebuilt = evolve(expr, operand=on(expr.operand), floor=maybe(expr.floor), ceiling=maybe(expr.ceiling))
        case core.DateDifference():
            rebuilt = evolve(expr, start=on(expr.start), end=on(expr.end))
        case core.TableAggregate():
            rebuilt = evolve(
                expr, table=on(expr.table), where=maybe(expr.where), body=maybe(expr.body), empty=maybe(expr.empty)
            )
        case core.CohortAggregate():
            rebuilt = evolve(
                expr,
                body=maybe(expr.body),
                where=maybe(expr.where),
                groups=tuple(on(group) for group in expr.groups),
                at=maybe(expr.at),
                pool=maybe(expr.pool),
                empty=maybe(expr.empty),
            )
        case core.Judged():
            levels = tuple(evolve(level, low=on(level.low), high=on(level.high)) for level in expr.levels)
            rebuilt = evolve(expr, levels=levels)
        case core.Combine():
            members = tuple(
                evolve(member, value=on(member.value), weight=maybe(member.weight), full=maybe(member.full))
                for member in expr.members
            )
            rebuilt = evolve(expr, members=members)
        case core.Demote():
            vetoes = tuple(evolve(veto, condition=on(veto.condition)) for veto in expr.vetoes)
            rebuilt = evolve(expr, grade=on(expr.grade), vetoes=vetoes)
        case core.Dated():
            rebuilt = evolve(expr, entries=tuple((start, on(value)) for start, value in expr.entries))
        case _:
            assert_never(expr)
    return change(rebuilt)


def _present(*parts: Expr | None) -> tuple[Expr, ...]:
    return tuple(part for part in parts if part is not None)


def _of_cohort(expr: core.CohortAggregate) -> tuple[Expr, ...]:
    return (*_present(expr.body, expr.where), *expr.groups, *_present(expr.at, expr.pool, expr.empty))


def _of_select(expr: core.Select) -> tuple[Expr, ...]:
    return (*(part for case in expr.cases for part in case), expr.otherwise)


def _of_steps(expr: core.Steps) -> tuple[Expr, ...]:
    return (expr.subject, *_step_parts(expr), *_present(expr.otherwise))


def _of_lines(expr: core.Lines) -> tuple[Expr, ...]:
    return (expr.subject, *(part for point in expr.points for part in point))


def _of_ledger(expr: core.Ledger) -> tuple[Expr, ...]:
    lines = tuple(line.amount for line in expr.lines)
    return (expr.base, *lines, *expr.zeroed, *_present(expr.floor, expr.ceiling))


def _of_judged(expr: core.Judged) -> tuple[Expr, ...]:
    return tuple(part for level in expr.levels for part in (level.low, level.high))


def _of_combine(expr: core.Combine) -> tuple[Expr, ...]:
    return tuple(part for member in expr.members for part in _present(member.value, member.weight, member.full))


def _step_parts(expr: core.Steps) -> Iterator[Expr]:
    for step in expr.steps:
        match step.takes:
            case core.Between(low=low, high=high):
                yield from _present(low, high)
            case core.Among(options=options):
                yield from options
        yield step.value


def _nothing(_: Any) -> tuple[Expr, ...]:
    return ()


def _all(expr: Any) -> tuple[Expr, ...]:
    parts: tuple[Expr, ...] = expr.operands
    return parts


def _only(expr: Any) -> tuple[Expr, ...]:
    return (expr.operand,)


_WITHOUT_OPERANDS: Final = frozenset({core.Const, core.StateConst, core.Input, core.FieldOf, core.NodeRef, core.Broken})
_OPERANDS: Final[Mapping[type[Expr], Callable[[Any], tuple[Expr, ...]]]] = {
    **dict.fromkeys(_WITHOUT_OPERANDS, _nothing),
    **dict.fromkeys((core.Arith, core.Logic, core.Irrational, core.Computed, core.WorstLight), _all),
    **dict.fromkeys((core.IsState, core.Round, core.Overridable), _only),
    core.CohortAggregate: _of_cohort,
    core.Parts: lambda expr: (expr.distance, expr.step),
    core.Compare: lambda expr: (expr.left, expr.right),
    core.Select: _of_select,
    core.Recover: lambda expr: (expr.operand, expr.replacement),
    core.Steps: _of_steps,
    core.Lines: _of_lines,
    core.Ledger: _of_ledger,
    core.Clamp: lambda expr: (expr.operand, *_present(expr.floor, expr.ceiling)),
    core.DateDifference: lambda expr: (expr.start, expr.end),
    core.TableAggregate: lambda expr: (expr.table, *_present(expr.empty)),
    core.Judged: _of_judged,
    core.Combine: _of_combine,
    core.Demote: lambda expr: (expr.grade, *(veto.condition for veto in expr.vetoes)),
    core.Dated: lambda expr: tuple(value for _, value in expr.entries),
}


def _transform_takes(takes: core.Between | core.Among, on: Callable[[Expr], Expr]) -> core.Between | core.Among:
    match takes:
        case core.Between(low=low, high=high):
            return evolve(takes, low=None if low is None else on(low), high=None if high is None else on(high))
        case core.Among(options=options):
            return core.Among(tuple(on(option) for option in options))
