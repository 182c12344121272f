"""Values by group: one for each combination of options of the inputs that `by` names, or `otherwise`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product
from typing import Final

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, Expr, LogicOp, Origin
from perfrules.lang.kinds import Choice, Text, Unknown, YesNo
from perfrules.lang.names import suggest
from perfrules.model.lowering import Lowering
from perfrules.model.symbols import InputSymbol, ParameterSymbol
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast.tree import Name
from perfrules.syntax.ast.tree import Text as TextTree
from perfrules.text import Span

SHOWN: Final = 5
"""How many of the groups without a value are listed."""
_YES_NO: Final = {"yes": True, "no": False, "是": True, "否": False}

Key = tuple[str | bool, ...]


@frozen(kw_only=True)
class Row:
    """One value; without keys it is what holds otherwise."""

    keys: tuple[Name | TextTree, ...]
    value: Expr
    span: Span


def grouping(lowering: Lowering, symbol: ParameterSymbol) -> tuple[InputSymbol, ...] | None:
    """Return the inputs named after `by`; None, reported, unless each is a choice, yes/no or a text."""
    found: list[InputSymbol] = []
    plain = lowering.scope.names.plain
    choices = {name for name, each in plain.items() if isinstance(each, InputSymbol) and _can_group(each)}
    for name in symbol.tree.by:
        each = plain.get(name.text)
        if isinstance(each, InputSymbol) and _can_group(each):
            found.append(each)
        else:
            lowering.report(unknown_name(name, "input", tuple(suggest(name.text, choices))))
    if not symbol.tree.by:
        args: dict[str, Argument] = {"owner": symbol.name, "clause": "by", "suggestion": "by …"}
        lowering.report(Diagnostic(Code.MISSING_CLAUSE, symbol.span, args=args))
    return tuple(found) if found and len(found) == len(symbol.tree.by) else None


def _can_group(symbol: InputSymbol) -> bool:
    return isinstance(symbol.kind, Choice | YesNo | Text)


def grouped(
    lowering: Lowering, symbol: ParameterSymbol, inputs: tuple[InputSymbol, ...], rows: Sequence[Row], span: Span
) -> Expr:
    """Make ordered cases of the rows; a combination without a value is reported."""
    cases: dict[Key, Row] = {}
    otherwise: Row | None = None
    sound = True
    for row in rows:
        if not row.keys:
            otherwise = _once(lowering, otherwise, row)
            continue
        key = _key(lowering, inputs, row)
        sound = sound and key is not None and key not in cases
        if key is not None:
            cases[key] = _once(lowering, cases.get(key), row)
    if otherwise is None and sound:
        otherwise = _complete(lowering, symbol, inputs, cases, span)
    chosen = tuple((_condition(inputs, key, row.span), row.value) for key, row in cases.items())
    rest = core.Broken(kind=Unknown(), origin=Origin("broken", span=span)) if otherwise is None else otherwise.value
    if not chosen:
        return rest
    return core.Select(chosen, rest, kind=symbol.kind, origin=Origin("parameter", "group", span))


def _once(lowering: Lowering, first: Row | None, row: Row) -> Row:
    if first is None:
        return row
    clause = " ".join(_text(key) for key in row.keys) or "otherwise"
    others = [Labelled(first.span, "first-stated-here")]
    lowering.report(Diagnostic(Code.TWICE_STATED, row.span, args={"clause": clause}, others=others))
    return first


def _key(lowering: Lowering, inputs: tuple[InputSymbol, ...], row: Row) -> Key | None:
    """Return the options of a row, None, reported, if one is not an option of its input."""
    if len(row.keys) != len(inputs):
        args: dict[str, Argument] = {
            "function": ", ".join(each.name for each in inputs),
            "expected": str(len(inputs)),
            "found": len(row.keys),
        }
        lowering.report(Diagnostic(Code.WRONG_NUMBER_OF_VALUES, row.span, args=args))
        return None
    found: list[str | bool] = []
    for each, key in zip(inputs, row.keys, strict=True):
        option = _option(each, _text(key))
        if option is None:
            known = each.declaration.options or ("yes", "no")
            near = tuple(suggest(_text(key), known)) or known[:SHOWN]
            lowering.report(unknown_name(Name(text=_text(key), span=key.span), "option", near))
        else:
            found.append(option)
    return tuple(found) if len(found) == len(inputs) else None


def _option(symbol: InputSymbol, text: str) -> str | bool | None:
    match symbol.kind:
        case Choice(options):
            return text if text in options else None
        case YesNo():
            return _YES_NO.get(text)
        case _:
            return text


def _text(tree: Name | TextTree) -> str:
    return tree.text if isinstance(tree, Name) else tree.value


def _complete(
    lowering: Lowering, symbol: ParameterSymbol, inputs: tuple[InputSymbol, ...], cases: dict[Key, Row], span: Span
) -> Row | None:
    """Take out the last case as what holds otherwise, if the cases are all there are; else report those missing."""
    options = [_options(each) for each in inputs]
    if any(listed is None for listed in options):
        _report_unanswered(lowering, symbol, (Word("otherwise"),), span)
        return None
    absent = (key for key in product(*(listed or () for listed in options)) if key not in cases)
    missing = [", ".join(_shown(part) for part in key) for key in islice(absent, SHOWN + 1)]
    if missing:
        when = (*missing[:SHOWN], "…") if len(missing) > SHOWN else tuple(missing)
        _report_unanswered(lowering, symbol, when, span)
        return None
    return cases.popitem()[1] if cases else None


def _shown(option: str | bool) -> str:
    return option if isinstance(option, str) else ("yes" if option else "no")


def _options(symbol: InputSymbol) -> tuple[str | bool, ...] | None:
    match symbol.kind:
        case Choice(options):
            return options
        case YesNo():
            return (True, False)
        case _:
            return None


def _report_unanswered(lowering: Lowering, symbol: ParameterSymbol, when: tuple[str, ...], span: Span) -> None:
    args: dict[str, Argument] = {"name": symbol.name, "when": when}
    at = symbol.span if span == symbol.tree.span else span
    lowering.report(Diagnostic(Code.PARAMETER_UNANSWERED, at, args=args))


def _condition(inputs: tuple[InputSymbol, ...], key: Key, span: Span) -> Expr:
    origin = Origin("parameter", "group", span)
    equal = tuple(
        core.Compare(
            CompareOp.EQUAL,
            core.Input(each.name, kind=each.kind, origin=Origin("input", span=span, title=each.declaration.title)),
            core.Const(option, kind=each.kind, origin=origin),
            kind=YesNo(),
            origin=origin,
        )
        for each, option in zip(inputs, key, strict=True)
    )
    return equal[0] if len(equal) == 1 else core.Logic(LogicOp.AND, equal, kind=YesNo(), origin=origin)
