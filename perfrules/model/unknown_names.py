"""Names that nothing has, told with the names that may have been meant."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.lang.names import suggest
from perfrules.lang.units import Unit, UnitTable
from perfrules.model.collector import Problems
from perfrules.syntax.ast.tree import Name, Text
from perfrules.syntax.printing.voice import text


def unknown_name(name: Name, kind: str, suggestions: tuple[str, ...]) -> Diagnostic:
    """Say that nothing of that *kind* (a word such as unit or indicator) has this name; one suggestion is a fix."""
    return _unknown(name, kind, suggestions, suggestions)


def unknown_reason(reason: Text, known: Iterable[str]) -> Diagnostic:
    """Say that no veto has this reason."""
    suggestions = tuple(suggest(reason.value, known))
    written = tuple(text(evolve(reason, value=each)) for each in suggestions)
    return _unknown(Name(text=reason.value, span=reason.span), "veto", suggestions, written)


def _unknown(name: Name, kind: str, suggestions: tuple[str, ...], written: tuple[str, ...]) -> Diagnostic:
    fix = None
    if len(suggestions) == 1:
        [new] = suggestions
        fix = Fix("replace", [Edit(name.span, written[0])], args={"new": new, "old": name.text})
    args: dict[str, Argument] = {"kind": Word(kind), "name": name.text, "suggestions": suggestions}
    return Diagnostic(Code.UNKNOWN_NAME, name.span, args=args, fix=fix)


def find_unit(name: Name, units: UnitTable, problems: Problems) -> Unit | None:
    """Return the unit of that name, or report."""
    unit = units.find(name.text)
    if unit is None:
        problems.report(unknown_name(name, "unit", tuple(suggest(name.text, units.names()))))
    return unit
