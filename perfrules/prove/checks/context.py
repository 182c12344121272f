"""What a check may look at: the plan, what its nodes can be, and every expression at its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from attrs import frozen

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Node, OutlineItem, Plan, Role
from perfrules.ir.tally_parts import nodes_reading_data, reads_data
from perfrules.prove.enclosure import NOTHING, Enclosure
from perfrules.prove.scene import Visit
from perfrules.prove.survey import Survey
from perfrules.prove.wording import author_name
from perfrules.text import Span

Found = TypeVar("Found", bound=core.Core)


class NotVisited(Exception):  # noqa: N818  # not an error: a check looked closer than the survey did
    """The node asked for is like another and was not visited itself."""


@frozen(eq=False, slots=False)
class Context:
    """A surveyed plan; copies of nodes without vetoes are left out, since their originals are there."""

    survey: Survey

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.survey.plan

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """The nodes by id."""
        return {node.id: node for node in self.plan.nodes}

    @cached_property
    def inputs(self) -> Mapping[str, InputDeclaration]:
        """The declarations by name."""
        return {declaration.name: declaration for declaration in self.plan.inputs}

    @cached_property
    def reads_data(self) -> frozenset[str]:
        """The nodes that depend on data, and not on parameters alone."""
        return nodes_reading_data(self.plan)

    @cached_property
    def outline(self) -> Mapping[str, OutlineItem]:
        """The indicators by code."""
        waiting, found = list(self.plan.outline), dict[str, OutlineItem]()
        while waiting:
            item = waiting.pop()
            found[item.code] = item
            waiting.extend(item.children)
        return found

    def value(self, id_: str) -> Enclosure:
        """Return what a node can be; nothing for one that is not there."""
        return self.survey.values.get(id_, NOTHING)

    def own_nodes(self, *roles: Role) -> Iterator[Node]:
        """Yield the nodes of these roles (all for none), without the copies that only conditions of vetoes read."""
        return (node for node in self._own if node.role in roles) if roles else iter(self._own)

    def places(self, kind: type[Found]) -> Iterator[tuple[Node, Visit, Found]]:
        """Yield every expression of a class that is reached, with its node and visit."""
        for node, visit in self._by_class.get(kind, ()):
            assert isinstance(visit.expr, kind)
            yield node, visit, visit.expr

    def visits_of(self, node: Node) -> tuple[Visit, ...]:
        """Return the visits of a node's expressions, operands first; raises NotVisited."""
        if node.id not in self._visited:
            raise NotVisited(node.id)
        return self._visited[node.id]

    def visited(self) -> Iterator[tuple[Node, tuple[Visit, ...]]]:
        """Yield the nodes that were visited, with their visits: for each shape at least one node."""
        return iter(self._with_visits)

    def depends_on_data(self, expr: Expr) -> bool:
        """Tell whether an expression depends on data."""
        return reads_data(expr, self.reads_data)

    def code(self, node: Node) -> str:
        """Return what the author calls the indicator or result that *node* belongs to."""
        return node.indicator or author_name(node.id)

    def span_of(self, code: str) -> Span | None:
        """Return where an indicator stands."""
        item = self.outline.get(code)
        return None if item is None else item.span

    def outline_children(self, code: str | None) -> tuple[OutlineItem, ...]:
        """Return the children of an indicator."""
        item = self.outline.get(code or "")
        return () if item is None else item.children

    @cached_property
    def _own(self) -> tuple[Node, ...]:
        return tuple(node for node in self.plan.nodes if not node.id.endswith("~"))

    @cached_property
    def _with_visits(self) -> tuple[tuple[Node, tuple[Visit, ...]], ...]:
        return tuple((node, self._visited[node.id]) for node in self._own if node.id in self._visited)

    @cached_property
    def _by_class(self) -> Mapping[type[core.Core], list[tuple[Node, Visit]]]:
        found: dict[type[core.Core], list[tuple[Node, Visit]]] = {}
        for node, visits in self.visited():
            for visit in visits:
                found.setdefault(type(visit.expr), []).append((node, visit))
        return found

    @cached_property
    def _visited(self) -> Mapping[str, tuple[Visit, ...]]:
        return {id_: tuple(visit.everything()) for id_, visit in self.survey.visits.items()}
