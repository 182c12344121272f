"""weights-not-whole, weight-not-positive, and a missing scale: the weights inside one node are parts of a whole."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.expressions import Expr
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Percent
from perfrules.methods.wording import number_as_written
from perfrules.model.block import Block
from perfrules.model.lowering import Lowering
from perfrules.model.per_group import Groups
from perfrules.model.worth import Worth
from perfrules.syntax.ast.clauses import WeightsRelative


def check_weights(block: Block, children: tuple[Worth, ...], groups: Groups, lowering: Lowering) -> None:
    """Report weights of zero or less, and weights that do not add to 100% without the words `weights relative`."""
    weighted = tuple((child, child.weight) for child in children if child.weight is not None)
    if not weighted:
        return
    for case in groups.cases(weight for _, weight in weighted):
        values = [(child, weight, groups.value(weight, case)) for child, weight in weighted]
        known = [(child, weight, value) for child, weight, value in values if value is not None]
        wrong = [entry for entry in known if entry[2] <= 0]
        for child, weight, value in wrong:
            _report_not_positive(child, weight, value, lowering)
        if wrong or len(known) < len(weighted) or not known or block.first(WeightsRelative) is not None:
            continue
        if sum(value for _, _, value in known) != 1:
            _report_not_whole(block, known, case.label, lowering)
            return


def _report_not_positive(child: Worth, weight: Expr, value: Exact, lowering: Lowering) -> None:
    args = {"code": child.block.short, "weight": number_as_written(value, weight.kind)}
    lowering.report(Diagnostic(Code.WEIGHT_NOT_POSITIVE, at=weight.origin.span or child.block.span, args=args))


def _report_not_whole(block: Block, known: list[tuple[Worth, Expr, Exact]], label: str, lowering: Lowering) -> None:
    # Percents are shown as percents; a plain 0.3 is shown as it was written.
    kind = Percent() if all(isinstance(weight.kind, Percent) for _, weight, _ in known) else known[0][1].kind
    shown = [number_as_written(value, kind) for _, _, value in known]
    total = sum((value for _, _, value in known), Exact(0))
    args = {
        "code": block.name,
        "found": number_as_written(total, kind),
        "expected": number_as_written(Exact(1), kind),
        "sum": f"{label}: {' + '.join(shown)}" if label else " + ".join(shown),
    }
    others = [
        Labelled(weight.origin.span, "weight-here", args={"weight": text})
        for (_, weight, _), text in zip(known, shown, strict=True)
        if weight.origin.span is not None
    ]
    lowering.report(Diagnostic(Code.WEIGHTS_NOT_WHOLE, at=block.span, args=args, others=others))
