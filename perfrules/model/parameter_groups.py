"""Values by group: one for each combination of options of what `by` names, or `otherwise`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product
from typing import Final

from attrs import frozen

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.ir import expressions as core
from perfrules.ir.expressions import CompareOp, Expr, LogicOp, Origin
from perfrules.lang.kinds import Unknown, YesNo
from perfrules.lang.names import suggest
from perfrules.model.grouped_by import Group
from perfrules.model.lowering import Lowering
from perfrules.model.symbols import ParameterSymbol
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast.expressions import ColourWord
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span

SHOWN: Final = 5
"""How many of the groups without a value are listed."""

Key = tuple[str | bool, ...]


@frozen(kw_only=True)
class Row:
    """One value; without keys it is what holds otherwise."""

    keys: tuple[Name | Text | ColourWord, ...]
    value: Expr
    span: Span


def grouped(
    lowering: Lowering, symbol: ParameterSymbol, groups: tuple[Group, ...], rows: Sequence[Row], span: Span
) -> Expr:
    """Make ordered cases of the rows; a combination without a value is reported."""
    cases: dict[Key, Row] = {}
    otherwise: Row | None = None
    sound = True
    for row in rows:
        if not row.keys:
            otherwise = _once(lowering, otherwise, row)
            continue
        key = _key(lowering, groups, row)
        sound = sound and key is not None and key not in cases
        if key is not None:
            cases[key] = _once(lowering, cases.get(key), row)
    if otherwise is None and sound:
        otherwise = _complete(lowering, symbol, groups, cases, span)
    chosen = tuple((_condition(groups, key, row.span), row.value) for key, row in cases.items())
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


def _key(lowering: Lowering, groups: tuple[Group, ...], row: Row) -> Key | None:
    """Return the options of a row, None, reported, if one is not an option of its input."""
    if len(row.keys) != len(groups):
        args: dict[str, Argument] = {
            "function": ", ".join(each.name for each in groups),
            "expected": str(len(groups)),
            "found": len(row.keys),
        }
        lowering.report(Diagnostic(Code.WRONG_NUMBER_OF_VALUES, row.span, args=args))
        return None
    found: list[str | bool] = []
    for each, key in zip(groups, row.keys, strict=True):
        option = each.option(_text(key))
        if option is None:
            known = tuple(_shown(part) for part in each.listed or ())
            near = tuple(suggest(_text(key), known)) or known[:SHOWN]
            lowering.report(unknown_name(Name(text=_text(key), span=key.span), "option", near))
        else:
            found.append(option)
    return tuple(found) if len(found) == len(groups) else None


def _text(tree: Name | Text | ColourWord) -> str:
    match tree:
        case Name(text=text):
            return text
        case Text(value=text):
            return text
        case ColourWord(colour=text):
            return text


def _complete(
    lowering: Lowering, symbol: ParameterSymbol, groups: tuple[Group, ...], cases: dict[Key, Row], span: Span
) -> Row | None:
    """Take out the last case as what holds otherwise, if the cases are all there are; else report those missing."""
    options = [each.listed for each in groups]
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


def _report_unanswered(lowering: Lowering, symbol: ParameterSymbol, when: tuple[str, ...], span: Span) -> None:
    args: dict[str, Argument] = {"name": symbol.name, "when": when}
    at = symbol.span if span == symbol.tree.span else span
    lowering.report(Diagnostic(Code.PARAMETER_UNANSWERED, at, args=args))


def _condition(groups: tuple[Group, ...], key: Key, span: Span) -> Expr:
    origin = Origin("parameter", "group", span)
    equal = tuple(
        core.Compare(
            CompareOp.EQUAL,
            each.at(span),
            core.Const(option, kind=each.kind, origin=origin),
            kind=YesNo(),
            origin=origin,
        )
        for each, option in zip(groups, key, strict=True)
    )
    return equal[0] if len(equal) == 1 else core.Logic(LogicOp.AND, equal, kind=YesNo(), origin=origin)
