"""What an expression is evaluated in, and how evaluators ask for the values of operands.

An evaluator is a generator: it yields the operand whose value it needs next, is sent that value, and returns its own.
An operand it does not ask for is not evaluated.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.evaluate.trace import StepValue, Value
from perfrules.ir.inputs import Facts
from perfrules.lang.calendar import Calendar
from perfrules.lang.states import State, join

Record: TypeAlias = Mapping[str, Value]


@frozen
class Context:
    """The facts, the values of the nodes before this one, and the record each variable stands for."""

    facts: Facts
    as_of: date | None
    calendar: Calendar | None
    nodes: Mapping[str, Value]
    records: Mapping[str, Record]


@frozen
class WithExtras:
    """A value and what goes into the extra slots."""

    value: Value
    extras: tuple[StepValue, ...]


Evaluation: TypeAlias = Generator[Placed, Value, Value | WithExtras]


def states_in(values: Sequence[Value]) -> list[State]:
    """List the states among *values*."""
    return [value for value in values if isinstance(value, State)]


def joined(values: Sequence[Value]) -> State | None:
    """Join the states among *values*; None if there is none."""
    states = states_in(values)
    return join(*states) if states else None


def at_once(value: Value) -> Evaluation:
    """Evaluate to *value*, asking for nothing."""
    yield from ()
    return value


def strict(parts: Sequence[Placed], apply: Callable[[list[Value]], Value]) -> Evaluation:
    """Evaluate all *parts*; if any is in a state, the result is their join, else what *apply* makes of them."""
    values = yield from every(parts)
    state = joined(values)
    return apply(values) if state is None else state


def every(parts: Sequence[Placed]) -> Generator[Placed, Value, list[Value]]:
    """Evaluate all *parts*, in order."""
    values: list[Value] = []
    for part in parts:
        values.append((yield part))
    return values
