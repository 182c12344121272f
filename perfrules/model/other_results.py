"""Results of another ruleset, read like data: a table of records, or the one result of the same entity.

What they are called and of which kind they are comes from that ruleset's shape; only what is read becomes an input.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from attrs import evolve

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.inputs import External, InputDeclaration
from perfrules.ir.plan import Node
from perfrules.ir.result_shape import Readable, ResultShape
from perfrules.ir.walk import everything
from perfrules.lang import kinds
from perfrules.lang.kinds import Unknown
from perfrules.lang.names import suggest
from perfrules.model.collector import Problems
from perfrules.model.options import options_of
from perfrules.model.readings import Readings
from perfrules.model.symbols import FieldVariable, ResultsSymbol, TableSymbol
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.declarations import OtherResults
from perfrules.syntax.ast.tree import Name

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering
    from perfrules.model.names import Names

_OWNERS: Final = "output."
"""Begins what can say whose a result is."""


def results_symbol(
    tree: OtherResults, shapes: Mapping[str, ResultShape], problems: Problems
) -> TableSymbol | ResultsSymbol:
    """Declare the results that *tree* names: a table where they are found by an output of that ruleset."""
    name, span = tree.name.text, tree.name.span
    shape = shapes.get(name)
    fields = () if shape is None else tuple(_field(each, tree, shape) for each in shape.readables)
    if tree.by is None:
        return ResultsSymbol(name=name, span=span, fields=fields, known=shape is not None)
    if shape is not None:
        _report_owner(tree.by, shape, problems)
    declared = InputDeclaration(
        name=name,
        title=None,
        kind=kinds.Table(tuple((field.name, field.kind) for field in fields)),
        fields=fields,
        external=_external(tree, shape, ""),
        span=span,
    )
    return TableSymbol(name=name, span=span, declaration=declared)


def reading(lowering: Lowering, symbol: FieldVariable | ResultsSymbol, tree: ast.Reference) -> Expr:
    """Lower what is asked of a result: `p.total`, `p.A1.measure`, `self.grade`."""
    known = symbol.known if isinstance(symbol, ResultsSymbol) else bool(symbol.table.declaration.fields)
    if not known:
        return core.Broken(kind=Unknown(), origin=Origin("broken", span=tree.span))
    asked = asked_name(tree)
    fields = symbol.fields if isinstance(symbol, ResultsSymbol) else symbol.table.declaration.fields
    found = find_fields(fields, asked)
    if len(found) != 1:
        return lowering.broken(_unfound(tree, asked, fields, found), tree.span)
    [field] = found
    if isinstance(symbol, FieldVariable):
        origin = Origin("input", "field", tree.span, field.title)
        return core.FieldOf(symbol.name, field.name, kind=field.kind, origin=origin)
    return core.Input(f"{symbol.name}.{field.name}", kind=field.kind, origin=Origin("input", span=tree.span))


def asked_name(tree: ast.Reference) -> str:
    """Return what stands after the first dot."""
    names = [name.text for name in tree.path[1:]]
    return ".".join([*names, tree.attribute.value] if tree.attribute else names)


def find_fields(fields: Iterable[InputDeclaration], asked: str) -> list[InputDeclaration]:
    """Return the fields that *asked* can mean: those of that very name, else those of codes that end so."""
    fields = tuple(fields)
    exact = [each for each in fields if each.name == asked]
    return exact or [each for each in fields if each.name.endswith(f".{asked}")]


def read_inputs(names: Names, nodes: Sequence[Node], readings: Readings) -> Iterator[InputDeclaration]:
    """Yield the results that *nodes* read: tables with the fields that are read, single values by their full name."""
    read = frozenset(readings.inputs)
    for symbol in names.plain.values():
        if isinstance(symbol, ResultsSymbol):
            named = (evolve(each, name=f"{symbol.name}.{each.name}") for each in symbol.fields)
            yield from (each for each in named if each.name in read)
        elif isinstance(symbol, TableSymbol) and symbol.declaration.external is not None and symbol.name in read:
            yield _narrowed(symbol.declaration, nodes)


def _narrowed(table: InputDeclaration, nodes: Sequence[Node]) -> InputDeclaration:
    """Return *table* with the fields that are read of its records."""
    read: set[str] = set()
    for node in nodes:
        for part in everything(node.expr):
            if isinstance(part, core.TableAggregate) and getattr(part.table, "name", None) == table.name:
                read |= {each.name for each in fields_of(part)}
    fields = tuple(field for field in table.fields if field.name in read)
    return evolve(table, fields=fields, kind=kinds.Table(tuple((field.name, field.kind) for field in fields)))


def fields_of(aggregate: core.TableAggregate) -> Iterator[core.FieldOf]:
    """Yield the readings of fields of the records that *aggregate* goes through."""
    for expr in (aggregate.where, aggregate.body):
        if expr is not None:
            yield from (
                part
                for part in everything(expr)
                if isinstance(part, core.FieldOf) and part.variable == aggregate.variable
            )


def _field(readable: Readable, tree: OtherResults, shape: ResultShape) -> InputDeclaration:
    return InputDeclaration(
        name=readable.name,
        title=readable.title,
        kind=readable.kind,
        unit_text=readable.unit_text,
        bounds=readable.bounds,
        optional=readable.optional,
        options=options_of(readable.kind) or (),
        external=_external(tree, shape, readable.reads),
    )


def _external(tree: OtherResults, shape: ResultShape | None, reads: str) -> External:
    return External(
        alias=tree.name.text,
        ruleset=".".join(name.text for name in tree.ruleset),
        version=shape.version if shape else None,
        output=tree.by.text if tree.by else None,
        reads=reads,
    )


def _report_owner(by: Name, shape: ResultShape, problems: Problems) -> None:
    """Report a `by` that is no output of the other ruleset, or one that names nobody."""
    outputs = {each.name: each.kind for each in shape.readables if each.reads.startswith(_OWNERS)}
    naming = [name for name, kind in outputs.items() if isinstance(kind, kinds.Text | kinds.Choice)]
    if by.text not in naming:
        problems.report(unknown_name(by, "output", tuple(suggest(by.text, naming)) or tuple(naming[:3])))


def _unfound(
    tree: ast.Reference, asked: str, fields: Iterable[InputDeclaration], found: Sequence[InputDeclaration]
) -> Diagnostic:
    last = tree.path[1] if len(tree.path) > 1 else tree.path[0]
    name = Name(text=asked or tree.path[0].text, span=last.span.cover(tree.span))
    if found:
        args: dict[str, Argument] = {"name": asked, "candidates": tuple(each.name for each in found)}
        return Diagnostic(Code.AMBIGUOUS_NAME, name.span, args=args)
    return unknown_name(name, "column", tuple(suggest(asked, (each.name for each in fields))))
