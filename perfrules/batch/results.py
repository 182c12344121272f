"""What the kernel gives back for one block: the columns of the nodes that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from attrs import field, frozen
from numpy.typing import NDArray

from perfrules.lang.exact import Exact


@frozen(kw_only=True)
class NumberForm:
    """How the numbers of a node can be written, by declarations alone (the same for any data).

    With *scale* every number is a multiple of 1/scale within [*low*, *high*] (None: no bound is known); without, they
    are written as numerator and denominator, of which none is greater than *denominators*.
    """

    scale: int | None
    low: Exact | None
    high: Exact | None
    denominators: int | None = None


@frozen(eq=False)
class ScaledCells:
    """Numbers: `raw / scale`; *raw* is float64 (whole numbers below 2**53), int64 or object (Python integers)."""

    raw: NDArray[Any]
    scale: int


@frozen(eq=False)
class RatioCells:
    """Numbers as numerators and positive denominators in lowest terms, int64 or object."""

    numerators: NDArray[Any]
    denominators: NDArray[Any]


@frozen(eq=False)
class CellForm:
    """How the numbers of a node are wanted, where the kernel can write them so at once: with *scale* as multiples of
    1/scale, each two int64 (of a decimal128, the lower word first), without as the float64 nearest to each.

    *room* gives an array for so many rows, of two int64 or one float64 each, whatever it holds.
    """

    scale: int | None
    room: Callable[[int], NDArray[Any]]


@frozen(eq=False)
class StoredCells:
    """Numbers as they were asked for; they lie in the *room* that was given."""

    cells: NDArray[Any]
    scale: int | None


@frozen(eq=False)
class CodeCells:
    """Truths (bool) or codes of texts (int32, see `Lowered.texts`); dates are numbers (ordinals, `ScaledCells`)."""

    codes: NDArray[Any]


NodeValues: TypeAlias = "ScaledCells | RatioCells | StoredCells | CodeCells | None"


@frozen(eq=False)
class NodeCells:
    """One node: its values (None: never one) and the codes of its states (uint8; None: a value in every row).

    Where a state is, the value means nothing.
    """

    values: NodeValues
    states: NDArray[Any] | None


@frozen(kw_only=True, eq=False)
class BlockResult:
    """The nodes of one block, and which rows are put aside: theirs mean nothing.

    *recomputed* counts the cells that were computed exactly one by one, by node or operation.
    """

    nodes: Mapping[str, NodeCells]
    aside: NDArray[Any]
    recomputed: Mapping[str, int] = field(factory=dict)
