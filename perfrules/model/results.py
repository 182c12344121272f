"""Decisions, alerts and outputs: what the ruleset answers beside marks."""

from __future__ import annotations

from typing import TypeVar

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Word
from perfrules.ir.expressions import Expr
from perfrules.ir.plan import Deadline, Node, ResultOutline, Role
from perfrules.model.block import Block
from perfrules.model.deadlines import deadline_of
from perfrules.model.lights import chosen_light
from perfrules.model.lowering import Lowering
from perfrules.syntax.ast.declarations import Alert, Decision, Output
from perfrules.syntax.ast.tree import Name, Text

Result = Decision | Alert | Output
Named = TypeVar("Named", Decision, Alert)


@frozen(kw_only=True)
class Results:
    """The nodes and outlines of all three."""

    nodes: tuple[Node, ...]
    decisions: tuple[ResultOutline, ...]
    alerts: tuple[ResultOutline, ...]
    outputs: tuple[ResultOutline, ...]


def results(root: Block, lowering: Lowering) -> Results:
    """Lower every decision, alert and output of the ruleset."""
    decisions = _named(root.every(Decision), "decision", lowering)
    alerts = _named(root.every(Alert), "alert", lowering)
    outputs = tuple(each for each in root.every(Output) if _is_first(each, lowering))
    return Results(
        nodes=(
            *(_node(each, Role.DECISION, lowering.condition(each.condition)) for each in decisions),
            *(_node(each, Role.ALERT, chosen_light(each.lights, each.span, lowering, "alert")) for each in alerts),
            *(_node(each, Role.OUTPUT, _output(each, lowering)) for each in outputs),
        ),
        decisions=tuple(_outline(each, Role.DECISION, _deadline(each, lowering)) for each in decisions),
        alerts=tuple(_outline(each, Role.ALERT) for each in alerts),
        outputs=tuple(_outline(each, Role.OUTPUT) for each in outputs),
    )


def _is_first(output: Output, lowering: Lowering) -> bool:
    """Tell whether this is the output its name stands for; a second one was reported where names are declared."""
    symbol = lowering.declared.names.outputs.get(output.name.text)
    return symbol is not None and symbol.tree is output


def _output(output: Output, lowering: Lowering) -> Expr:
    kind = lowering.declared.names.outputs[output.name.text].kind
    return lowering.in_kind(output.value, kind, bare=True, operation="output")


def _named(found: tuple[Named, ...], kind: str, lowering: Lowering) -> tuple[Named, ...]:
    first: dict[str, Named] = {}
    for each in found:
        known = first.setdefault(each.name.text, each)
        if known is not each:
            _report_twice(each.name, known.name, kind, lowering)
    return tuple(first.values())


def _report_twice(name: Name, first: Name, kind: str, lowering: Lowering) -> None:
    others = [Labelled(first.span, "declared-here", args={"name": name.text})]
    args = {"kind": Word(kind), "name": name.text}
    lowering.report(Diagnostic(Code.DUPLICATE_NAME, at=name.span, args=args, others=others))


def _node(result: Result, role: Role, expr: Expr) -> Node:
    return Node(id=f"{role.value}.{result.name.text}", role=role, expr=expr, kind=expr.kind, origin=expr.origin)


def _outline(result: Result, role: Role, deadline: Deadline | None = None) -> ResultOutline:
    title: Text | None = result.title
    return ResultOutline(
        name=result.name.text,
        title=title.value if title else None,
        node=f"{role.value}.{result.name.text}",
        deadline=deadline,
    )


def _deadline(decision: Decision, lowering: Lowering) -> Deadline | None:
    return None if decision.deadline is None else deadline_of(decision.deadline, lowering)
