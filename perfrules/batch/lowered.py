"""What lowering a plan gives: the tape, and which columns are its nodes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from attrs import field, frozen

from perfrules.batch.tape import Tape


class Shape(Enum):
    """What a node's values are, besides its states."""

    NUMBER = "number"
    TRUTH = "truth"
    TEXT = "text"
    DATE = "date"


@frozen
class NodeColumns:
    """The columns of one node: its values (None: it never has one), its states (None: it always has a value)."""

    value: int | None
    state: int | None
    shape: Shape


@frozen
class Aside:
    """Rows that are left to the evaluator of single entities: *condition* (a truth of entities), and why (for people:
    `provisional`, `refused`, `check`, `uncovered`, `overlap`, `negative amount`, `calendar`, `division`).
    """

    reason: str
    condition: int


@frozen(kw_only=True)
class Holes:
    """In which states the data may be, beyond values: names of inputs (`name`, `table.field`, `A3.level`, `A3.mark`,
    `cohort.1`) that are MISSING, PENDING or EXCLUDED in some row. All others have a value in every row.
    """

    missing: frozenset[str] = frozenset()
    pending: frozenset[str] = frozenset()
    excluded: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Asked:
    """What a lowering is made for: the day for dated values, what the data may lack, and which nodes are wanted
    (None: all).
    """

    as_of: date | None = None
    holes: Holes = field(factory=Holes)
    nodes: frozenset[str] | None = None


@frozen(kw_only=True, eq=False)
class Lowered:
    """A plan on a tape. *texts*: the text of each text code; texts of the data that are not among them have greater
    codes. *unsupported* says which nodes have no columns, and why; with any, nothing may be computed by columns.
    """

    tape: Tape = field(repr=False)
    nodes: Mapping[str, NodeColumns] = field(repr=False)
    aside: tuple[Aside, ...]
    texts: tuple[str, ...]
    unsupported: Mapping[str, str]
