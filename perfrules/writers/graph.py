"""The dependency graph of a plan, as text, DOT or Mermaid. Deterministic; inputs first, then evaluation order."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.ir import expressions as core
from perfrules.ir.plan import Node, OutlineItem, Plan
from perfrules.ir.walk import everything


def draw(plan: Plan, form: str) -> str:
    """Draw *plan* as `text`, `dot` or `mermaid`."""
    match form:
        case "dot":
            return "\n".join(_dot(plan)) + "\n"
        case "mermaid":
            return "\n".join(_mermaid(plan)) + "\n"
        case _:
            return "\n".join(_text(plan)) + "\n"


def _text(plan: Plan) -> Iterator[str]:
    names = _titles(plan)
    for node in plan.nodes:
        reads = ", ".join(_reads(node)) or "—"
        title = names.get(node.id)
        yield f"{node.id}{f' 「{title}」' if title else ''} ← {reads}"


def _dot(plan: Plan) -> Iterator[str]:
    names = _titles(plan)
    yield f"digraph {_quoted(plan.name)} {{"
    yield "  rankdir=LR;"
    for each in plan.inputs:
        yield f"  {_quoted(each.name)} [shape=box, label={_quoted(each.title or each.name)}];"
    for node in plan.nodes:
        title = names.get(node.id)
        yield f"  {_quoted(node.id)} [label={_quoted(f'{node.id} {title}' if title else node.id)}];"
    for node in plan.nodes:
        for read in _reads(node):
            yield f"  {_quoted(read)} -> {_quoted(node.id)};"
    yield "}"


def _mermaid(plan: Plan) -> Iterator[str]:
    names = _titles(plan)
    every = [
        *(each.name for each in plan.inputs),
        *(each.code + suffix for each in plan.judged for suffix in (".level", ".mark")),
    ]
    every += [node.id for node in plan.nodes]
    numbers = {name: f"n{number}" for number, name in enumerate(every)}
    titles = {each.name: each.title or each.name for each in plan.inputs}
    yield "flowchart LR"
    for name in every:
        label = titles.get(name) or (f"{name} {names[name]}" if name in names else name)
        shape = ("[", "]") if name in titles else ("(", ")")
        yield f"  {numbers[name]}{shape[0]}{_mermaid_text(label)}{shape[1]}"
    for node in plan.nodes:
        for read in _reads(node):
            yield f"  {numbers[read]} --> {numbers[node.id]}"


def _reads(node: Node) -> list[str]:
    """Name the inputs and nodes that *node* reads, each once, in the order of reading."""
    found: dict[str, None] = {}
    for expr in everything(node.expr):
        match expr:
            case core.Input(name=name) | core.NodeRef(id=name):
                found[name] = None
            case core.Judged(code=code):
                found[f"{code}.level"] = None
                found[f"{code}.mark"] = None
            case _:
                pass
    return list(found)


def _titles(plan: Plan) -> dict[str, str]:
    found = {result.node: result.title for result in (*plan.decisions, *plan.alerts, *plan.outputs) if result.title}
    for item in _items(plan.outline):
        if item.title:
            found[item.code] = item.title
    return found


def _items(items: tuple[OutlineItem, ...]) -> Iterator[OutlineItem]:
    for item in items:
        yield item
        yield from _items(item.children)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _mermaid_text(text: str) -> str:
    return '"' + text.replace('"', "#quot;") + '"'
