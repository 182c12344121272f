"""What rules read of other results and of earlier ones, as inputs beside the declared ones; what tests give of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from perfrules.diagnostics import Diagnostic
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Node
from perfrules.ir.walk import everything
from perfrules.lang.names import suggest
from perfrules.model import earlier_results, other_results
from perfrules.model.readings import Readings
from perfrules.model.symbols import ResultsSymbol, TableSymbol
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast.declarations import Given
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.syntax.ast.tree import Name

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def with_results_read(lowering: Lowering, tree: Ruleset, nodes: Sequence[Node], read: Readings) -> Lowering:
    """Return *lowering* with an input for each result that *nodes* read; tables have the fields that are read."""
    others = other_results.read_inputs(lowering.declared.names, nodes, read)
    name = ".".join(part.text for part in tree.name)
    earlier = earlier_results.read_inputs(lowering, name, read)
    inputs = (*lowering.declared.inputs, *others, *earlier)
    return evolve(lowering, declared=evolve(lowering.declared, inputs=inputs))


def given_input(lowering: Lowering, given: Given) -> str:
    """Return the name of the input that a test gives; in results, codes may be short (`self.A1` is `self.A.A1`)."""
    path = [name.text for name in given.path]
    if path[0] == earlier_results.PREFIX.removesuffix("."):
        return earlier_results.given_name(lowering, path)
    symbol = lowering.declared.names.plain.get(path[0])
    if isinstance(symbol, ResultsSymbol):
        found = other_results.find_fields(symbol.fields, ".".join(path[1:]))
        if len(found) == 1:
            return f"{symbol.name}.{found[0].name}"
    return ".".join(path)


def whole_table(lowering: Lowering, declared: InputDeclaration) -> InputDeclaration:
    """Return *declared*; of a table of results with all its fields, since a test may give more than is read."""
    symbol = lowering.declared.names.plain.get(declared.name)
    is_narrowed = isinstance(symbol, TableSymbol) and declared.external is not None
    return symbol.declaration if is_narrowed and isinstance(symbol, TableSymbol) else declared


def unsupplied(lowering: Lowering, condition: Expr) -> Iterator[Diagnostic]:
    """Report what an expectation reads of results although no rule does: nobody supplies that."""
    known = {each.name: {field.name for field in each.fields} for each in lowering.declared.inputs if each.external}
    for part in everything(condition):
        span = part.origin.span
        if (
            isinstance(part, core.Input)
            and span is not None
            and part.name not in known
            and _is_of_results(lowering, part)
        ):
            yield unknown_name(Name(text=part.name, span=span), "input", tuple(suggest(part.name, known)))
        elif isinstance(part, core.TableAggregate) and isinstance(part.table, core.Input):
            fields = known.get(part.table.name, set())
            for field in other_results.fields_of(part) if part.table.name in known else ():
                if field.name not in fields and field.origin.span is not None:
                    name = Name(text=field.name, span=field.origin.span)
                    yield unknown_name(name, "column", tuple(suggest(field.name, fields)))


def _is_of_results(lowering: Lowering, part: core.Input) -> bool:
    alias = part.name.partition(".")[0]
    symbol = lowering.declared.names.plain.get(alias)
    is_table = isinstance(symbol, TableSymbol) and symbol.declaration.external is not None
    return is_table or isinstance(symbol, ResultsSymbol) or part.name.startswith(earlier_results.PREFIX)
