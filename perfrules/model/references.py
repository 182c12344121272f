"""Names in expressions: inputs, parameters, lets, fields of records, indicators and what can be asked of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, Expr, Origin
from perfrules.lang.kinds import Grade, Kind, Level, Lights, Points, Ratio
from perfrules.methods.misplaced import unstated
from perfrules.model import lets, measures, options, other_results
from perfrules.model.scope import Ambiguous
from perfrules.model.symbols import (
    FieldVariable,
    IndicatorSymbol,
    InputSymbol,
    LetSymbol,
    OutputSymbol,
    ParameterSymbol,
    PlainSymbol,
    ResultsSymbol,
    ScheduleSymbol,
    TableSymbol,
)
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.expressions import Attribute
from perfrules.syntax.ast.expressions import Word as Reserved
from perfrules.syntax.ast.tree import Name

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering
    from perfrules.text import Span


def reserved(lowering: Lowering, tree: ast.Reserved) -> Expr:
    """Lower `full`, `measure`, `total`, `rounded total`, `grade` as they are meant at this place."""
    names, here = lowering.scope.names, lowering.scope.indicator_here()
    match tree.word:
        case Reserved.FULL:
            full = lowering.fulls.get(lowering.scope.owner)
            return _no_stage(lowering, tree.span, ("full",), here) if full is None else full
        case Reserved.MEASURE:
            if here is None or here.measure is None:
                return _no_stage(lowering, tree.span, ("measure",), here)
            return measures.measure_node(lowering, here, tree.span)
        case Reserved.TOTAL:
            return core.NodeRef("total", kind=Points(), origin=Origin("total", span=tree.span))
        case Reserved.ROUNDED_TOTAL:
            if not names.rounds_total:
                args: dict[str, Argument] = {
                    "stage": "rounded total",
                    "quantity": Word("the-total"),
                    "stages": ("total",),
                }
                return lowering.broken(Diagnostic(Code.UNKNOWN_STAGE, tree.span, args=args), tree.span)
            return core.NodeRef("rounded total", kind=Points(), origin=Origin("total", "rounded", tree.span))
        case Reserved.GRADE:
            if not names.grades:
                grades = unstated("grades", Word("the-ruleset"), "grades of total { … }", tree.span)
                return lowering.broken(grades, tree.span)
            return core.NodeRef("grade", kind=Grade(names.grades), origin=Origin("grade", span=tree.span))
        case _:
            assert_never(tree.word)


def reference(lowering: Lowering, tree: ast.Reference, hint: Kind | None) -> Expr:
    """Lower a dotted name; *hint* may say that it is an option."""
    if hint is not None:
        named = options.option(lowering, tree, hint)
        if named is not None:
            return named
    first = tree.path[0]
    symbol = lowering.scope.find(first.text)
    if isinstance(symbol, ResultsSymbol) or (isinstance(symbol, FieldVariable) and symbol.table.declaration.external):
        return other_results.reading(lowering, symbol, tree)
    if tree.attribute is None and symbol is not None and (len(tree.path) == 1 or isinstance(symbol, FieldVariable)):
        return _value(lowering, symbol, tree)
    found = lowering.scope.find_indicator(_code(tree))
    if isinstance(found, IndicatorSymbol):
        return _of_indicator(lowering, found, tree)
    if found is None and tree.attribute is None and _code(tree) in lowering.scope.names.alerts:
        alert = lowering.scope.names.alerts[_code(tree)]
        return core.NodeRef(f"alert.{alert.name}", kind=Lights(), origin=Origin("alert", "", tree.span, alert.title))
    if found is None and tree.attribute is None and len(tree.path) == 1:
        near = lowering.scope.suggest_values(first.text)
        return lowering.broken(unknown_name(first, "value", near), tree.span)
    return _unknown_indicator(lowering, tree, found)


def indicator(lowering: Lowering, tree: ast.Reference) -> IndicatorSymbol | None:
    """Return the indicator that a bare code names, or report."""
    found = lowering.scope.find_indicator(_code(tree))
    if isinstance(found, IndicatorSymbol):
        return found
    _unknown_indicator(lowering, tree, found)
    return None


def _value(
    lowering: Lowering,
    symbol: FieldVariable | LetSymbol | PlainSymbol | OutputSymbol,
    tree: ast.Reference,
) -> Expr:
    span = tree.span
    match symbol:
        case InputSymbol() | TableSymbol():
            declaration = symbol.declaration
            origin = Origin("input", span=span, title=declaration.title)
            return core.Input(symbol.name, kind=declaration.kind, origin=origin)
        case ParameterSymbol():
            title = symbol.tree.title.value if symbol.tree.title else None
            return core.NodeRef(symbol.id, kind=symbol.kind, origin=Origin("parameter", span=span, title=title))
        case LetSymbol():
            return core.NodeRef(symbol.id, kind=lets.let_kind(lowering, symbol), origin=Origin("let", span=span))
        case OutputSymbol():
            return core.NodeRef(f"output.{symbol.name}", kind=symbol.kind, origin=Origin("output", span=span))
        case ResultsSymbol():
            return other_results.reading(lowering, symbol, tree)
        case ScheduleSymbol():
            args: dict[str, Argument] = {
                "clause": symbol.name,
                "inside": Word("expression"),
                "places": (f"{symbol.name}(…)",),
            }
            return lowering.broken(Diagnostic(Code.WRONG_PLACE, span, args=args), span)
        case FieldVariable():
            return _field(lowering, symbol, tree)
        case _:
            assert_never(symbol)


def _field(lowering: Lowering, variable: FieldVariable, tree: ast.Reference) -> Expr:
    name = tree.path[-1]
    field = variable.table.field(name.text) if len(tree.path) == 2 else None
    if field is not None:
        origin = Origin("input", "field", tree.span, field.title)
        return core.FieldOf(variable.name, field.name, kind=field.kind, origin=origin)
    fields = [each.name for each in variable.table.declaration.fields]
    if len(tree.path) == 1:
        near: tuple[str, ...] = tuple(f"{variable.name}.{each}" for each in fields[:3])
    else:
        near = options.near(name.text, fields)
    return lowering.broken(unknown_name(name, "column", near), tree.span)


def _of_indicator(lowering: Lowering, symbol: IndicatorSymbol, tree: ast.Reference) -> Expr:
    path, span = symbol.path, tree.span
    title = symbol.tree.title.value if symbol.tree.title else None
    full = lowering.fulls.get(path)
    match tree.attribute:
        case None if symbol.has_marks:
            return core.NodeRef(path, kind=Points(), origin=Origin("indicator", "marks", span, title))
        case Attribute.MEASURE if symbol.measure is not None:
            return measures.measure_node(lowering, symbol, span)
        case Attribute.FULL if full is not None:
            return full
        case Attribute.RATE if full is not None and symbol.has_marks:
            marks = core.NodeRef(path, kind=Points(), origin=Origin("indicator", "marks", span, title))
            origin = Origin("indicator", "rate", span, title)
            return core.Arith(ArithOp.DIVIDE, (marks, full), kind=Ratio(), origin=origin)
        case Attribute.LIGHT if symbol.has_light:
            return core.NodeRef(f"{path}/light", kind=Lights(), origin=Origin("indicator", "light", span, title))
        case Attribute.LEVEL if symbol.levels:
            return core.Input(f"{path}.level", kind=Level(symbol.levels), origin=Origin("judged", "level", span, title))
        case Attribute.MARK if symbol.levels:
            return core.Input(f"{path}.mark", kind=Points(), origin=Origin("judged", "mark", span, title))
    stage = _code(tree) if tree.attribute is None else f"{_code(tree)}.{tree.attribute}"
    return _no_stage(lowering, span, (stage,), symbol)


def _no_stage(lowering: Lowering, span: Span, stage: tuple[str], owner: IndicatorSymbol | None) -> Expr:
    """Report that *owner* (None: the ruleset) has nothing of that name, and say what it has."""
    stages: list[str] = []
    if owner is not None:
        prefix = owner.short
        stages += [prefix, f"{prefix}.rate", f"{prefix}.full"] if owner.has_marks else []
        stages += [f"{prefix}.measure"] if owner.measure else []
        stages += [f"{prefix}.light"] if owner.has_light else []
        stages += [f"{prefix}.level", f"{prefix}.mark"] if owner.levels else []
    args: dict[str, Argument] = {
        "stage": stage[0],
        "quantity": owner.short if owner else Word("the-ruleset"),
        "stages": tuple(each for each in stages if each != stage[0]),
    }
    others = [Labelled(owner.span, "declared-here", args={"name": owner.short})] if owner else []
    return lowering.broken(Diagnostic(Code.UNKNOWN_STAGE, span, args=args, others=others), span)


def _unknown_indicator(lowering: Lowering, tree: ast.Reference, found: Ambiguous | None) -> Expr:
    span = tree.path[0].span.cover(tree.path[-1].span)
    code = Name(text=_code(tree), span=span)
    if found is None:
        return lowering.broken(unknown_name(code, "indicator", lowering.scope.suggest_indicators(code.text)), span)
    indicators = lowering.scope.names.indicators
    others = [Labelled(indicators[path].span, "declared-here", args={"name": path}) for path in found.paths]
    args: dict[str, Argument] = {"name": code.text, "candidates": found.paths}
    return lowering.broken(Diagnostic(Code.AMBIGUOUS_NAME, span, args=args, others=others), span)


def _code(tree: ast.Reference) -> str:
    return ".".join(name.text for name in tree.path)
