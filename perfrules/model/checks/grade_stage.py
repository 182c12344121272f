"""stage-unstated and unknown-stage: where the total is rounded, grades say whether they look at it before or after.

A total of rounded leaves or levels that is not rounded again is both the total and the rounded total.
"""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.model.block import Settings
from perfrules.model.lowering import Lowering
from perfrules.syntax.ast.declarations import Stage


def stage_of(settings: Settings, lowering: Lowering) -> str:
    """Return the node that grades look at; report where the author has to say which."""
    grades = settings.grades
    assert grades is not None
    if grades.stage is Stage.ROUNDED_TOTAL and settings.round_total is None:
        if settings.round_leaves or settings.round_levels:
            return "total"
        args: dict[str, Argument] = {"stage": "rounded total", "quantity": Word("the-total"), "stages": ("total",)}
        lowering.report(Diagnostic(Code.UNKNOWN_STAGE, at=grades.span, args=args))
        return "total"
    if grades.stage is None and settings.round_total is not None:
        others = [Labelled(line.span, "compared-here") for line in grades.lines[:1]]
        lowering.report(
            Diagnostic(Code.STAGE_UNSTATED, at=grades.span, args={"quantity": Word("the-total")}, others=others)
        )
    return "rounded total" if grades.stage is Stage.ROUNDED_TOTAL else "total"
