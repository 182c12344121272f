"""Code for exact arithmetic on terms that are in no state: sums, products, quotients, extremes, limits.

Whole numbers over a common denominator as long as there is one, then pairs, and fractions where pairs would grow.
"""

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from math import gcd, lcm

from perfrules.evaluate.generated.emitter import Emitter
from perfrules.evaluate.generated.terms import (
    LARGEST_DENOMINATOR,
    MOST_FACTORS,
    Rep,
    Term,
    crossed,
    fraction_code,
    literal,
    number_term,
    pair_code,
    product_code,
    times,
)

Signed = tuple[int, Term]


def total(e: Emitter, signed: Sequence[Signed]) -> Term:
    """Add and subtract."""
    if all(term.is_constant for _, term in signed):
        return number_term(sum((sign * as_number(term) for sign, term in signed), Fraction(0)))
    scaled = [(sign, term) for sign, term in signed if term.rep is Rep.SCALED]
    common = reduce(lcm, (int(term.bottom) for _, term in scaled), 1)
    pairs = [(sign, term) for sign, term in signed if term.rep is Rep.PAIR]
    factors = sum(term.factors for _, term in pairs)
    if len(scaled) + len(pairs) < len(signed) or factors > MOST_FACTORS or common > LARGEST_DENOMINATOR:
        return _fraction(e, _signed_sum([(sign, fraction_code(term)) for sign, term in signed]))
    whole = _signed_sum([(sign, times(term.top, common // int(term.bottom))) for sign, term in scaled])
    if not pairs:
        return Term(Rep.SCALED, e.assign(whole), common)
    top, bottom = (whole, literal(common)) if scaled else ("", "1")
    for sign, term in pairs:
        n, d = pair_code(term)
        mine = product_code(n, bottom)
        top = f"({top}) * {d} {'+' if sign > 0 else '-'} {mine}" if top else f"{'' if sign > 0 else '-'}{mine}"
        bottom = product_code(d, bottom)
    return Term(Rep.PAIR, e.assign(top), e.assign(bottom), factors=factors)


def _signed_sum(codes: Sequence[tuple[int, str]]) -> str:
    return " ".join(f"{'+' if sign > 0 else '-'} {code}" for sign, code in codes) or "0"


def _fraction(e: Emitter, code: str) -> Term:
    return Term(Rep.FRACTION, e.assign(code))


def as_number(term: Term) -> Fraction:
    """Return the value of a constant term that is a number."""
    assert isinstance(term.constant, Fraction)
    return term.constant


def product(e: Emitter, left: Term, right: Term) -> Term:
    """Multiply two."""
    if left.is_constant and right.is_constant:
        return number_term(as_number(left) * as_number(right))
    if Rep.FRACTION in (left.rep, right.rep) or left.factors + right.factors > MOST_FACTORS:
        return _fraction(e, f"{fraction_code(left)} * {fraction_code(right)}")
    if left.rep is Rep.SCALED and right.rep is Rep.SCALED:
        return _scaled_product(e, left, right)
    (n, d), (m, k) = pair_code(left), pair_code(right)
    bottom = e.assign(product_code(d, k))
    return Term(Rep.PAIR, e.assign(product_code(n, m)), bottom, factors=left.factors + right.factors)


def _scaled_product(e: Emitter, left: Term, right: Term) -> Term:
    a, b = int(left.bottom), int(right.bottom)
    for constant, other in ((left, right), (right, left)):
        if constant.is_constant:
            value = as_number(constant) / int(other.bottom)
            return Term(Rep.SCALED, e.assign(times(other.top, value.numerator)), value.denominator)
    if a * b > LARGEST_DENOMINATOR:
        return _fraction(e, f"F({left.top} * {right.top}, {a * b})")
    return Term(Rep.SCALED, e.assign(f"{left.top} * {right.top}"), a * b)


def quotient(e: Emitter, dividend: Term, divisor: Term) -> Term:
    """Divide; a divisor that is zero is a defect."""
    if divisor.is_constant:
        value = as_number(divisor)
        if value == 0:
            return e.defect("a divisor is zero")
        return product(e, dividend, number_term(1 / value))
    if Rep.FRACTION in (dividend.rep, divisor.rep) or dividend.factors + divisor.factors >= MOST_FACTORS:
        e.writer.line(f"if not {divisor.top}: raise Defect('a divisor is zero')")
        return _fraction(e, f"{fraction_code(dividend)} / {fraction_code(divisor)}")
    top_code, bottom_code = divided(dividend, divisor)
    bottom, top = e.assign(bottom_code), e.assign(top_code)
    with e.writer.block(f"if {bottom} < 1:"):
        e.writer.line(f"if not {bottom}: raise Defect('a divisor is zero')")
        e.writer.line(f"{top} = -{top}; {bottom} = -{bottom}")
    return Term(Rep.PAIR, top, bottom, factors=dividend.factors + divisor.factors + 1)


def divided(dividend: Term, divisor: Term) -> tuple[str, str]:
    """Return two whole numbers whose quotient is that of the terms; the lower one has the divisor's sign."""
    if dividend.rep is Rep.SCALED and divisor.rep is Rep.SCALED:
        a, b = int(dividend.bottom), int(divisor.bottom)
        shared = gcd(a, b)
        return times(dividend.top, b // shared), times(divisor.top, a // shared)
    (n, d), (m, k) = pair_code(dividend), pair_code(divisor)
    return product_code(n, k), product_code(m, d)


def whole_power(e: Emitter, base: Term, exponent: Term) -> Term:
    """Raise to a whole power that is a constant."""
    if exponent.is_constant and base.rep is Rep.SCALED:
        power = as_number(exponent)
        if power.denominator == 1 and 0 <= power <= MOST_FACTORS:
            times_ = power.numerator
            return Term(Rep.SCALED, e.assign(f"{base.top} ** {times_}"), int(base.bottom) ** times_)
    return _fraction(e, f"whole_power({fraction_code(base)}, {fraction_code(exponent)})")


def absolute(e: Emitter, term: Term) -> Term:
    """Drop the sign."""
    return Term(term.rep, e.assign(f"abs({term.top})"), term.bottom, factors=term.factors)


def extreme(e: Emitter, terms: Sequence[Term], better: str) -> Term:
    """Return the least (`<`) or the greatest (`>`) of the terms."""
    best = terms[0]
    for term in terms[1:]:
        best = _better(e, best, term, better)
    return best


def _better(e: Emitter, best: Term, term: Term, better: str) -> Term:
    if best.is_constant and term.is_constant:
        a, b = as_number(best), as_number(term)
        return term if (b < a if better == "<" else b > a) else best
    a_code, b_code = crossed(best, term)
    with e.writer.block(f"if {b_code} {better} {a_code}:"):
        taken = e.branch(term)
    with e.writer.block("else:"):
        kept = e.branch(best)
    return e.merge([taken, kept])


def hold(e: Emitter, term: Term, floor: Term | None, ceiling: Term | None) -> Term:
    """Raise to the floor, then cap at the ceiling."""
    raised = term if floor is None else _better(e, term, floor, ">")
    return raised if ceiling is None else _better(e, raised, ceiling, "<")
