"""Evaluate again with something changed: an input, a node, or what a rule looks at.

Only what depends on the change is evaluated, by the evaluator that defines the meaning. A change that would lead
outside what the ruleset can be asked (a division by zero, a day outside the calendar) has no value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from attrs import evolve, field, frozen

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.numbering import place
from perfrules.evaluate.reference.context import Context
from perfrules.evaluate.reference.nodes import evaluate_placed
from perfrules.evaluate.trace import NOT_EVALUATED, StepValue, Value
from perfrules.explain.reading import Reading
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import FactValue
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.walk import everything, transform
from perfrules.lang.calendar import OutsideCalendar
from perfrules.lang.exact import Exact
from perfrules.plugins.faults import PluginFault

_NONE: Mapping[str, FactValue] = MappingProxyType({})


@frozen(eq=False)
class Reads:
    """What each node reads, and the order of evaluation."""

    nodes: Mapping[str, frozenset[str]]
    inputs: Mapping[str, frozenset[str]]
    order: Mapping[str, int]


@per_plan
def reads_of(plan: Plan) -> Reads:
    """Find what each node of *plan* reads."""
    nodes: dict[str, frozenset[str]] = {}
    inputs: dict[str, frozenset[str]] = {}
    for node in plan.nodes:
        found = tuple(everything(node.expr))
        nodes[node.id] = frozenset(part.id for part in found if isinstance(part, core.NodeRef))
        inputs[node.id] = frozenset(part.name for part in found if isinstance(part, core.Input))
    return Reads(nodes, inputs, {node.id: position for position, node in enumerate(plan.nodes)})


@frozen(eq=False)
class Changed:
    """What is different: *facts* by input, *nodes* with another value, *subject* that is *value* within some nodes."""

    facts: Mapping[str, FactValue] = field(factory=lambda: _NONE)
    nodes: Mapping[str, Value] = field(factory=lambda: _NONE)
    subject: Expr | None = None
    value: Value | None = None
    within: frozenset[str] = frozenset()


def value_of(reading: Reading, expr: Expr) -> Value | None:
    """Evaluate an expression that this entity did not need; None where it has no value."""
    return _evaluate(expr, _context(reading, _NONE, reading.trace))


def number_of(reading: Reading, expr: Expr) -> Exact | None:
    """Evaluate an expression to a number; None where it is none."""
    value = value_of(reading, expr)
    return value if isinstance(value, Exact) else None


def evaluate_again(reading: Reading, target: str, changed: Changed) -> Value | None:
    """Return the value of the node *target* after a change; None where it has none."""
    return prepare(reading, core.NodeRef(target), changed)(changed.facts)


def prepare(reading: Reading, expr: Expr, changed: Changed) -> Callable[[Mapping[str, FactValue]], Value | None]:
    """Return what gives the value of *expr* for any values of the facts named in *changed*."""
    targets = _references(expr)
    affected = _affected(reading.plan, targets, changed)
    order = reads_of(reading.plan).order
    todo = tuple((node, _expression(reading, node, changed)) for node in sorted(affected, key=lambda id_: order[id_]))

    if any(isinstance(each, core.CohortAggregate) for _, each in todo):
        return lambda _: None  # what the others have is not at hand, and they are compared with this change

    def value(facts: Mapping[str, FactValue]) -> Value | None:
        fresh: dict[str, Value] = dict(changed.nodes)
        context = _context(reading, facts, _Overlay(fresh, reading.trace))
        for node, each in todo:
            found = _evaluate(each, context)
            if found is None:
                return None
            fresh[node] = found
        return _evaluate(expr, context)

    return value


def inputs_behind(reading: Reading, expr: Expr) -> tuple[str, ...]:
    """List the inputs that an expression depends on, in the order they were declared."""
    reads = reads_of(reading.plan)
    found = {part.name for part in everything(expr) if isinstance(part, core.Input)}
    for node in _ancestors(reads, _references(expr)):
        found |= reads.inputs[node]
    return tuple(declaration.name for declaration in reading.plan.inputs if declaration.name in found)


def nodes_behind(reading: Reading, expr: Expr) -> set[str]:
    """Return the nodes that an expression depends on."""
    return _ancestors(reads_of(reading.plan), _references(expr))


def _references(expr: Expr) -> frozenset[str]:
    return frozenset(part.id for part in everything(expr) if isinstance(part, core.NodeRef))


def _expression(reading: Reading, node: str, changed: Changed) -> Expr:
    expr = reading.index.nodes[node].expr
    return _substituted(expr, changed) if node in changed.within else expr


class _Overlay(dict[str, Value]):
    """The values of nodes: the fresh ones, else those of the trace."""

    def __init__(self, fresh: dict[str, Value], trace: Mapping[str, Value]) -> None:
        super().__init__()
        self._fresh, self._trace = fresh, trace

    def __getitem__(self, node: str) -> Value:
        return self._fresh[node] if node in self._fresh else self._trace[node]


def _context(reading: Reading, facts: Mapping[str, FactValue], nodes: Mapping[str, Value]) -> Context:
    changed = evolve(reading.facts, values=MappingProxyType({**reading.facts.values, **facts}))
    as_of = reading.facts.as_of or reading.plan.as_of_default
    return Context(changed, as_of, reading.plan.calendar, nodes, {})


def _evaluate(expr: Expr, context: Context) -> Value | None:
    root = place(expr)
    steps: list[StepValue] = [NOT_EVALUATED] * (root.slot + 3)
    try:
        return evaluate_placed(root, context, steps)
    except (EvaluationDefect, OutsideCalendar, PluginFault):
        return None


def _substituted(expr: Expr, changed: Changed) -> Expr:
    value = changed.value
    assert isinstance(value, Exact | bool | str)
    return transform(expr, lambda part: core.Const(value, kind=part.kind) if part == changed.subject else part)


def _affected(plan: Plan, targets: frozenset[str], changed: Changed) -> set[str]:
    """Return the nodes that *targets* depend on and that depend on the change."""
    reads = reads_of(plan)
    fixed = set(changed.nodes)
    touched: set[str] = set()
    for node in sorted(_ancestors(reads, targets), key=lambda id_: reads.order[id_]):
        if node in fixed:
            continue
        by_input = any(name in changed.facts for name in reads.inputs[node])
        by_node = any(other in touched or other in fixed for other in reads.nodes[node])
        if by_input or by_node or node in changed.within:
            touched.add(node)
    return touched


def _ancestors(reads: Reads, targets: frozenset[str]) -> set[str]:
    found = set(targets)
    waiting = list(targets)
    while waiting:
        for other in reads.nodes[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found
