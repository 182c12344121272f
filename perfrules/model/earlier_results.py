"""`previous(…)`: what this ruleset gave the same entity in an earlier period, missing where there is no such result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.inputs import External, InputDeclaration
from perfrules.ir.result_shape import GRADE, ROUNDED_TOTAL, TOTAL
from perfrules.lang.kinds import Grade, Kind, Lights, Points, YesNo
from perfrules.methods.misplaced import misplaced
from perfrules.model import references
from perfrules.model.measures import measure_node, measure_of
from perfrules.model.options import options_of
from perfrules.model.readings import Readings
from perfrules.model.symbols import IndicatorSymbol
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.expressions import Attribute
from perfrules.syntax.ast.tree import Name

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering
    from perfrules.text import Span

PREFIX: Final = "previous."
_ATTRIBUTES: Final = frozenset({Attribute.MEASURE, Attribute.LIGHT})


def previous(lowering: Lowering, tree: ast.Previous) -> Expr:
    """Lower `previous(grade)`, `previous(A1.measure)`, `previous(take_back)`."""
    match tree.value:
        case ast.Reserved(word=word):
            return _of_ruleset(lowering, tree.value, word.value, tree.span)
        case ast.Reference():
            return _of_reference(lowering, tree.value, tree.span)
    return lowering.broken(misplaced("previous", Word("expression"), ("previous(total)",), tree.span), tree.span)


def read_inputs(lowering: Lowering, ruleset: str, readings: Readings) -> Iterator[InputDeclaration]:
    """Yield the earlier values that are read, as inputs that may be missing."""
    for name in (each for each in readings.inputs if each.startswith(PREFIX)):
        reads, kind = _meant(lowering, name.removeprefix(PREFIX))
        yield InputDeclaration(
            name=name,
            title=None,
            kind=kind,
            optional=True,
            options=options_of(kind) or (),
            external=External(alias="", ruleset=ruleset, reads=reads),
        )


def given_name(lowering: Lowering, path: Sequence[str]) -> str:
    """Return the name of the input that a test gives by *path*, codes in full: `previous.A1` is `previous.A.A1`."""
    *codes, last = path[1:]
    for code, attribute in ((".".join(path[1:]), ""), (".".join(codes), f".{last}")):
        found = lowering.scope.find_indicator(code) if code else None
        if isinstance(found, IndicatorSymbol):
            return f"{PREFIX}{found.path}{attribute}"
    return ".".join(path)


def _of_ruleset(lowering: Lowering, tree: ast.Reserved, word: str, span: Span) -> Expr:
    if word not in (TOTAL, ROUNDED_TOTAL, GRADE):
        return lowering.broken(misplaced(word, "previous(…)", ("previous(total)", "previous(grade)"), span), span)
    found = references.reserved(lowering, tree)
    return found if isinstance(found, core.Broken) else _read(word, found.kind, span)


def _of_reference(lowering: Lowering, tree: ast.Reference, span: Span) -> Expr:
    code = ".".join(name.text for name in tree.path)
    names = lowering.scope.names
    found = lowering.scope.find_indicator(code)
    if tree.attribute is None and len(tree.path) == 1 and found is None:
        if code in names.outputs or code in names.decisions or code in names.alerts:
            return _read(code, _meant(lowering, code)[1], span)
        near = lowering.scope.suggest_indicators(code)
        return lowering.broken(unknown_name(Name(text=code, span=tree.span), "indicator", near), span)
    if tree.attribute is not None and tree.attribute not in _ATTRIBUTES:
        asked = f"{code}.{tree.attribute.value}"
        return lowering.broken(misplaced(asked, "previous(…)", (f"previous({code})",), span), span)
    if tree.attribute is Attribute.MEASURE and isinstance(found, IndicatorSymbol) and _is_open(lowering, found):
        path = f"{found.path} → {found.path}"
        return lowering.broken(Diagnostic(Code.CYCLE, span, args={"name": found.path, "path": path}), span)
    now = references.reference(lowering, tree, None)
    if isinstance(now, core.Broken) or not isinstance(found, IndicatorSymbol):
        return now
    return _read(f"{found.path}.{tree.attribute.value}" if tree.attribute else found.path, now.kind, span)


def _is_open(lowering: Lowering, symbol: IndicatorSymbol) -> bool:
    """Tell whether the measure is being lowered: of which kind it was last year is not known before it is now."""
    return symbol.measure is not None and measure_of(lowering, symbol.path) is None


def _read(name: str, kind: Kind, span: Span) -> core.Input:
    return core.Input(f"{PREFIX}{name}", kind=kind, origin=Origin("input", "previous", span))


def _meant(lowering: Lowering, name: str) -> tuple[str, Kind]:
    """Return where in a result *name* stands, and its kind."""
    names = lowering.scope.names
    if name in (TOTAL, ROUNDED_TOTAL):
        return name, Points()
    if name == GRADE:
        return name, Grade(names.grades)
    if name in names.indicators:
        return name, Points()
    path, _, attribute = name.rpartition(".")
    if path in names.indicators:
        symbol = names.indicators[path]
        light = attribute == Attribute.LIGHT.value
        return f"{path}/{attribute}", Lights() if light else measure_node(lowering, symbol, symbol.span).kind
    if name in names.outputs:
        return f"output.{name}", names.outputs[name].kind
    return (f"decision.{name}", YesNo()) if name in names.decisions else (f"alert.{name}", Lights())
