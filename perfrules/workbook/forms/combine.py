"""Formulas of combining: sums and means of children, what becomes of the marks of excluded ones."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import CombineOp, Expr, Member, ShareRule
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.workbook import formula as f
from perfrules.workbook.at import At
from perfrules.workbook.columns import NoFormula
from perfrules.workbook.formula import Formula, literal
from perfrules.workbook.near import LIBRARY, Near
from perfrules.workbook.own_decimals import onto_lattice

_ZERO, _ONE = literal(Exact(0)), literal(Exact(1))
_EXCLUDED = frozenset({State.EXCLUDED})


@frozen
class Child:
    """A member's cells; *left* tells that it is not excluded (None: it never is)."""

    code: str
    marks: Formula
    weight: Formula
    full: Formula
    out: Formula | None

    @property
    def earned(self) -> Formula:
        """Its marks, 0 where it is excluded."""
        return self.unless_out(evolve(self.marks, states=frozenset()))

    def unless_out(self, value: Formula) -> Formula:
        """Return *value*, 0 where the member is excluded."""
        return value if self.out is None else _either(self.out, _ZERO, value)

    def if_out(self, value: Formula) -> Formula:
        """Return *value* where the member is excluded, else 0."""
        return _ZERO if self.out is None else _either(self.out, value, _ZERO)


def combine(expr: Expr, at: At) -> Formula:
    """Write how children become a parent."""
    assert isinstance(expr, core.Combine)
    ordinary = [_child(member, at) for member in expr.members if not member.bonus]
    bonuses = [_child(member, at) for member in expr.members if member.bonus]
    sizes = [each for child in (*ordinary, *bonuses) for each in (child.weight, child.full)]
    found = _combined(expr, ordinary, at) if ordinary else _ZERO
    extra = [child.earned for child in bonuses]
    states = found.states
    if found.states and extra:
        found = at.lift(evolve(expr, members=tuple(each for each in expr.members if not each.bonus)), found)
    value = f.add([evolve(found, states=frozenset()), *extra])
    needed = [child.marks for child in bonuses]
    if expr.op is not CombineOp.FIRST_AVAILABLE:
        needed += [child.marks for child in ordinary]
    # Marked as texts, so that the states are asked about one by one: excluded is another matter.
    open_ = [evolve(part, states=part.states - _EXCLUDED, is_text=True) for part in needed]
    value = at.or_state([*open_, *sizes, *([found] if states else [])], onto_lattice(value))
    if ordinary and all(child.out is not None for child in ordinary):
        out = f.all_of([child.out for child in ordinary if child.out is not None])
        near = value.near
        states = value.states | _EXCLUDED
        if len(ordinary) > 1 or bonuses:
            value = f.choose(out, at.words.state_formula(State.EXCLUDED), value)
        value = evolve(value, near=near, is_text=False, states=states)
    return value


def _child(member: Member, at: At) -> Child:
    marks = at.cell(member.value)
    weight = _ONE if member.weight is None else at.known(member.weight)
    full = _ZERO if member.full is None else at.known(member.full)
    out = at.in_state(marks, State.EXCLUDED) if State.EXCLUDED in marks.states else None
    return Child(member.code, marks, weight, full, out)


def _combined(expr: core.Combine, children: Sequence[Child], at: At) -> Formula:
    match expr.op:
        case CombineOp.SUM:
            return _sum(expr, children)
        case CombineOp.WEIGHTED_MEAN:
            return _weighted(expr, children)
        case CombineOp.GEOMETRIC_MEAN | CombineOp.HARMONIC_MEAN:
            return _other_mean(expr, children)
        case CombineOp.FIRST_AVAILABLE:
            return _first_available(children, at)
        case CombineOp.MEDIAN:
            near = f.either_near([f.divide(f.add([child.marks, child.marks]), literal(Exact(2))) for child in children])
            return evolve(f.call("MEDIAN", *(child.marks for child in children)), near=near)
        case CombineOp.BEST | CombineOp.WORST:
            take = f.greatest if expr.op is CombineOp.BEST else f.least
            return evolve(take([evolve(child.marks, states=frozenset()) for child in children]), is_text=False)


