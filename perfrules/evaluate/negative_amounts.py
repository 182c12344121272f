"""Tally lines that the data bring below zero: a deduction that would add, an addition that would take off.

Looked for beside the evaluators, and only in what cannot be seen at a glance to be 0 or more.
"""

from collections.abc import Iterator, Mapping

from attrs import frozen

from perfrules.diagnostics import Code, DataPlace, Diagnostic
from perfrules.diagnostics.arguments import Word
from perfrules.evaluate.numbering import Placed, layout_of
from perfrules.evaluate.trace import StepValue, Trace
from perfrules.ir import expressions as core
from perfrules.ir.expressions import AggregateOp, ArithOp, Expr, LedgerLine
from perfrules.ir.inputs import Facts, InputDeclaration
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import Plan
from perfrules.ir.tally_parts import nodes_reading_data, reads_data, tally_parts, written_part
from perfrules.lang.exact import Exact

_KEEPS_SIGN = frozenset({ArithOp.ADD, ArithOp.MULTIPLY, ArithOp.DIVIDE, ArithOp.MINIMUM})
_COUNTS = frozenset({AggregateOp.COUNT, AggregateOp.COUNT_DISTINCT, AggregateOp.SHARE})
_Declared = Mapping[str, InputDeclaration]


@frozen(eq=False)
class _Watched:
    """A subject, amount or cap of a line that data could bring below zero, and its slot."""

    part: Expr
    slot: int
    line: LedgerLine


def negative_amounts(plan: Plan, facts: Facts, trace: Trace) -> tuple[Diagnostic, ...]:
    """Return an error for each subject, amount or cap that is below zero for one entity."""
    found = (_negative(facts, watched, _least(watched, trace)) for watched in _watched(plan))
    return tuple({each.at: each for each in found if each is not None}.values())


def doubtful_parts(plan: Plan, line: LedgerLine) -> Iterator[Expr]:
    """Yield the subjects, amounts and caps of a line that data could bring below zero."""
    declared, of_data = _declared(plan), nodes_reading_data(plan)
    for part in tally_parts(line):
        if reads_data(part, of_data) and not _surely_at_least_zero(part, declared):
            yield part


@per_plan
def _declared(plan: Plan) -> _Declared:
    return {declaration.name: declaration for declaration in plan.inputs}


@per_plan
def _watched(plan: Plan) -> tuple[_Watched, ...]:
    return tuple(watched for root in layout_of(plan).roots.values() for watched in _in_ledgers(plan, root))


def _in_ledgers(plan: Plan, root: Placed) -> Iterator[_Watched]:
    waiting = [root]
    while waiting:
        placed = waiting.pop()
        waiting.extend(placed.parts)
        if isinstance(placed.expr, core.Ledger):
            slots = dict(_slots(placed))
            for line in placed.expr.lines:
                yield from (_Watched(part, slots[id(part)], line) for part in doubtful_parts(plan, line))


def _slots(root: Placed) -> Iterator[tuple[int, int]]:
    waiting = [root]
    while waiting:
        placed = waiting.pop()
        yield id(placed.expr), placed.slot
        waiting.extend(placed.parts)


def _surely_at_least_zero(expr: Expr, declared: _Declared) -> bool:
    match expr:
        case core.Const(value=Exact() as value):
            return value >= 0
        case core.Input(name=name):
            bounds = declared[name].bounds if name in declared else None
            return bounds is not None and bounds.low >= 0
        case core.Arith(op=ArithOp.ABSOLUTE):
            return True
        case core.Arith(op=ArithOp.MAXIMUM):
            return any(_surely_at_least_zero(part, declared) for part in expr.operands)
        case core.Arith(op=op) if op in _KEEPS_SIGN:
            return all(_surely_at_least_zero(part, declared) for part in expr.operands)
        case core.TableAggregate(op=op):
            return op in _COUNTS
    return False


def _least(watched: _Watched, trace: Trace) -> StepValue:
    """Return what the part came to; of amounts of records, the least."""
    value = trace.value(watched.slot)
    if not isinstance(value, Exact) or written_part(watched.part) is watched.part:
        return value
    records = trace.value(watched.slot + 1)
    assert isinstance(records, tuple)
    return min((body for taken, body in records if taken is True and isinstance(body, Exact)), default=value)


def _negative(facts: Facts, watched: _Watched, value: StepValue) -> Diagnostic | None:
    if not isinstance(value, Exact) or value >= 0:
        return None
    from perfrules.prove.wording import expression_text, number_text  # a good result needs no words

    part = written_part(watched.part)
    text = number_text(value, part.kind)
    args = {"subject": expression_text(part), "value": text, "clause": Word(watched.line.origin.role)}
    span = part.origin.span or watched.line.origin.span
    return Diagnostic(Code.NEGATIVE_AMOUNT, span, args=args, where=DataPlace(entity=facts.entity, value=text))
