"""Code that reads facts: once per input, into the form its declaration allows.

What is not as declared (a person has yet to decide, more decimals than declared) is unusual: the reference takes over.
"""

from functools import cache
from typing import Final

from perfrules.evaluate.generated.emitter import Emitter
from perfrules.evaluate.generated.terms import Rep, Term
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.kinds import Percent, PercentagePoints, Ratio, YesNo, is_numeric
from perfrules.lang.states import State

MOST_DECIMALS: Final = 9
"""Inputs with more decimals are held as pairs: the table of their possible denominators would be long."""


def read(e: Emitter, source: str, declared: InputDeclaration | None) -> Term:
    """Read the fact or field that the code *source* gives."""
    name = e.writer.fresh("given")
    e.writer.line(f"try: {name} = {source}")
    e.writer.line("except KeyError: raise Unusual from None")
    if declared is not None and is_numeric(declared.kind) and not declared.fields:
        return _number(e, name, declared)
    allowed = ""
    states: frozenset[State] = frozenset()
    if declared is not None and declared.optional:
        allowed, states = f" and {name} is not {e.state_name(State.MISSING)}", frozenset((State.MISSING,))
    e.writer.line(f"if type({name}) is State{allowed}: raise Unusual")
    is_truth = declared is not None and isinstance(declared.kind, YesNo)
    return Term(Rep.TRUTH if is_truth else Rep.OBJECT, name, states=states)


def _number(e: Emitter, name: str, declared: InputDeclaration) -> Term:
    scale = scale_of(declared)
    if declared.optional:
        with e.writer.block(f"if {name} is {e.state_name(State.MISSING)}:"):
            absent = e.branch(e.state_term(State.MISSING))
        with e.writer.block("else:"):
            present = e.branch(_digits(e, name, scale))
        return e.merge([absent, present])
    return _digits(e, name, scale)


def _digits(e: Emitter, name: str, scale: int | None) -> Term:
    top, bottom = e.writer.fresh(), e.writer.fresh()
    if scale is None:
        e.writer.line(f"try: {top} = {name}._numerator; {bottom} = {name}._denominator")
        e.writer.line("except AttributeError: raise Unusual from None")
        return Term(Rep.PAIR, top, bottom, factors=1)
    factors = e.writer.constant(factors_to(scale))
    e.writer.line(f"try: {top} = {name}._numerator * {factors}[{name}._denominator]")
    e.writer.line("except (AttributeError, KeyError): raise Unusual from None")
    return Term(Rep.SCALED, top, scale)


def scale_of(declared: InputDeclaration) -> int | None:
    """Return the denominator that all data of this input can be written over; None if there is no such number.

    The decimals of a percent are counted before the sign `%`; a ratio may be written either way.
    """
    if declared.decimals is None or declared.decimals > MOST_DECIMALS:
        return None
    in_percent = isinstance(declared.kind, Percent | PercentagePoints | Ratio)
    return int(10 ** (declared.decimals + (2 if in_percent else 0)))


@cache
def factors_to(scale: int) -> dict[int, int]:
    """Return what a numerator is multiplied by to be over *scale*, by its denominator."""
    return {divisor: scale // divisor for divisor in _divisors(scale)}


def _divisors(scale: int) -> list[int]:
    tens = len(str(scale)) - 1
    return [2**twos * 5**fives for twos in range(tens + 1) for fives in range(tens + 1)]
