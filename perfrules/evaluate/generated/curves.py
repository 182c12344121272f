"""Code for curves and for parts of a distance, on terms that are in no state."""

from collections.abc import Sequence
from fractions import Fraction
from functools import reduce
from itertools import pairwise
from math import lcm
from typing import assert_never

from perfrules.evaluate.generated.arithmetic import as_number, divided, quotient
from perfrules.evaluate.generated.emitter import Branch, Emitter
from perfrules.evaluate.generated.terms import (
    Rep,
    Term,
    crossed,
    fraction_code,
    literal,
    pair_code,
    product_code,
    times,
)
from perfrules.ir.expressions import PartsRule


def parts(e: Emitter, rule: PartsRule, distance: Term, step: Term) -> Term:
    """Count steps: the quotient, its floor or its ceiling. Python's `//` is the floor, whatever the signs are."""
    if rule is PartsRule.EXACT:
        return quotient(e, distance, step)
    if step.is_constant and as_number(step) == 0:
        return e.defect("a divisor is zero")
    if not step.is_constant:
        e.writer.line(f"if not {step.top}: raise Defect('a divisor is zero')")
    n, d = divided(distance, step)
    match rule:
        case PartsRule.WHOLE:
            return Term(Rep.SCALED, e.assign(f"{n} // ({d})"))
        case PartsRule.STARTED:
            return Term(Rep.SCALED, e.assign(f"-(-({n}) // ({d}))"))
        case _:
            assert_never(rule)


def interpolated(e: Emitter, subject: Term, points: Sequence[tuple[Term, Term]]) -> Term:
    """Follow the line through *points*."""
    if all(x.is_constant and y.is_constant for x, y in points) and subject.rep is not Rep.FRACTION:
        return _known_line(e, subject, [(as_number(x), as_number(y)) for x, y in points])
    if all(term.rep is Rep.SCALED for term in (subject, *(term for point in points for term in point))):
        return _scaled_line(e, subject, points)
    listed = ", ".join(f"({fraction_code(x)}, {fraction_code(y)})" for x, y in points)
    return Term(Rep.FRACTION, e.assign(f"interpolated({fraction_code(subject)}, ({listed},))"))


def _known_line(e: Emitter, subject: Term, points: Sequence[tuple[Fraction, Fraction]]) -> Term:
    """Each piece is slope × subject + height, both known, all over one denominator."""
    if any(x2 <= x1 for (x1, _), (x2, _) in pairwise(points)):
        return e.defect("the points of a curve do not increase")
    pieces = [(points[0][0], Fraction(0), points[0][1])]
    for (x1, y1), (x2, y2) in pairwise(points):
        slope = (y2 - y1) / (x2 - x1)
        pieces.append((x2, slope, y1 - slope * x1))
    pieces.append((points[-1][0], Fraction(0), points[-1][1]))
    n, d = pair_code(subject)
    below = int(subject.bottom) if subject.rep is Rep.SCALED else 1
    common = reduce(lcm, (f.denominator for _, slope, height in pieces for f in (slope / below, height)), 1)
    top = e.writer.fresh()
    for position, (end, slope, height) in enumerate(pieces):
        a, b = crossed(subject, Term(Rep.SCALED, literal(end.numerator), end.denominator))
        word = "if" if position == 0 else "elif"
        test = f"{word} {a} <= {b}:" if position < len(pieces) - 1 else "else:"
        with e.writer.block(test):
            rise, rest = (slope / below * common).numerator, (height * common).numerator
            if subject.rep is Rep.SCALED:
                e.writer.line(f"{top} = {times(n, rise) + ' + ' if rise else ''}{literal(rest)}")
            else:
                e.writer.line(f"{top} = {times(n, rise) + ' + ' if rise else ''}{times(d, rest)}")
    if subject.rep is Rep.SCALED:
        return Term(Rep.SCALED, top, common)
    return Term(Rep.PAIR, top, e.assign(times(d, common)), factors=subject.factors)


def _scaled_line(e: Emitter, subject: Term, points: Sequence[tuple[Term, Term]]) -> Term:
    """All x over one denominator, all y over another; the width of a piece is the unknown divisor."""
    below = reduce(lcm, (int(x.bottom) for x, _ in points), int(subject.bottom))
    under = reduce(lcm, (int(y.bottom) for _, y in points), 1)
    at = e.assign(times(subject.top, below // int(subject.bottom)))
    xs = [e.assign(times(x.top, below // int(x.bottom))) for x, _ in points]
    ys = [e.assign(times(y.top, under // int(y.bottom))) for _, y in points]
    for x1, x2 in pairwise(xs):
        e.writer.line(f"if {x2} <= {x1}: raise Defect('the points of a curve do not increase')")
    branches: list[Branch] = []
    with e.writer.block(f"if {at} <= {xs[0]}:"):
        branches.append(e.branch(Term(Rep.SCALED, ys[0], under)))
    for (x1, y1), (x2, y2) in pairwise(zip(xs, ys, strict=True)):
        with e.writer.block(f"elif {at} <= {x2}:"):
            width = e.assign(f"{x2} - {x1}")
            top = e.assign(f"{y1} * {width} + ({y2} - {y1}) * ({at} - {x1})")
            branches.append(e.branch(Term(Rep.PAIR, top, e.assign(product_code(width, literal(under))), factors=1)))
    with e.writer.block("else:"):
        branches.append(e.branch(Term(Rep.SCALED, ys[-1], under)))
    return e.merge(branches)
