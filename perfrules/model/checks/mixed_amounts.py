"""mixed-amounts: the indicators inside one node state their amounts in one style, besides bonuses."""

from __future__ import annotations

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.ir.plan import MarksStyle
from perfrules.model.block import Block, Settings
from perfrules.model.lowering import Lowering
from perfrules.model.worth import Worth

_WORDS = {MarksStyle.POINTS: Word("points"), MarksStyle.WEIGHT: Word("weights"), MarksStyle.NONE: Word("points")}


def styles_differ(block: Block, children: tuple[Worth, ...], settings: Settings, lowering: Lowering) -> bool:
    """Report points beside weights, and weights in a block that starts from a base; tell whether there were any."""
    counted = [child for child in children if child.style is not MarksStyle.BONUS]
    weighted = [child for child in counted if child.style is MarksStyle.WEIGHT]
    if not weighted or (len(weighted) == len(counted) and not settings.has_base):
        return False
    styles: tuple[str, ...] = tuple(dict.fromkeys(_WORDS[child.style] for child in counted))
    others = [
        Labelled(child.block.amount.span, "style-here", args={"style": _WORDS[child.style]})
        for child in counted
        if child.block.amount is not None
    ]
    styles = styles if len(styles) > 1 else (*styles, Word("points"))
    args: dict[str, Argument] = {"code": block.name, "styles": styles}
    lowering.report(Diagnostic(Code.MIXED_AMOUNTS, at=block.span, args=args, others=others))
    return True
