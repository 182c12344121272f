"""Marks, grades and decisions that can be missing because optional data are, with no answer to that."""

from collections.abc import Iterator
from typing import Final

from perfrules.diagnostics import Argument, Code, Diagnostic, Labelled, Word
from perfrules.ir import expressions as core
from perfrules.ir.plan import Node, OutlineItem, Role
from perfrules.ir.walk import everything
from perfrules.lang.states import State
from perfrules.prove.checks.context import Context
from perfrules.text import Span

_ASKED: Final = (
    Role.FULL,
    Role.SCORE,
    Role.VETO,
    Role.LIGHT,
    Role.TOTAL,
    Role.GRADE,
    Role.DECISION,
    Role.ALERT,
    Role.OUTPUT,
)


def missing_unanswered(context: Context) -> Iterator[Diagnostic]:
    """Yield an error where missing data first reach a result; what is built on that is not reported again."""
    blamed: set[str] = set()
    for node in context.own_nodes():
        value = context.value(node.id)
        if State.MISSING not in value.states or value.reported:
            continue
        if _reads_any(node, blamed):
            blamed.add(node.id)
        elif node.role in _ASKED:
            blamed.add(node.id)
            name, span = _source(node, context)
            yield _diagnostic(node, name, span, context)


def _diagnostic(node: Node, name: str, span: Span | None, context: Context) -> Diagnostic:
    declaration = context.inputs.get(name)
    at, others = _place(node.origin.span or span, context.outline.get(context.code(node)))
    if declaration is not None and declaration.span is not None:
        others.append(Labelled(declaration.span, "declared-here", args={"name": name}))
    args: dict[str, Argument] = {"code": context.code(node), "input": name, "answer": _answer(node.role)}
    return Diagnostic(Code.MISSING_UNANSWERED, at=at, args=args, others=others)


def _place(at: Span | None, indicator: OutlineItem | None) -> tuple[Span | None, list[Labelled]]:
    """Point at an indicator made of a library's definition, where the answer belongs, and not into the library."""
    if at is None or indicator is None or indicator.definition is None or indicator.span is None:
        return at, []
    return (at, []) if at.file == indicator.span.file else (indicator.span, [Labelled(at, "stated-here")])


def _answer(role: Role) -> Word:
    """Say where an answer can stand: only marks have a clause for it."""
    match role:
        case Role.SCORE:
            return Word("answer-by-clause")
        case Role.FULL:
            return Word("answer-by-declaration")
        case _:
            return Word("answer-by-condition")


def _reads_any(node: Node, blamed: set[str]) -> bool:
    return any(isinstance(part, core.NodeRef) and part.id in blamed for part in everything(node.expr))


def _source(node: Node, context: Context) -> tuple[str, Span | None]:
    """Name the optional input, or table, that the missing value comes from."""
    waiting, seen = [node], {node.id}
    while waiting:
        reading = waiting.pop(0)
        for visit in context.visits_of(reading):
            match visit.expr:
                case core.Input(name=name) | core.FieldOf(name=name) if State.MISSING in visit.value.states:
                    return name, visit.expr.origin.span
                case core.TableAggregate(table=core.Input(name=name)) if State.MISSING in visit.value.states:
                    return name, visit.expr.origin.span
                case core.NodeRef(id=id_) if State.MISSING in visit.value.states and id_ not in seen:
                    seen.add(id_)
                    waiting.append(context.nodes[id_])
    return context.code(node), None
