"""What a narrator says: the rule, and the steps that were taken."""

from __future__ import annotations

from attrs import frozen

from perfrules.evaluate.numbering import Placed, place
from perfrules.evaluate.trace import Value
from perfrules.explain.again import value_of
from perfrules.explain.explanation import Step
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Figure, Part, Phrase, Range, Statement, Term, marks, value_part
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval, make_interval
from perfrules.lang.kinds import Kind
from perfrules.lang.states import State


@frozen(kw_only=True)
class Narration:
    """The rule in words, and the steps."""

    rule: tuple[Statement, ...] = ()
    steps: tuple[Step, ...] = ()


def marks_part(reading: Reading, placed: Placed) -> Part:
    """Return marks, evaluated now if this entity did not need them."""
    if reading.blank or not reading.was_evaluated(placed):
        return expr_part(reading, placed.expr)
    return reading.part(placed)


def expr_part(reading: Reading, expr: Expr) -> Part:
    """Return the value of an expression."""
    value = value_of(reading, expr)
    if isinstance(value, Exact):
        return marks(value) if expr.kind == marks(value).kind else value_part(value, expr.kind)
    if differs(reading, expr, value):
        return in_words(reading, place(expr))
    return Term("undecided") if value is None else value_part(value, expr.kind)


def differs(reading: Reading, expr: Expr, value: Value | None) -> bool:
    """Tell whether *expr* differs between entities and nothing is known of this one, so that its words are told."""
    return reading.blank and not isinstance(expr, core.StateConst) and (value is None or isinstance(value, State))


def edge_part(reading: Reading, takes: core.Between | core.Among, kind: Kind) -> Part:
    """Write which values a step takes: `[80%, 90%)`, `≥ 90%`, `= 0`, or a list."""
    if isinstance(takes, core.Among):
        options = tuple(_end(reading, option, kind) for option in takes.options)
        is_number = len(options) == 1 and isinstance(options[0], Figure)
        return Phrase(("= ", options[0])) if is_number else Phrase(_separated(options))
    low, high = takes.low, takes.high
    if low is not None and high is not None:
        interval = _interval(reading, takes)
        if interval is not None:
            return Range(interval, kind)
        opening, closing = "[" if takes.low_closed else "(", "]" if takes.high_closed else ")"
        return Phrase((opening, _end(reading, low, kind), ", ", _end(reading, high, kind), closing))
    if low is not None:
        return Phrase(("≥ " if takes.low_closed else "> ", _end(reading, low, kind)))
    if high is not None:
        return Phrase(("≤ " if takes.high_closed else "< ", _end(reading, high, kind)))
    return Term("any")


def _interval(reading: Reading, takes: core.Between) -> Interval | None:
    low = None if takes.low is None else value_of(reading, takes.low)
    high = None if takes.high is None else value_of(reading, takes.high)
    if not isinstance(low, Exact) or not isinstance(high, Exact):
        return None
    return make_interval(low, high, takes.low_closed, takes.high_closed)


def _end(reading: Reading, expr: Expr, kind: Kind) -> Part:
    value = value_of(reading, expr)
    if differs(reading, expr, value):
        return in_words(reading, place(expr))
    return Term("undecided") if value is None else value_part(value, kind)


def _separated(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    shown: list[Part] = []
    for part in parts:
        shown += [" / ", part] if shown else [part]
    return tuple(shown)