def _sum(expr: core.Combine, children: Sequence[Child]) -> Formula:
    earned = _total([child.earned for child in children], children)
    outs = [child.out for child in children if child.out is not None]
    if not outs or len(children) == 1 or expr.share in (None, ShareRule.LOST):
        return earned
    full = f.add([child.full for child in children])
    left = f.add([child.unless_out(child.full) for child in children])
    rescaled = f.divide(f.multiply([earned, full]), left, fails=True)
    shared = rescaled
    taker = next((child for child in children if child.code == expr.to), None)
    if expr.share is ShareRule.TO and taker is not None:
        others = [child.earned for child in children if child is not taker]
        lost = f.add([child.if_out(child.full) for child in children if child is not taker])
        marks = evolve(taker.marks, states=frozenset())
        grown = f.divide(f.multiply([marks, f.add([taker.full, lost])]), taker.full, fails=True)
        moved = f.add([*others, grown])
        shared = moved if taker.out is None else _either(taker.out, rescaled, moved)
    return _either(f.any_of(outs), shared, earned)


def _total(parts: Sequence[Formula], children: Sequence[Child]) -> Formula:
    """Add marks; SUM passes over the cells of excluded ones."""
    if len(children) == 1:  # where it is excluded, so is the parent
        return evolve(children[0].marks, states=frozenset())
    added = f.add(parts)
    if all(child.out is None for child in children) or not all(child.marks.is_cell for child in children):
        return added
    return evolve(f.call("SUM", *(child.marks.text for child in children)), near=added.near)


def _weights(expr: core.Combine, children: Sequence[Child]) -> list[Formula]:
    """Return the weight of each child, 0 of one that is left out of the mean."""
    if expr.share is ShareRule.LOST or all(child.out is None for child in children):
        return [child.weight for child in children]
    own = [child.unless_out(child.weight) for child in children]
    taker = next((place for place, child in enumerate(children) if child.code == expr.to), None)
    if expr.share is ShareRule.TO and taker is not None:
        freed = f.add([child.if_out(child.weight) for child in children])
        own[taker] = children[taker].unless_out(f.add([children[taker].weight, freed]))
    return own


def _weighted(expr: core.Combine, children: Sequence[Child]) -> Formula:
    weights = _weights(expr, children)
    # An excluded child has weight 0, and its cell shows a word: its marks are 0 before they are multiplied.
    products = [f.multiply([weight, child.earned]) for weight, child in zip(weights, children, strict=True)]
    return f.divide(f.add(products), f.add(weights), fails=any(child.out is not None for child in children))


def _other_mean(expr: core.Combine, children: Sequence[Child]) -> Formula:
    if any(child.out is not None for child in children):
        raise NoFormula("mean-with-excluded")
    weights = [child.weight for child in children]
    marks = [evolve(child.marks, states=frozenset()) for child in children]
    total = f.add(weights)
    zero = f.any_of([f.equals(each, _ZERO) for each in marks])
    if expr.op is CombineOp.HARMONIC_MEAN:
        inverse = [f.divide(weight, each, fails=True) for weight, each in zip(weights, marks, strict=True)]
        mean = f.divide(total, f.add(inverse), fails=True)
    else:
        logs = [f.multiply([weight, f.call("LN", each)]) for weight, each in zip(weights, marks, strict=True)]
        mean = evolve(f.call("EXP", f.divide(f.add(logs), total)), near=Near(relative=8 * LIBRARY))
    return _either(zero, _ZERO, mean)


def _first_available(children: Sequence[Child], at: At) -> Formula:
    cells = [child.marks for child in children]
    result = at.or_state([evolve(cell) for cell in cells], _ZERO)
    for cell in reversed(cells):
        passed = [at.in_state(cell, state) for state in (State.MISSING, State.EXCLUDED) if state in cell.states]
        here = evolve(cell, states=cell.states & {State.PENDING, State.REFUSED})
        result = here if not passed else f.choose(f.any_of(passed), result, here)
    return evolve(result, near=f.either_near(cells), is_text=False)


def _either(condition: Formula, yes: Formula, no: Formula) -> Formula:
    chosen = f.choose(condition, yes, no)
    return evolve(chosen, near=f.either_near([yes, no]), fails=condition.fails, is_text=False)
