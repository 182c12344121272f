"""A plan as operations on columns: each on earlier ones, the same operation only once.

A value of the core becomes up to two columns: what it is, and in which state (`State`, as codes). Operations know no
states and no laziness: all are made for all rows, and where the core would not have evaluated an operand, what its
column holds in that row does not matter (it may be anything, also the result of a division by zero).
"""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias

from attrs import define, field, frozen

from perfrules.ir.expressions import AggregateOp, CompareOp, IrrationalFunction, Trimming
from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Rounding
from perfrules.lang.states import State


class Type(Enum):
    """What the cells of a column are: exact numbers (a date is its ordinal), truths, codes of texts or states."""

    NUMBER = "number"
    TRUTH = "truth"
    CODE = "code"


class Do(Enum):
    """What an operation does with its operands; *n*: any number of them; *param*: what else it needs."""

    CONSTANT = "constant"
    """A number, truth or code (*param*: Exact, bool, int)."""
    INPUT = "input"
    """A column of the data (*param*: `Read`)."""

    ADD = "add"
    """The sum of n numbers."""
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    """The product of two numbers."""
    DIVIDE = "divide"
    NEGATE = "negate"
    ABSOLUTE = "absolute"
    MINIMUM = "minimum"
    """The least of n numbers."""
    MAXIMUM = "maximum"
    """The greatest of n numbers."""
    ROUND = "round"
    """*param*: Rounding."""
    WHERE = "where"
    """Of a truth and two columns of one type: the first where it is true, else the second."""
    NUMBER_OF = "number of"
    """1 where a truth is true, else 0."""
    IRRATIONAL = "irrational"
    """*param*: IrrationalFunction, on one or two numbers; correctly rounded to 34 digits as in `perfrules.lang`."""
    GEOMETRIC_MEAN = "geometric mean"
    """Of numbers and their weights in turn (x1, w1, x2, w2 …), as `perfrules.evaluate.means.geometric_mean`."""
    MEDIAN = "median"
    """Of numbers and truths in turn (x1, t1, x2, t2 …): the median of those whose truth is true."""
    LOOKUP = "lookup"
    """The number at a whole number's place, counted from *param*.first, in *param*.values (`Lookup`); 0 outside."""

    COMPARE = "compare"
    """Of two numbers (*param*: CompareOp)."""
    SAME = "same"
    """Whether two codes are equal."""
    AND = "and"
    """Of n truths."""
    OR = "or"
    """Of n truths."""
    NOT = "not"
    STRONGEST = "strongest"
    """The greatest of n codes: the join of states."""

    SPREAD = "spread"
    """A column of entities as a column of the records of a table, each record taking its entity's."""
    TOTAL = "total"
    """Of a number of each record: the sum by entity (0 where there are none)."""
    LEAST = "least"
    """Of a number and a truth of each record: by entity, the least of those whose truth is true (else anything)."""
    GREATEST = "greatest"
    """As LEAST, the greatest."""
    ANY = "any"
    """Of a truth of each record: whether it is true for any, by entity."""
    STRONGEST_OF = "strongest of"
    """Of a code of each record: the greatest by entity (0 where there are none)."""
    STATISTIC = "statistic"
    """Of a number (or code) and a truth of each record: by entity, the statistic *param* (`Statistic`) of those whose
    truth is true; anything where it is not defined."""


STATES: Final[tuple[State | None, ...]] = (None, State.PENDING, State.EXCLUDED, State.MISSING, State.REFUSED)
"""The codes of states: 0 is a value; the join of states is the greatest."""


def code_of_state(state: State | None) -> int:
    """Return the code of *state*.

    >>> code_of_state(None), code_of_state(State.MISSING)
    (0, 3)
    """
    return STATES.index(state)


class Source(Enum):
    """What of an input a column holds."""

    VALUE = "value"
    STATE = "state"
    COUNT = "count"
    """Of a table: how many records each entity has (a number)."""


@frozen
class Read:
    """One column of the data: an input, with *table* a field of its records.

    Judged marks are the inputs `CODE.level` (its place among the levels as a text code) and `CODE.mark`; the statistic
    across entities of a node is the input of its id (`cohort.1`).
    """

    name: str
    source: Source = Source.VALUE
    table: str | None = None


@frozen
class Lookup:
    """Numbers by whole place, from *first* on."""

    first: int
    values: tuple[int, ...] = field(repr=False)


@frozen
class Statistic:
    """A statistic of records: MEDIAN, TRIMMED_MEAN, COUNT_DISTINCT; deviations as the variance (its square)."""

    op: AggregateOp
    trimming: Trimming | None = None


Param: TypeAlias = Exact | bool | int | Read | Rounding | IrrationalFunction | Lookup | CompareOp | Statistic | None


@frozen(eq=False)
class Op:
    """One operation: on which earlier ones, to a column of which type; *table*: of the records of which (None:
    entities).
    """

    do: Do
    operands: tuple[int, ...]
    type: Type
    param: Param = None
    table: str | None = None


@define(eq=False)
class Tape:
    """The operations in an order in which each follows its operands; they are told by their place."""

    ops: list[Op] = field(factory=list)
    _known: dict[tuple[object, ...], int] = field(factory=dict)

    def add(
        self,
        do: Do,
        *operands: int,
        type: Type,  # noqa: A002
        param: Param = None,
        table: str | None = None,
    ) -> int:
        """Return the place of this operation; it is written down if it is new."""
        key = (do, operands, type, type_of(param), param, table)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.ops)
            self.ops.append(Op(do, operands, type, param, table))
        return found


def type_of(param: Param) -> str:
    """Tell True from 1, which are equal."""
    return param.__class__.__name__
