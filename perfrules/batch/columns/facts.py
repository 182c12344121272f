"""What is proved of every column of numbers: between which ends they lie, on which lattice, with which denominators.

Only rows in which the core evaluates the operation are meant. A lattice (all numbers are multiples of one step) is
needed wherever values are added; a mere bound on the denominators in lowest terms suffices under a divisor that varies.
Ends and bounds that are not known are None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import floor, prod
from typing import Final

from attrs import frozen

from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Do, Lookup, Op, Read, Statistic, Tape, Type
from perfrules.ir.expressions import AggregateOp, IrrationalFunction
from perfrules.lang import irrational
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Mode, Rounding, Significant, round_exact, step_at
from perfrules.prove.lattice import Lattice, common, product

_LONGEST: Final = 10**40
"""Denominators beyond are given up: they prove nothing."""
_ONE: Final = Exact(1)
_TO_DIGITS: Final = Rounding(Mode.HALF_EVEN, Significant(irrational.DIGITS))


@frozen
class Fact:
    """Numbers within [*low*, *high*], multiples of *step*, with denominators of at most *denominators*."""

    low: Exact | None = None
    high: Exact | None = None
    step: Lattice = None
    denominators: int | None = None

    @property
    def size(self) -> Exact | None:
        """The greatest distance from zero."""
        return None if self.low is None or self.high is None else max(abs(self.low), abs(self.high))

    @property
    def constant(self) -> Exact | None:
        """The only number there is."""
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def least_size(self) -> Exact | None:
        """The least distance from zero of a number other than zero."""
        ends = [end for end in (self.low, None if self.high is None else -self.high) if end is not None and end > 0]
        if ends:
            return ends[0]
        if self.step:
            return self.step
        return None if self.denominators is None else Exact(1, self.denominators)


InputFacts = Callable[[Read], NumberFacts]
Most = Callable[[str], int]
"""How many records of a table an entity may have."""


def facts_of(tape: Tape, inputs: InputFacts, most: Most) -> tuple[Fact | None, ...]:
    """Return what is proved of each operation, None of those that give no numbers."""
    found: list[Fact | None] = []
    for op in tape.ops:
        operands = [found[place] for place in op.operands]
        of = next((tape.ops[place].table for place in op.operands), None)
        found.append(_fact(op, operands, inputs, most(of) if of else 1) if op.type is Type.NUMBER else None)
    return tuple(found)


def fact_of_constant(value: Exact) -> Fact:
    """Return what is known of one number.

    >>> fact_of_constant(Exact(3, 2)).step
    Fraction(3, 2)
    """
    return Fact(value, value, abs(value), value.denominator)


def within(low: Exact | None, high: Exact | None, step: Lattice, denominators: int | None = None) -> Fact:
    """Return a fact whose denominators are those of its lattice, where that is known."""
    if step is not None:
        denominators = step.denominator
    if denominators is not None and denominators > _LONGEST:
        step, denominators = None, None
    return Fact(low, high, step, denominators)


def _fact(op: Op, operands: Sequence[Fact | None], inputs: InputFacts, most: int) -> Fact:
    numbers = [each for each in operands if each is not None]
    match op.do:
        case Do.CONSTANT:
            assert isinstance(op.param, Exact)
            return fact_of_constant(op.param)
        case Do.INPUT:
            assert isinstance(op.param, Read)
            facts = inputs(op.param)
            return within(facts.low, facts.high, None if facts.scale is None else Exact(1, facts.scale))
        case Do.ADD:
            return _sum(numbers)
        case Do.SUBTRACT:
            return _sum([numbers[0], _negated(numbers[1])])
        case Do.MULTIPLY:
            return _product(*numbers)
        case Do.DIVIDE:
            return _quotient(*numbers)
        case Do.NEGATE:
            return _negated(numbers[0])
        case Do.ABSOLUTE:
            return _absolute(numbers[0])
        case Do.MINIMUM | Do.MAXIMUM:
            return _extreme(numbers, min if op.do is Do.MINIMUM else max)
        case Do.ROUND:
            assert isinstance(op.param, Rounding)
            return _rounded(numbers[0], op.param)
        case Do.WHERE | Do.SPREAD | Do.LEAST | Do.GREATEST:
            return hull(numbers)
        case Do.NUMBER_OF:
            return within(Exact(0), _ONE, _ONE)
        case Do.IRRATIONAL:
            assert isinstance(op.param, IrrationalFunction)
            return _irrational(op.param, numbers)
        case Do.GEOMETRIC_MEAN:
            between = hull(numbers[::2])
            return Fact(_to_digits(between.low), _to_digits(between.high))
        case Do.MEDIAN:
            return _halved(hull(numbers))
        case Do.LOOKUP:
            assert isinstance(op.param, Lookup)
            return within(Exact(min(op.param.values, default=0)), Exact(max(op.param.values, default=0)), _ONE)
        case Do.TOTAL:
            return _total(numbers[0], most)
        case Do.STATISTIC:
            assert isinstance(op.param, Statistic)
            return _statistic(op.param, numbers[0] if numbers else None, most)
    raise AssertionError(op.do)


def hull(facts: Sequence[Fact]) -> Fact:
    """Return what holds of any of *facts*."""
    lows, highs = [each.low for each in facts], [each.high for each in facts]
    below = [each.denominators for each in facts]
    return within(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
        common([each.step for each in facts]),
        None if None in below else max(each for each in below if each is not None),
    )


def _sum(facts: Sequence[Fact]) -> Fact:
    below = [each.denominators for each in facts]
    return within(
        _added([each.low for each in facts]),
        _added([each.high for each in facts]),
        common([each.step for each in facts]),
        None if None in below else prod(each for each in below if each is not None),
    )


def _added(ends: Sequence[Exact | None]) -> Exact | None:
    known = [end for end in ends if end is not None]
    return sum(known, Exact(0)) if len(known) == len(ends) else None


def _negated(fact: Fact) -> Fact:
    low = None if fact.high is None else -fact.high
    return Fact(low, None if fact.low is None else -fact.low, fact.step, fact.denominators)


def _absolute(fact: Fact) -> Fact:
    if fact.low is not None and fact.low >= 0:
        return fact
    if fact.high is not None and fact.high <= 0:
        return _negated(fact)
    return Fact(Exact(0), fact.size, fact.step, fact.denominators)


def _product(first: Fact, second: Fact) -> Fact:
    below = (
        None if first.denominators is None or second.denominators is None else first.denominators * second.denominators
    )
    low, high = _corners(first, second, lambda a, b: a * b)
    return within(low, high, product([first.step, second.step]), below)


def _quotient(dividend: Fact, divisor: Fact) -> Fact:
    constant = divisor.constant
    if constant:
        return _product(dividend, fact_of_constant(1 / constant))
    below = _denominators_of_quotient(dividend, divisor)
    parts = [_corners(dividend, part, lambda a, b: a / b) for part in _beside_zero(divisor)]
    if not parts or any(None in part for part in parts):
        return within(None, None, None, below)
    lows, highs = zip(*parts, strict=True)
    return within(min(lows), max(highs), None, below)


def _denominators_of_quotient(dividend: Fact, divisor: Fact) -> int | None:
    """Bound the denominators of a/b: a numerator of b times what a's denominators leave.

    On lattices a/b is (n/m)·(step of a / step of b) with whole n and m.
    """
    if divisor.size is None:
        return None
    if dividend.step and divisor.step:
        return max(floor(divisor.size / divisor.step), 1) * (dividend.step / divisor.step).denominator
    if dividend.denominators is None or divisor.denominators is None:
        return None
    return dividend.denominators * max(floor(divisor.size * divisor.denominators), 1)


def _beside_zero(fact: Fact) -> list[Fact]:
    """Cut zero out of the range of a divisor, as far as its lattice or its denominators allow."""
    least = fact.least_size
    if fact.low is None or fact.high is None or least is None:
        return []
    if fact.low > 0 or fact.high < 0:
        return [fact]
    above = [Fact(least, fact.high)] if fact.high >= least else []
    return [*above, *([Fact(fact.low, -least)] if fact.low <= -least else [])]


def _corners(first: Fact, second: Fact, apply: Callable[[Exact, Exact], Exact]) -> tuple[Exact | None, Exact | None]:
    if first.low is None or first.high is None or second.low is None or second.high is None:
        return None, None
    corners = [apply(a, b) for a in (first.low, first.high) for b in (second.low, second.high)]
    return min(corners), max(corners)


def _extreme(facts: Sequence[Fact], take: Callable[[Sequence[Exact]], Exact]) -> Fact:
    """The least of several is at most any of their high ends that is known; likewise the greatest."""
    both = hull(facts)
    lows = [each.low for each in facts if each.low is not None]
    highs = [each.high for each in facts if each.high is not None]
    low, high = both.low, both.high
    if take is min and highs:
        high = min(highs)
    if take is max and lows:
        low = max(lows)
    if take is max and high is not None:
        high = max(highs)
    return Fact(low, high, both.step, both.denominators)


def _rounded(fact: Fact, rounding: Rounding) -> Fact:
    low = None if fact.low is None else round_exact(fact.low, rounding)
    high = None if fact.high is None else round_exact(fact.high, rounding)
    target = rounding.target
    if not isinstance(target, Significant):
        return within(low, high, step_at(_ONE, target))
    least = fact.least_size
    return within(low, high, None if least is None else step_at(least, target))


def _irrational(function: IrrationalFunction, facts: Sequence[Fact]) -> Fact:
    """Enclose increasing functions between their values at the ends, one step of 34 digits apart from rounding."""
    fact = facts[0]
    least = fact.least_size
    low, high = fact.low, fact.high
    if low is None or high is None:
        return Fact()
    try:
        match function:
            case IrrationalFunction.LN:
                positive = low if low > 0 else least
                return (
                    Fact()
                    if positive is None or high < positive
                    else Fact(irrational.ln(positive), irrational.ln(high))
                )
            case IrrationalFunction.EXP:
                return Fact(irrational.exp(low), irrational.exp(high))
            case IrrationalFunction.SQRT:
                return Fact() if high < 0 else Fact(irrational.sqrt(max(low, Exact(0))), irrational.sqrt(high))
    except ValueError:
        return Fact()
    return Fact()


def _to_digits(end: Exact | None) -> Exact | None:
    """Round an end as what is between the ends is rounded, which may be to beyond them."""
    return None if end is None else round_exact(end, _TO_DIGITS)


def _halved(fact: Fact) -> Fact:
    """The mean of two: on a lattice half as wide."""
    below = None if fact.denominators is None else 2 * fact.denominators**2
    return within(fact.low, fact.high, None if fact.step is None else fact.step / 2, below)


def _total(fact: Fact, most: int) -> Fact:
    low = None if fact.low is None else min(Exact(0), fact.low * most)
    high = None if fact.high is None else max(Exact(0), fact.high * most)
    return within(low, high, fact.step)


def _statistic(param: Statistic, fact: Fact | None, most: int) -> Fact:
    match param.op:
        case AggregateOp.COUNT_DISTINCT:
            return within(Exact(0), Exact(most), _ONE)
        case _ if fact is None:
            return Fact()
        case AggregateOp.MEDIAN:
            return _halved(fact)
        case AggregateOp.TRIMMED_MEAN:
            below = None if fact.step is None else fact.step.denominator * max(most, 1)
            return within(fact.low, fact.high, None, below)
    if fact.low is None or fact.high is None:
        return Fact()
    below = None if fact.step is None else fact.step.denominator**2 * max(most, 1) ** 2
    return within(Exact(0), (fact.high - fact.low) ** 2, None, below)
