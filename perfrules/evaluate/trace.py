"""What an evaluation leaves behind: the value of every node and of every expression below it, in flat numbering.

A trace keeps what its evaluator computed as it computed it (whole numbers over known denominators, pairs); exact values
are made when somebody looks.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Final, Protocol, TypeAlias

from attrs import field, frozen

from perfrules.evaluate.numbering import Layout
from perfrules.ir.inputs import FactValue
from perfrules.lang.exact import Exact
from perfrules.lang.states import State


class NotEvaluated(Enum):
    """The type of the one value NOT_EVALUATED."""

    NOT_EVALUATED = "not evaluated"


NOT_EVALUATED: Final = NotEvaluated.NOT_EVALUATED
"""Stands in the slot of an expression that was skipped, because the outcome did not depend on it."""

Value: TypeAlias = FactValue
RecordStep: TypeAlias = tuple[bool | State, Value | NotEvaluated]
StepValue: TypeAlias = Value | NotEvaluated | tuple[RecordStep, ...] | None


class Rendering(Protocol):
    """How to read what an evaluator left."""

    def value(self, raw: tuple[object, ...], slot: int) -> StepValue:
        """Return the exact value of *slot*."""

    def state(self, raw: tuple[object, ...], slot: int) -> State | None:
        """Return the state *slot* is in; None if it holds a value or was not evaluated."""


@frozen(eq=False)
class Trace(Mapping[str, Value]):
    """The values of all nodes, as a mapping from their ids, and all steps, by slot."""

    layout: Layout = field(repr=False)
    raw: tuple[object, ...] = field(repr=False)
    rendering: Rendering = field(repr=False)

    def __getitem__(self, node: str) -> Value:
        found = self.value(self.layout.roots[node].slot)
        assert isinstance(found, Exact | bool | str | date | tuple | State)  # a node is always evaluated
        return found  # type: ignore[return-value]  # a node is no step of a table

    def __contains__(self, node: object) -> bool:
        return node in self.layout.roots

    def __iter__(self) -> Iterator[str]:
        return iter(self.layout.roots)

    def __len__(self) -> int:
        return len(self.layout.roots)

    def value(self, slot: int) -> StepValue:
        """Return the value of *slot*, NOT_EVALUATED if it was skipped."""
        return self.rendering.value(self.raw, slot)

    def state(self, slot: int) -> State | None:
        """Return the state that *slot* is in, without making its value."""
        return self.rendering.state(self.raw, slot)

    def state_of(self, node: str) -> State | None:
        """Return the state that *node* is in."""
        return self.state(self.layout.roots[node].slot)

    def steps(self, node: str) -> tuple[StepValue, ...]:
        """Return the values of all steps of *node*, in the order of `perfrules.ir.walk.steps_of`."""
        return tuple(self.value(slot) for slot in self.layout.slots[node])


class AsKept:
    """The rendering of a trace that holds exact values."""

    def value(self, raw: tuple[object, ...], slot: int) -> StepValue:
        """Return what is there."""
        found: StepValue = raw[slot]  # type: ignore[assignment]  # its evaluator kept exact values
        return found

    def state(self, raw: tuple[object, ...], slot: int) -> State | None:
        """Return what is there, if it is a state."""
        found = raw[slot]
        return found if isinstance(found, State) else None
