"""Names that nothing has, told with the names that may have been meant."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.lang.names import suggest
from perfrules.lang.units import Unit, UnitTable
from perfrules.model.collector import Problems
from perfrules.syntax.ast.tree import Name


def unknown_name(name: Name, kind: str, suggestions: tuple[str, ...]) -> Diagnostic:
    """Say that nothing of that *kind* (a word such as unit or indicator) has this name; one suggestion is a fix."""
    fix = None
    if len(suggestions) == 1:
        [new] = suggestions
        fix = Fix("replace", [Edit(name.span, new)], args={"new": new, "old": name.text})
    args: dict[str, Argument] = {"kind": Word(kind), "name": name.text, "suggestions": suggestions}
    return Diagnostic(Code.UNKNOWN_NAME, name.span, args=args, fix=fix)


def find_unit(name: Name, units: UnitTable, problems: Problems) -> Unit | None:
    """Return the unit of that name, or report."""
    unit = units.find(name.text)
    if unit is None:
        problems.report(unknown_name(name, "unit", tuple(suggest(name.text, units.names()))))
    return unit
