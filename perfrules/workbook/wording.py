"""The words of a workbook in one language: names of cells, states as cells show them, answers to yes/no questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import frozen

from perfrules.diagnostics.catalogue import Translator
from perfrules.ir.plan import Node, OutlineItem, Plan, Role
from perfrules.lang.states import State
from perfrules.workbook import literals
from perfrules.workbook.formula import Formula

if TYPE_CHECKING:
    from perfrules.workbook.columns import Column, DataColumn

DOMAIN: Final = "workbook"
_OF_INDICATORS: Final = frozenset(
    {
        Role.FULL,
        Role.APPLIES,
        Role.MEASURE,
        Role.SCORE,
        Role.HELD,
        Role.ROUNDED,
        Role.OVERRIDDEN,
        Role.FINAL,
        Role.LIGHT,
    }
)


@frozen
class Wording:
    """Words for the cells of one ruleset."""

    plan: Plan
    words: Translator

    def say(self, key: str, **args: str | int) -> str:
        """Return a sentence."""
        return self.words.text(key, dict(args))

    def item_title(self, item: OutlineItem) -> str:
        """Return an indicator's code and title."""
        return f"{self.short(item.code)} {item.title}" if item.title else self.short(item.code)

    def group_of(self, node: Node) -> str:
        """Return what a node belongs to."""
        if node.indicator is not None:
            return self.item_title(self.items[node.indicator])
        return self.words.text(f"group.{node.role.value}")

    def node_title(self, node: Node) -> str:
        """Return what a node is."""
        for outlines in (self.plan.decisions, self.plan.alerts, self.plan.outputs):
            for each in outlines:
                if each.node == node.id:
                    return each.title or each.name
        for check in self.plan.checks:
            if node.id in (check.node, check.left, check.right):
                return check.title
        for veto in self.plan.vetoes:
            if veto.node == node.id:
                return veto.reason
        if node.role.value in ("let", "parameter"):
            return node.origin.title or node.id.rpartition(".")[2]
        return self.role(node)

    def column_title(self, column: Column) -> str:
        """Return what a column shows: the last that it is, of all that only repeat one another."""
        return self.node_title(column.told_as or column.node)

    def datum_title(self, column: DataColumn) -> str:
        """Return what a column of data is called."""
        if column.declared is not None:
            return column.declared.title or column.declared.name
        return self.words.text(f"data.{column.part}")

    def datum_group(self, column: DataColumn) -> str:
        """Return what a column of data belongs to."""
        if column.declared is not None:
            return self.words.text("data.inputs")
        item = self.items.get(column.source)
        return column.source if item is None else self.item_title(item)

    def state(self, state: State) -> str:
        """Return what a cell shows for *state*."""
        return self.words.text(f"state.{state.value}")

    def state_formula(self, state: State) -> Formula:
        """Return a formula that shows *state*."""
        return Formula(text=literals.text(self.state(state)), states=frozenset({state}), is_text=True)

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def yes(self) -> str:
        return self.words.text("yes")

    @property
    def no(self) -> str:
        return self.words.text("no")

    def role(self, node: Node) -> str:
        """Return what a node is, in a word."""
        return self.words.text(f"role.{node.role.value}")

    def node_name(self, node: Node) -> str:
        """Return a name for the cell of a node."""
        if node.indicator is not None and node.role in _OF_INDICATORS:
            return f"{self.short(node.indicator)}_{self.words.text(f'name.{node.role.value}')}"
        if node.role in (Role.LET, Role.PARAMETER, Role.OUTPUT, Role.ALERT, Role.DECISION, Role.FLAG):
            rest = node.id.rpartition(".")[2]
            return (
                rest
                if node.role in (Role.LET, Role.PARAMETER)
                else f"{self.words.text(f'name.{node.role.value}')}.{rest}"
            )
        if node.id in ("total", "rounded total", "grade"):
            return self.words.text(f"name.{node.id}")
        return node.id.replace("/", ".").replace("~", ".before_vetoes")

    def step_name(self, node: Node, table: str | None) -> str:
        """Return a name for a step on the way to *node*."""
        return (
            f"{self.node_name(node)}.{self.words.text('name.step')}1"
            if table is None
            else (f"{table}.{self.node_name(node)}")
        )

    def short(self, code: str) -> str:
        """Return the code by which an indicator is known in this rubric."""
        item = self.items.get(code)
        return code if item is None or not self._is_unique(item.short) else item.short

    @property
    def items(self) -> dict[str, OutlineItem]:
        """All indicators by full code."""
        found: dict[str, OutlineItem] = {}
        waiting = list(self.plan.outline)
        while waiting:
            item = waiting.pop(0)
            found[item.code] = item
            waiting[:0] = item.children
        return found

    def _is_unique(self, short: str) -> bool:
        return sum(item.short == short for item in self.items.values()) == 1
