"""unknown-name: a grade that a veto names is one of the ruleset's grades."""

from __future__ import annotations

from collections.abc import Iterable

from perfrules.diagnostics import Diagnostic
from perfrules.lang.names import suggest
from perfrules.model.unknown_names import unknown_name
from perfrules.model.vetoes import GRADE_EFFECTS, Cause


def veto_names(causes: Iterable[Cause], grades: tuple[str, ...]) -> Iterable[Diagnostic]:
    """Report vetoes to a grade that is not declared."""
    for cause in causes:
        name = cause.veto.name
        if cause.veto.effect in GRADE_EFFECTS and name is not None and name.text not in grades:
            yield unknown_name(name, "grade", tuple(suggest(name.text, grades)))
