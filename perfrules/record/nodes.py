"""What the nodes of a ruleset are, told once for all entities: what each is for, where it is written, its steps.

An entity's part of a record has the values of the same nodes and steps, in the same order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from perfrules.api import Ruleset
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Node, OutlineItem
from perfrules.ir.walk import EXTRA_SLOTS, operands
from perfrules.lang.exact import as_text
from perfrules.lang.rounding import Decimals, Rounding, Significant, ToStep
from perfrules.record.values import Tree
from perfrules.text import Span, read_source

_Place = Callable[[Span | None], str | None]


def nodes_tree(rules: Ruleset, members: Mapping[str, bytes]) -> dict[str, Tree]:
    """Return the rubric and all nodes; *members* are the texts, by the names under which the record has them."""
    place = _places(rules, members)
    return {
        "ruleset": {"name": rules.name, "version": rules.version, "hash": rules.hash, "title": rules.title},
        "inputs": [_input(each) for each in rules.plan.inputs],
        "rubric": list(_rubric(rules.outline, None)),
        "nodes": [_node(each, place) for each in rules.plan.nodes],
    }


def _input(declared: InputDeclaration) -> dict[str, Tree]:
    fields = [_input(each) for each in declared.fields]
    found = {"name": declared.name, "title": declared.title, "unit": declared.unit_text, "fields": fields}
    return {name: value for name, value in found.items() if value}


def _rubric(outline: Iterable[OutlineItem], parent: str | None) -> Iterator[dict[str, Tree]]:
    for item in outline:
        found = {
            "code": item.code,
            "title": item.title,
            "amount": item.amount_text,
            "rule": item.rule_text,
            "within": parent,
        }
        yield {name: value for name, value in found.items() if value}
        yield from _rubric(item.children, item.code)


def _node(node: Node, place: _Place) -> dict[str, Tree]:
    steps = list(_steps(node.expr))
    found: dict[str, Tree] = {
        "id": node.id,
        "role": node.role.value,
        "indicator": node.indicator,
        "kind": type(node.kind).__name__.lower(),
        "at": place(node.origin.span),
        "steps": [_step(each, beside, place) for each, beside in steps] if len(steps) > 1 else None,
        "does": does(node.expr) if len(steps) == 1 else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _steps(expr: Expr) -> Iterator[tuple[Expr, bool]]:
    """Yield what has a step, in the order of their numbers, and whether it is one beside the value.

    As `perfrules.ir.walk.steps_of`, for expressions of any depth.
    """
    waiting = [(expr, False)]
    while waiting:
        part, has_operands = waiting.pop()
        if not has_operands:
            waiting.append((part, True))
            waiting += [(operand, False) for operand in reversed(operands(part))]
            continue
        yield part, False
        for _ in range(EXTRA_SLOTS.get(type(part), 0)):
            yield part, True


def _step(expr: Expr, beside: bool, place: _Place) -> dict[str, Tree]:
    part = " ".join(word for word in (expr.origin.construct, expr.origin.role) if word)
    if beside:
        return {"does": does(expr), "beside": True}
    found = {"does": does(expr), "as": part, "title": expr.origin.title, "at": place(expr.origin.span)}
    return {name: value for name, value in found.items() if value}


def does(expr: Expr) -> str:
    """Say what an expression does, in the words of the core: `input budget`, `round to 0.01 half up`, `divide`."""
    match expr:
        case core.Input(name=name):
            return f"input {name}"
        case core.NodeRef(id=node):
            return f"node {node}"
        case core.Round(rounding=rounding):
            return rounding_text(rounding)
        case core.FieldOf(variable=variable, name=name):
            return f"field {variable}.{name}"
        case core.Computed(function=function):
            return f"plug-in {function.name}"
        case core.Irrational(function=function):
            return function.value
    operation = getattr(expr, "op", None)
    name = _NAMES[type(expr)]
    return name if operation is None else f"{name} {operation.value}".strip()


def rounding_text(rounding: Rounding) -> str:
    """Say how something is rounded."""
    match rounding.target:
        case Decimals(count):
            grid = f"{count} decimal" if count == 1 else f"{count} decimals"
        case Significant(digits):
            grid = f"{digits} significant digits"
        case ToStep(step):
            grid = f"a multiple of {as_text(step)}"
    return f"round to {grid} {rounding.mode.value}"


def _places(rules: Ruleset, members: Mapping[str, bytes]) -> _Place:
    """Return how the place of a span is written: the member that has the text, line and column."""
    by_text = {read_source(content, "")[0].text: name for name, content in reversed(tuple(members.items()))}
    named = {name: by_text.get(source.text) for name, source in rules.sources.items()}

    def place(span: Span | None) -> str | None:
        if span is None or (member := named.get(span.file)) is None:
            return None
        line, column = rules.sources[span.file].line_column(span.start)
        return f"{member}:{line}:{column}"

    return place


_NAMES: Final[Mapping[type[Any], str]] = {
    core.Const: "constant",
    core.StateConst: "state",
    core.Arith: "",
    core.Parts: "parts",
    core.Compare: "compare",
    core.Logic: "",
    core.Select: "first case that holds",
    core.IsState: "is in state",
    core.Recover: "answer",
    core.Steps: "bands",
    core.Lines: "curve",
    core.Ledger: "tally",
    core.Clamp: "limits",
    core.DateDifference: "days between",
    core.TableAggregate: "records",
    core.Judged: "judged mark",
    core.Overridable: "override",
    core.Combine: "combine",
    core.Demote: "vetoes of the grade",
    core.Dated: "as of the date",
    core.WorstLight: "worst light",
    core.CohortAggregate: "across entities",
    core.Broken: "broken",
}
