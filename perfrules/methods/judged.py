"""`score judged { "达成" -> [80%, 100%] of full … }`: a person decides within the limits of a level."""

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.diagnostics.arguments import Word
from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, JudgedLevel, Origin
from perfrules.ir.inputs import JudgedDeclaration
from perfrules.lang.kinds import Points
from perfrules.methods.lowers import Lowers, Marked
from perfrules.methods.parts import constant
from perfrules.methods.wording import number_as_written
from perfrules.syntax.ast.expressions import Range
from perfrules.syntax.ast.scoring import Judged, Level


def expand(score: Judged, lowering: Lowers, marked: Marked) -> Expr:
    """Return the judged mark with the limits of its levels."""
    seen: dict[str, Level] = {}
    for level in score.levels:
        first = seen.setdefault(level.name.value, level)
        if first is not level:
            lowering.report(_twice(level, first))
    levels = tuple(_level(level, lowering) for level in seen.values())
    return core.Judged(marked.code, levels, kind=Points(), origin=Origin("judged", "score", score.span))


def declaration(score: Judged, marked: Marked) -> JudgedDeclaration:
    """Return what the data must say of a judged indicator."""
    names = tuple(dict.fromkeys(level.name.value for level in score.levels))
    return JudgedDeclaration(code=marked.code, title=marked.title, levels=names)


def _level(level: Level, lowering: Lowers) -> JudgedLevel:
    marks = level.marks
    if not isinstance(marks, Range):
        point = lowering.marks(marks)
        return JudgedLevel(level.name.value, point, point, True, True)
    low, high = lowering.marks(marks.low), lowering.marks(marks.high)
    _check_not_empty(marks, low, high, lowering)
    return JudgedLevel(level.name.value, low, high, marks.low_closed, marks.high_closed)


def _check_not_empty(marks: Range, low: Expr, high: Expr, lowering: Lowers) -> None:
    first, last = constant(low), constant(high)
    if first is None or last is None:
        return
    if first > last or (first == last and not (marks.low_closed and marks.high_closed)):
        ends = f"{number_as_written(first, low.kind)}, {number_as_written(last, high.kind)}"
        shown = f"{'[' if marks.low_closed else '('}{ends}{']' if marks.high_closed else ')'}"
        lowering.report(Diagnostic(Code.EMPTY_RANGE, at=marks.span, args={"range": shown}))


def _twice(level: Level, first: Level) -> Diagnostic:
    name = level.name.value
    return Diagnostic(
        Code.DUPLICATE_NAME,
        at=level.name.span,
        args={"kind": Word("level"), "name": name},
        others=[Labelled(first.name.span, "declared-here", args={"name": name})],
    )
