"""One result read for explaining: the values of nodes and of the expressions below them, and what things are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from perfrules.evaluate.numbering import Placed
from perfrules.evaluate.provisional import Settled
from perfrules.evaluate.result import Result, Status
from perfrules.evaluate.trace import NOT_EVALUATED, Trace, Value
from perfrules.explain.outline import Index, index_of
from perfrules.explain.statement import Part, Term, value_part
from perfrules.ir import expressions as core
from perfrules.ir.conversion import UNIT_CONVERSION
from perfrules.ir.expressions import ArithOp, Expr
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan, Role
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Kind
from perfrules.lang.states import State


@frozen(eq=False)
class Reading:
    """A result that has values, with its plan's index."""

    plan: Plan
    facts: Facts
    trace: Trace
    index: Index
    settled: Mapping[str, Value]
    """The values of nodes; one that waits for a person but can come out in one way only has that value already."""
    blank: bool = False
    """Nothing is known of the entity: what depends on it is told in words, not by a value."""

    def root(self, node: str) -> Placed:
        """Return the expression of a node at its place."""
        return self.trace.layout.roots[node]

    def value(self, placed: Placed) -> object:
        """Return the value of an expression, NOT_EVALUATED where it was skipped."""
        return self.trace.value(placed.slot)

    def extra(self, placed: Placed, number: int = 1) -> object:
        """Return what is in an extra slot of an expression, the first by default."""
        return self.trace.value(placed.slot + number)

    def exact(self, placed: Placed) -> Exact | None:
        """Return the number that an expression is; None where it is none."""
        value = self.value(placed)
        return value if isinstance(value, Exact) else None

    def was_evaluated(self, placed: Placed) -> bool:
        """Tell whether an expression mattered for this entity."""
        return self.value(placed) is not NOT_EVALUATED

    def part(self, placed: Placed) -> Part:
        """Return the value of an expression as a part of a sentence."""
        value = self.value(placed)
        if isinstance(placed.expr, core.NodeRef) and value is State.PENDING:
            value = self.settled[placed.expr.id]
        return Term("not-looked-at") if value is NOT_EVALUATED else value_part(value, placed.expr.kind)

    def node_part(self, node: str) -> Part:
        """Return the value of a node as a part of a sentence."""
        return value_part(self.settled[node], self.index.nodes[node].kind)

    def node(self, code: str, role: Role) -> str | None:
        """Return the id of an indicator's node of a role."""
        return self.index.by_role.get((code, role))

    def number_of(self, node: str | None) -> Exact | None:
        """Return the number a node is; None where it is none, or there is no such node."""
        value = None if node is None or node not in self.index.nodes else self.trace[node]
        return value if isinstance(value, Exact) else None

    def full(self, code: str) -> Exact | None:
        """Return the full marks of an indicator; None where it has none."""
        return self.number_of(self.node(code, Role.FULL))

    def score(self, code: str) -> Exact | None:
        """Return the final marks of an indicator; None where there are none."""
        return self.number_of(self.node(code, Role.FINAL))


def read(result: Result) -> Reading | None:
    """Prepare a result for explaining; None for a refused one."""
    if result.trace is None or result.facts is None:
        return None
    is_open = result.status is Status.PROVISIONAL
    settled = Settled(result.trace, lambda: result.enclosures) if is_open else result.trace
    return Reading(result.plan, result.facts, result.trace, index_of(result.plan), settled)


def all_placed(root: Placed) -> Iterator[Placed]:
    """Yield an expression and all below it, in the order written."""
    waiting = [root]
    while waiting:
        placed = waiting.pop()
        yield placed
        waiting.extend(reversed(placed.parts))


def is_conversion(expr: Expr) -> bool:
    """Tell whether an expression only brings a value to another unit."""
    return isinstance(expr, core.Arith) and expr.op is ArithOp.MULTIPLY and expr.origin.construct == UNIT_CONVERSION


def kind_of(reading: Reading, placed: Placed) -> Kind:
    """Return the kind of an expression; of a node, the node's."""
    expr = placed.expr
    if isinstance(expr, core.NodeRef) and expr.id in reading.index.nodes:
        return reading.index.nodes[expr.id].kind
    return expr.kind
