"""Two kinds that do not combine, told to the author with the fix that is obvious."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.ir import expressions as core
from perfrules.ir.conversion import is_bare_number
from perfrules.ir.expressions import Expr
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import (
    Choice,
    Clash,
    Date,
    Grade,
    Kind,
    Level,
    Lights,
    Number,
    Percent,
    PercentagePoints,
    Points,
    Quantity,
    Ratio,
    Reason,
    Table,
    Text,
    Unknown,
    YesNo,
)
from perfrules.text import Span

_WORDS: dict[type[Kind], str] = {
    Number: "number",
    Ratio: "ratio",
    Percent: "a-percentage",
    PercentagePoints: "percentage-points",
    Points: "points",
    YesNo: "yes-no",
    Choice: "an-option",
    Text: "a-text",
    Date: "date",
    Table: "a-table",
    Grade: "a-grade",
    Level: "a-level",
    Lights: "light",
    Unknown: "value",
}


def kind_word(kind: Kind) -> str:
    """Name a kind in the author's words: the unit as written, else a word of the message catalogue.

    >>> kind_word(Percent())
    Word('a-percentage')
    """
    return kind.unit.name if isinstance(kind, Quantity) else Word(_WORDS[type(kind)])


def clash_diagnostic(clash: Clash, operation: str, operands: tuple[Expr, Expr | None], span: Span | None) -> Diagnostic:
    """Say that *operation* cannot combine the operands; one operand where the other side is what is expected there."""
    others = [
        Labelled(operand.origin.span, "kind-here", args={"kind": kind_word(kind)})
        for operand, kind in zip(operands, (clash.left, clash.right), strict=True)
        if operand is not None and operand.origin.span is not None and operand.origin.span != span
    ]
    if clash.reason is Reason.PERCENT_WITH_POINTS_OF_PERCENT:
        return Diagnostic(Code.PERCENT_WITH_PERCENTAGE_POINTS, span, args={"operation": operation}, others=others)
    bare = next((operand for operand in operands if operand is not None and is_bare_number(operand)), None)
    if clash.reason in (Reason.NUMBER_WITH_PERCENT, Reason.MARKS_WITH_PERCENT) and bare is not None:
        return _number_with_percent(bare, operation, span, others)
    args: dict[str, Argument] = {
        "operation": operation,
        "left": kind_word(clash.left),
        "right": kind_word(clash.right),
    }
    fix = None
    unit = next((kind.unit.name for kind in (clash.left, clash.right) if isinstance(kind, Quantity)), None)
    if clash.reason is Reason.UNIT_WITH_NUMBER and bare is not None and unit is not None:
        fix = _rewrite(bare, f"{_written(bare)} {unit}")
    if clash.reason is Reason.NUMBER_WITH_PERCENTAGE_POINTS and bare is not None:
        fix = _rewrite(bare, f"{_written(bare)}pp")
    return Diagnostic(Code.KINDS_DIFFER, span, args=args, others=others, fix=fix)


def _number_with_percent(bare: Expr, operation: str, span: Span | None, others: list[Labelled]) -> Diagnostic:
    number = _written(bare)
    percent = "100%" if number == "1" else f"{number}%"
    if "." in number and number.startswith("0"):
        percent = f"{as_text(_value(bare) * 100)}%"
    args: dict[str, Argument] = {"operation": operation, "number": number, "percent": percent}
    return Diagnostic(Code.NUMBER_WITH_PERCENT, span, args=args, others=others, fix=_rewrite(bare, percent))


def _rewrite(bare: Expr, new: str) -> Fix | None:
    if bare.origin.span is None:
        return None
    return Fix("replace", [Edit(bare.origin.span, new)], args={"new": new, "old": _written(bare)})


def _written(bare: Expr) -> str:
    return as_text(_value(bare))


def _value(bare: Expr) -> Exact:
    assert isinstance(bare, core.Const)
    assert isinstance(bare.value, Exact)
    return bare.value
