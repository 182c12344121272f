"""Values that two steps take: where edges depend on data, only the data can show that bands overlap.

Looked for beside the evaluators, which take the first step that holds a value; constant edges were proved disjoint.
"""

from collections.abc import Iterator
from itertools import combinations

from attrs import evolve, frozen

from perfrules.diagnostics import Code, DataPlace, Diagnostic, Labelled
from perfrules.evaluate.numbering import Placed, layout_of
from perfrules.evaluate.reference import evaluate_beside
from perfrules.evaluate.trace import NOT_EVALUATED, Trace
from perfrules.evaluate.uncovered import edges_depend_on_data, subject_text
from perfrules.ir.expressions import Const, Expr, Step, Steps
from perfrules.ir.inputs import Facts
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.lang.kinds import YesNo
from perfrules.lang.states import State


@frozen(eq=False)
class _Table:
    """A step table, the slot of its subject, and for each step the question whether it takes the subject."""

    steps: Steps
    subject: int
    questions: tuple[Expr, ...]


def taken_twice(plan: Plan, facts: Facts, trace: Trace) -> tuple[Diagnostic, ...]:
    """Return an error for each value of one entity that two steps take, unless they are rungs of one ladder."""
    found = (each for table in _tables(plan) for each in _overlaps(plan, facts, trace, table))
    return tuple({(each.at, each.args["range"]): each for each in found}.values())


@per_plan
def _tables(plan: Plan) -> tuple[_Table, ...]:
    return tuple(
        _Table(placed.expr, placed.parts[0].slot, tuple(_question(placed.expr, step) for step in placed.expr.steps))
        for root in layout_of(plan).roots.values()
        for placed in _everything(root)
        if isinstance(placed.expr, Steps) and _may_overlap(placed.expr)
    )


def _everything(root: Placed) -> Iterator[Placed]:
    waiting = [root]
    while waiting:
        placed = waiting.pop()
        yield placed
        waiting.extend(placed.parts)


def _may_overlap(table: Steps) -> bool:
    pairs = combinations(table.steps, 2)
    return edges_depend_on_data(table) and not all(first.is_on_ladder_of(second) for first, second in pairs)


def _question(table: Steps, step: Step) -> Expr:
    yes, no = Const(True, kind=YesNo()), Const(False, kind=YesNo())
    return Steps(table.subject, (evolve(step, value=yes),), no, kind=YesNo())


def _overlaps(plan: Plan, facts: Facts, trace: Trace, table: _Table) -> Iterator[Diagnostic]:
    value = trace.value(table.subject)
    if value is NOT_EVALUATED or isinstance(value, State):
        return
    asked = zip(table.steps.steps, table.questions, strict=True)
    taking = [step for step, question in asked if evaluate_beside(plan, facts, trace, question) is True]
    for first, second in combinations(taking, 2):
        if not first.is_on_ladder_of(second):
            text, subject = subject_text(table.steps, value)
            other = first.origin.span
            yield Diagnostic(
                Code.BAND_OVERLAP,
                second.origin.span or table.steps.origin.span,
                args={"range": text, "subject": subject},
                others=[Labelled(other, "other-band")] if other is not None else [],
                where=DataPlace(entity=facts.entity, value=text),
            )
