"""Calls of plug-ins' methods: arguments held against the signature, then expanded, or computed when evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Clash, Points, Unknown
from perfrules.model.clashes import clash_diagnostic
from perfrules.model.options import near
from perfrules.model.unknown_names import unknown_name
from perfrules.plugins.computing import computed
from perfrules.plugins.expanding import expand
from perfrules.plugins.faults import Fault, fault_diagnostic
from perfrules.plugins.fitting import fitted
from perfrules.plugins.method import LoadedMethod, PluginCall
from perfrules.plugins.signature import FULL_MARKS, Parameter
from perfrules.syntax.ast import expressions as ast

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def call_plugin(lowering: Lowering, loaded: LoadedMethod | None, tree: ast.Call) -> Expr:
    """Lower a call of a method; of one that could not be loaded, which is reported already, its arguments."""
    if loaded is None:
        for argument in (*tree.arguments, *(named.value for named in tree.named)):
            lowering.lower(argument, None)
        return core.Broken(kind=Unknown(), origin=Origin("broken", span=tree.span))
    written = _in_order(lowering, loaded, tree)
    if written is None:
        return core.Broken(kind=Unknown(), origin=Origin("broken", span=tree.span))
    given = tuple(_lowered(lowering, parameter, each) for parameter, each in written)
    kinds = [parameter.kind for parameter, _ in written]
    values = tuple(_argument(lowering, loaded, kind, value) for kind, value in zip(kinds, given, strict=True))
    if any(isinstance(value.kind, Unknown) for value in values):
        return core.Broken(kind=Unknown(), origin=Origin("broken", span=tree.span))
    origin = Origin("plugin", loaded.name, tree.span, call=PluginCall(loaded.name, given, loaded.method))
    if not loaded.expands:
        return computed(loaded, values, origin)
    found = expand(loaded, values, origin)
    return lowering.broken(fault_diagnostic(found, tree.span), tree.span) if isinstance(found, Fault) else found


def _lowered(lowering: Lowering, parameter: Parameter, tree: ast.Expression) -> Expr:
    return lowering.lower(tree, Points() if parameter.kind == "points" else None)


def _argument(lowering: Lowering, loaded: LoadedMethod, kind: str, value: Expr) -> Expr:
    found = fitted(value, kind, in_base_unit=not loaded.expands)
    if not isinstance(found, Clash):
        return found
    span = value.origin.span
    return lowering.broken(clash_diagnostic(found, loaded.name, (value, None), span), span)


def _in_order(
    lowering: Lowering, loaded: LoadedMethod, tree: ast.Call
) -> list[tuple[Parameter, ast.Expression]] | None:
    """Pair every value with its parameter, in the order of the signature; None, reported, where that cannot be."""
    written = loaded.signature.written
    names = [each.name for each in written]
    given = dict(zip(names, tree.arguments, strict=False)) if tree.named else {}
    for named in tree.named:
        if named.name.text not in names:
            lowering.report(unknown_name(named.name, "parameter", near(named.name.text, names)))
            return None
        if named.name.text in given or len(tree.arguments) > len(names):
            _report_count(lowering, loaded, tree)
            return None
        given[named.name.text] = named.value
    values = [given[name] for name in names if name in given] if tree.named else list(tree.arguments)
    if not loaded.signature.takes(len(values)):
        _report_count(lowering, loaded, tree)
        return None
    return _with_full_marks(loaded, list(zip(loaded.signature.of_each(len(values)), values, strict=True)), tree)


def _with_full_marks(
    loaded: LoadedMethod, pairs: list[tuple[Parameter, ast.Expression]], tree: ast.Call
) -> list[tuple[Parameter, ast.Expression]]:
    """Put the full marks of the indicator where the signature has them; a repeated parameter comes last."""
    full: ast.Expression = ast.Reserved(word=ast.Word.FULL, span=tree.span)
    for position, parameter in enumerate(loaded.signature.parameters):
        if parameter.kind == FULL_MARKS:
            pairs.insert(position, (parameter, full))
    return pairs


def _report_count(lowering: Lowering, loaded: LoadedMethod, tree: ast.Call) -> None:
    args: dict[str, Argument] = {
        "function": loaded.name,
        "expected": loaded.signature.count_text,
        "found": len(tree.arguments) + len(tree.named),
    }
    lowering.report(Diagnostic(Code.WRONG_NUMBER_OF_VALUES, tree.span, args=args))
