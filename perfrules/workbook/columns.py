"""The columns of a workbook in the making: data as given, nodes, and the steps between them that need a cell of their
own. Formulas read columns by name; a name means the cell in the row of the formula.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from attrs import define, evolve, field, frozen

from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Node, Plan
from perfrules.lang.exact import Exact
from perfrules.prove.enclosure import Enclosure
from perfrules.workbook.formula import Formula
from perfrules.workbook.names import ALL, Names
from perfrules.workbook.near import Near
from perfrules.workbook.proof import Settled
from perfrules.workbook.wording import Wording

if TYPE_CHECKING:
    from perfrules.workbook.values import Entity

ONE: Final = Exact(1)


class NoFormula(Exception):  # noqa: N818 - named by what is told
    """There is no formula for this; *reason* is a key of the words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@frozen(kw_only=True)
class DataColumn:
    """One column of data: an input, what a person gave about the indicator *code* (*part*: level, mark, override), or
    a field of a *table*.
    """

    name: str
    source: str
    declared: InputDeclaration | None = None
    part: str = ""
    levels: tuple[str, ...] = ()
    table: str | None = None
    step: Exact | None = None


@frozen(kw_only=True)
class Column:
    """One column of formulas.

    *expr*: whose value it shows; *node*: the node that it is, or (a step) belongs to; *told_as*: the node after which
    it is named, where others only repeat it. *variable*: the name by which
    *expr* reads the record, of a column of the records of *table*. *code*: it shows a state's place in `join` instead
    (0 for a value). *given*: no formula, the engine's values.
    """

    name: str
    node: Node
    formula: Formula
    expr: Expr | None
    told_as: Node | None = None
    is_step: bool = False
    table: str | None = None
    variable: str | None = None
    shows: str = "value"
    reason: str = ""

    @property
    def is_given(self) -> bool:
        return bool(self.reason)


@frozen(kw_only=True)
class Finding:
    """What is known of one rounding or comparison of a node: the *scale*-fold of *operand* turns at multiples of
    *boundary* (None: at zero only).
    """

    node: Node
    kind: str
    settled: Settled
    operand: Expr | None
    near: Near
    scale: Exact = ONE
    boundary: Exact | None = None


@define(eq=False)
class Columns:
    """Collects columns while formulas are written."""

    plan: Plan
    words: Wording
    inputs: Mapping[str, Enclosure]
    values: Mapping[str, Enclosure]
    one: bool
    as_of: date | None = None
    entities: Sequence[Entity] = ()
    most_entities: Exact = ONE
    records: Mapping[str, Exact] = field(factory=dict)
    """How many records of each table an entity has at most; what is proved of sums relies on it."""
    names: Names = field(factory=Names)
    data: dict[tuple[str | None, str, str], DataColumn] = field(factory=dict)
    nodes: dict[str, Formula] = field(factory=dict)
    columns: list[Column] = field(factory=list)
    findings: list[Finding] = field(factory=list)
    whole: set[str] = field(factory=set)
    """Names of which a formula reads the column from top to bottom."""
    keys: set[str] = field(factory=set)
    """Tables whose records are looked for by entity."""
    days: dict[str, tuple[str, tuple[date, ...]]] = field(factory=dict)
    """Lists of days that formulas read, with their names: holidays, and weekend days that are worked."""
    number: str = ""
    """The name of the column that numbers the entities."""
    key_names: dict[str, str] = field(factory=dict)
    misfits: dict[str, str] = field(factory=dict)
    """By table the name of the cell that counts what does not fit in a record."""
    _steps: dict[tuple[str | None, str], Formula] = field(factory=dict)

    def datum(self, source: str, part: str = "", table: str | None = None) -> DataColumn:
        """Return the column of an input."""
        return self.data[table, source, part]

    def has(self, source: str, part: str) -> bool:
        """Tell whether there is a column for what a person gives about an indicator."""
        return (None, source, part) in self.data

    def key(self, table: str) -> str:
        """Return the name of the whole column that numbers the entity of each record."""
        self.whole.add(self.key_names[table])
        return self.key_names[table] + ALL

    def most_records(self, table: str) -> Exact:
        """Return how many records of a table an entity has at most."""
        return self.records[table]

    @property
    def number_all(self) -> str:
        """Return the name of the whole column that numbers the entities."""
        self.whole.add(self.number)
        return self.number + ALL

    def add(self, column: Column) -> Formula:
        """Append a column, and return the formula that reads it."""
        self.columns.append(column)
        made = column.formula
        return Formula(text=column.name, near=made.near, states=made.states, is_cell=True, is_text=made.is_text)

    def step(self, node: Node, formula: Formula, expr: Expr | None, shows: str = "value", reason: str = "") -> Formula:
        """Return a cell that shows *formula*, a step on the way to *node*; one of the same text is used again."""
        return self._step(node, formula, expr, None, None, shows, reason)

    def record_step(
        self, node: Node, formula: Formula, expr: Expr | None, table: str, variable: str, shows: str = "value"
    ) -> Formula:
        """Return a cell of each record that shows *formula*."""
        return self._step(node, formula, expr, table, variable, shows, "")

    def _step(
        self,
        node: Node,
        formula: Formula,
        expr: Expr | None,
        table: str | None,
        variable: str | None,
        shows: str,
        reason: str,
    ) -> Formula:
        key = (table, formula.text)
        if key in self._steps and not reason:
            # The same cell, of which something else may be known where it is read here.
            again = self._steps[key]
            return evolve(again, near=formula.near, states=formula.states)
        column = Column(
            name=self.names.free(self.words.step_name(node, table)),
            node=node,
            formula=formula,
            expr=expr,
            is_step=True,
            table=table,
            variable=variable,
            shows=shows,
            reason=reason,
        )
        found = self._steps[key] = self.add(column)
        return found

    def all_of(self, cell: Formula) -> str:
        """Return the name of the whole column of a cell."""
        return self.all_of_name(cell.text)

    def all_of_name(self, name: str) -> str:
        """Return the name of the whole column of which *name* is a cell."""
        self.whole.add(name)
        return name + ALL
