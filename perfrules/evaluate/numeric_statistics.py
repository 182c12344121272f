"""One number from several numbers: what statistics of records and of entities have in common."""

from collections.abc import Sequence

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.evaluate.means import median
from perfrules.ir.expressions import AggregateOp, Trimming
from perfrules.lang import irrational
from perfrules.lang.exact import Exact


def statistic_of(op: AggregateOp, numbers: Sequence[Exact], trimming: Trimming | None) -> Exact | None:
    """Return the statistic of at least one number; None where too few are left for it.

    >>> statistic_of(AggregateOp.MEDIAN, [Exact(3), Exact(1)], None)
    Fraction(2, 1)
    """
    match op:
        case AggregateOp.SUM:
            return sum(numbers, Exact(0))
        case AggregateOp.MEAN:
            return sum(numbers, Exact(0)) / len(numbers)
        case AggregateOp.MEDIAN:
            return median(numbers)
        case AggregateOp.TRIMMED_MEAN:
            kept = _trimmed(sorted(numbers), trimming)
            return sum(kept, Exact(0)) / len(kept) if kept else None
        case AggregateOp.DEVIATION_POPULATION:
            return irrational.standard_deviation(numbers, population=True)
        case AggregateOp.DEVIATION_SAMPLE:
            return irrational.standard_deviation(numbers, population=False) if len(numbers) > 1 else None
        case _:
            raise EvaluationDefect(f"{op} is not over numbers")


def _trimmed(ordered: list[Exact], trimming: Trimming | None) -> list[Exact]:
    if trimming is None or len(ordered) < trimming.at_least:
        return ordered
    return ordered[trimming.low : max(trimming.low, len(ordered) - trimming.high)]
