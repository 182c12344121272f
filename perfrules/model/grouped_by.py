"""What the groups of a parameter are told by: inputs, named parts, alerts, the grade; and the options of each."""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr
from perfrules.lang.kinds import Choice, Grade, Kind, Level, Lights, Text, YesNo
from perfrules.lang.names import suggest
from perfrules.methods.misplaced import misplaced
from perfrules.model import options
from perfrules.model.lowering import Lowering
from perfrules.model.symbols import InputSymbol, LetSymbol, ParameterSymbol
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.clauses import Lights as LightsClause
from perfrules.syntax.ast.tree import Name
from perfrules.text import Span

_GRADE: Final = "grade"
_KINDS: Final = Choice | YesNo | Text | Lights | Grade | Level
_YES_NO: Final = {"yes": True, "no": False, "是": True, "否": False}
_COLOURS: Final = {"红色": "red", "黄色": "yellow", "蓝色": "blue", "绿色": "green"}


@frozen(kw_only=True)
class Group:
    """One of the names after `by`. *listed* has all it can be; None for a text."""

    name: str
    title: str | None
    value: Expr
    listed: tuple[str | bool, ...] | None

    @property
    def kind(self) -> Kind:
        """The kind of its values."""
        return self.value.kind

    def option(self, text: str) -> str | bool | None:
        """Return what a key means; None for what the group cannot be."""
        match self.kind:
            case YesNo():
                return _YES_NO.get(text)
            case Lights():
                text = _COLOURS.get(text, text)
        return text if self.listed is None or text in self.listed else None

    def at(self, span: Span) -> Expr:
        """Return the value as it is read at a place."""
        return evolve(self.value, origin=evolve(self.value.origin, span=span))


def depends_on_results(lowering: Lowering, symbol: ParameterSymbol) -> bool:
    """Tell whether a parameter's groups are told by more than inputs, which are known before any marks."""
    names = lowering.scope.names
    known = {*names.lets.get("", {}), *names.alerts, _GRADE}
    return any(name.text in known and name.text not in names.plain for name in symbol.tree.by)


def grouping(lowering: Lowering, symbol: ParameterSymbol) -> tuple[Group, ...] | None:
    """Return what the names after `by` stand for; None, reported, unless each has options or is a text."""
    found = [_group(lowering, name) for name in symbol.tree.by]
    if not symbol.tree.by:
        args: dict[str, Argument] = {"owner": symbol.name, "clause": "by", "suggestion": "by …"}
        lowering.report(Diagnostic(Code.MISSING_CLAUSE, symbol.span, args=args))
    known = tuple(group for group in found if group is not None)
    return known if known and len(known) == len(found) else None


def _group(lowering: Lowering, name: Name) -> Group | None:
    names = lowering.scope.names
    symbol = lowering.scope.find(name.text)
    if isinstance(symbol, InputSymbol | LetSymbol) or (symbol is None and name.text in names.alerts):
        value = lowering.lower(ast.Reference(path=(name,), span=name.span))
    elif symbol is None and name.text == _GRADE:
        value = lowering.lower(ast.Reserved(word=ast.Word.GRADE, span=name.span))
    else:
        lowering.report(unknown_name(name, "input", tuple(suggest(name.text, _known(lowering)))))
        return None
    if isinstance(value, core.Broken):
        return None
    if not isinstance(value.kind, _KINDS):
        lowering.report(misplaced(name.text, "by", (), name.span))
        return None
    title = symbol.declaration.title if isinstance(symbol, InputSymbol) else None
    return Group(name=name.text, title=title, value=value, listed=_listed(lowering, value))


def _known(lowering: Lowering) -> list[str]:
    """List what could stand after `by`, as far as that is seen without lowering."""
    names = lowering.scope.names
    inputs = (each for each in names.plain.values() if isinstance(each, InputSymbol))
    return [
        *(each.name for each in inputs if isinstance(each.kind, _KINDS)),
        *names.lets.get("", {}),
        *names.alerts,
    ]


def _listed(lowering: Lowering, value: Expr) -> tuple[str | bool, ...] | None:
    match value.kind:
        case YesNo():
            return (True, False)
        case Lights():
            return _colours(lowering, value)
        case kind:
            return options.options_of(kind)


def _colours(lowering: Lowering, value: Expr) -> tuple[str, ...]:
    """Return the colours that a light can show: those its lines name, of an alert or an indicator; else all."""
    names = lowering.scope.names
    if not isinstance(value, core.NodeRef):
        return options.LIGHTS
    if value.id.startswith("alert."):
        shown = names.alerts[value.id.removeprefix("alert.")].colours
        return tuple(colour for colour in options.LIGHTS if colour in shown)
    symbol = names.indicators.get(value.id.removesuffix("/light"))
    clauses = symbol.tree.clauses if symbol is not None else ()
    own = next((clause for clause in clauses if isinstance(clause, LightsClause)), None)
    if own is None:
        return options.LIGHTS
    return tuple(colour for colour in options.LIGHTS if colour in {light.colour.value for light in own.lights})
