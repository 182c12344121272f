"""Code for rounding, in whole numbers: which multiple of the step is taken."""

from fractions import Fraction
from typing import assert_never

from perfrules.evaluate.generated.emitter import Emitter
from perfrules.evaluate.generated.terms import Rep, Term, fraction_code, literal, pair_code, product_code, times
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep


def rounded(e: Emitter, term: Term, rounding: Rounding) -> Term:
    """Round a term that is in no state."""
    match rounding.target:
        case Decimals(count):
            return _to_step(e, term, rounding.mode, Fraction(10) ** -count)
        case ToStep(step):
            return _to_step(e, term, rounding.mode, step)
        case Significant():
            return Term(Rep.FRACTION, e.assign(f"round_exact({fraction_code(term)}, {e.writer.constant(rounding)})"))
        case _:
            assert_never(rounding.target)


def _to_step(e: Emitter, term: Term, mode: Mode, step: Fraction) -> Term:
    if term.rep is Rep.SCALED:
        if (1 / Fraction(term.bottom) / step).denominator == 1:
            return term
        in_steps = 1 / (step * int(term.bottom))
        n, d = times(term.top, in_steps.numerator), literal(in_steps.denominator)
    else:
        top, bottom = pair_code(term)
        n, d = times(top, step.denominator), times(bottom, step.numerator)
    n = n if n.isidentifier() else e.assign(n)
    d = d if d.isalnum() else e.assign(d)
    multiple = e.assign(whole(e, n, d, mode))
    return Term(
        Rep.SCALED, multiple if step.numerator == 1 else e.assign(times(multiple, step.numerator)), step.denominator
    )


def whole(e: Emitter, n: str, d: str, mode: Mode) -> str:
    """Return the code of the whole number that n/d rounds to; d is positive."""
    match mode:
        case Mode.FLOOR:
            return f"{n} // {d}"
        case Mode.CEILING:
            return f"-(-{n} // {d})"
        case Mode.TRUNCATE:
            return f"{n} // {d} if {n} >= 0 else -(-{n} // {d})"
        case Mode.HALF_UP:
            return f"({_twice(n)} + {d}) // {_twice(d)} if {n} >= 0 else -(({d} - {_twice(n)}) // {_twice(d)})"
        case Mode.HALF_DOWN:
            return f"-(({d} - {_twice(n)}) // {_twice(d)}) if {n} >= 0 else ({_twice(n)} + {d}) // {_twice(d)}"
        case Mode.HALF_EVEN:
            below, rest = e.assign(f"{n} // {d}"), e.assign(f"2 * ({n} % {d})")
            return f"{below} + ({rest} > {d} or {rest} == {d} and {below} % 2)"
        case _:
            assert_never(mode)


def _twice(code: str) -> str:
    return str(2 * int(code)) if code.isdigit() else f"({product_code('2', code)})"
