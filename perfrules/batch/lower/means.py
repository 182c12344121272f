"""Means of children as columns; with constant weights a weighted mean is a sum of multiples."""

from __future__ import annotations

from attrs import evolve

from perfrules.batch.lower import numbers, truths
from perfrules.batch.lower.columns import Columns
from perfrules.batch.lower.lowering import Lowering
from perfrules.batch.lower.members import Child, Children, marks
from perfrules.batch.tape import Do, Type
from perfrules.ir.expressions import Combine, CombineOp, CompareOp, ShareRule


def mean(lowering: Lowering, expr: Combine, children: Children) -> int:
    """Return the mean of those left; of an excluded child the weight is lost, goes to another, or to all."""
    c = lowering.columns
    sharing, all_out_is_zero = _sharing(c, expr, children)
    match expr.op:
        case CombineOp.WEIGHTED_MEAN:
            return _weighted(c, expr, children, sharing)
        case CombineOp.HARMONIC_MEAN:
            found = _harmonic(c, sharing)
        case _:
            lowering.aside("excluded", c.truth(False) if all_out_is_zero else children.any_out(c))
            found = _geometric(c, children)
    return truths.where(c, children.any_out(c), c.number(0), found) if all_out_is_zero else found


def _sharing(c: Columns, expr: Combine, children: Children) -> tuple[Children, bool]:
    """Return the children with the weights they share by, and whether an excluded one counts with marks of 0."""
    taker = children.with_code(expr.to)
    if children.stay(c) or expr.share is not ShareRule.TO or taker is None:
        return children, not children.stay(c) and expr.share in (None, ShareRule.LOST)
    freed = children.of_those_out(c, _weight)
    weight = truths.where(c, taker.left, numbers.total(c, (taker.weight, freed)), taker.weight)
    changed = evolve(taker, weight=weight)
    return Children(tuple(changed if child is taker else child for child in children.all)), False


def _weighted(c: Columns, expr: Combine, children: Children, sharing: Children) -> int:
    weight = children.of_all(c, _weight) if _keeps_weight(c, expr, children) else sharing.of_those_left(c, _weight)
    total = numbers.number_at(c, weight)
    if total:
        terms = [(child, numbers.number_at(c, child.weight)) for child in sharing.all]
        known = [(child, factor) for child, factor in terms if factor is not None]
        if len(known) == len(terms):
            return numbers.weighted(c, [(factor / total, _marks_left(c, child)) for child, factor in known])
    products = [numbers.product(c, (child.weight, _marks_left(c, child))) for child in sharing.all]
    return numbers.quotient(c, numbers.total(c, products), weight)


def _keeps_weight(c: Columns, expr: Combine, children: Children) -> bool:
    """Tell whether the weights add up to the same whoever is excluded."""
    taker = children.with_code(expr.to)
    taken = expr.share is ShareRule.TO and taker is not None and c.constant(taker.left) is True
    return taken or expr.share in (None, ShareRule.LOST)


def _marks_left(c: Columns, child: Child) -> int:
    return truths.where(c, child.left, marks(c, child), c.number(0))


def _harmonic(c: Columns, sharing: Children) -> int:
    """Return Σ w ÷ Σ (w ÷ x); 0 where any x is 0."""
    nothing = c.number(0)
    zero = [
        truths.all_of(c, (child.left, truths.compared(c, CompareOp.EQUAL, marks(c, child), nothing)))
        for child in sharing.all
    ]
    below = sharing.of_those_left(c, lambda child: numbers.quotient(c, child.weight, marks(c, child)))
    found = numbers.quotient(c, sharing.of_those_left(c, _weight), below)
    return truths.where(c, truths.any_of(c, zero), nothing, found)


def _geometric(c: Columns, children: Children) -> int:
    operands = [place for child in children.all for place in (marks(c, child), child.weight)]
    return c.add(Do.GEOMETRIC_MEAN, *operands, type=Type.NUMBER)


def _weight(child: Child) -> int:
    return child.weight
