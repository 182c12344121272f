"""What a cohort has in common: mean, median, how many reached the full marks; all of it exact."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from perfrules.lang.exact import Exact


@frozen(kw_only=True)
class Statistics:
    """Of the marks of some entities; None where there are none. *full_share* is the mean's share of the full marks."""

    count: int
    mean: Exact | None
    median: Exact | None
    lowest: Exact | None
    highest: Exact | None
    with_full: int
    full_share: Exact | None


def statistics_of(scores: Sequence[tuple[Exact, Exact | None]]) -> Statistics:
    """Return the statistics of marks, each given with the full marks that it is of.

    >>> found = statistics_of([(Exact(1), Exact(4)), (Exact(4), Exact(4)), (Exact(3), Exact(4)), (Exact(4), Exact(4))])
    >>> found.mean, found.median, found.with_full, found.full_share
    (Fraction(3, 1), Fraction(7, 2), 2, Fraction(3, 4))
    """
    if not scores:
        return Statistics(count=0, mean=None, median=None, lowest=None, highest=None, with_full=0, full_share=None)
    marks = sorted(score for score, _ in scores)
    fulls = [full for _, full in scores if full]
    whole = sum(fulls, Exact(0))
    return Statistics(
        count=len(marks),
        mean=sum(marks, Exact(0)) / len(marks),
        median=(marks[(len(marks) - 1) // 2] + marks[len(marks) // 2]) / 2,
        lowest=marks[0],
        highest=marks[-1],
        with_full=sum(full is not None and score >= full for score, full in scores),
        full_share=sum(marks, Exact(0)) / whole if len(fulls) == len(scores) and whole else None,
    )
