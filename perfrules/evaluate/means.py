"""Means and medians of exact numbers."""

from collections.abc import Sequence
from math import gcd, lcm

from perfrules.evaluate.defect import EvaluationDefect
from perfrules.lang.exact import Exact
from perfrules.lang.irrational import power, root


def median(numbers: Sequence[Exact]) -> Exact:
    """Return the middle number, of an even count the mean of the middle two.

    >>> median([Exact(4), Exact(1), Exact(2), Exact(9)])
    Fraction(3, 1)
    """
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def geometric_mean(weighted: Sequence[tuple[Exact, Exact]]) -> Exact:
    """Return exp(sum of w ln x / sum of w) of (x, w), correctly rounded to 34 digits; 0 if any x is 0.

    The weights become whole numbers k, so that the result is the root of degree sum of k of a rational product.

    >>> geometric_mean([(Exact(2), Exact(1, 2)), (Exact(8), Exact(1, 2))])
    Fraction(4, 1)
    """
    if any(x < 0 for x, _ in weighted) or any(w <= 0 for _, w in weighted):
        raise EvaluationDefect("a geometric mean of a negative number, or with a weight that is not positive")
    if any(x == 0 for x, _ in weighted):
        return Exact(0)
    common = lcm(*(w.denominator for _, w in weighted))
    counts = [(w * common).numerator for _, w in weighted]
    shared = gcd(*counts)
    product = Exact(1)
    try:
        for (x, _), times in zip(weighted, counts, strict=True):
            product *= power(x, Exact(times // shared))
        return root(product, sum(counts) // shared)
    except ValueError as refused:
        raise EvaluationDefect(str(refused)) from refused


def harmonic_mean(weighted: Sequence[tuple[Exact, Exact]]) -> Exact:
    """Return the sum of w over the sum of w / x of (x, w); 0 if any x is 0.

    >>> harmonic_mean([(Exact(2), Exact(1)), (Exact(6), Exact(1))])
    Fraction(3, 1)
    """
    if any(x == 0 for x, _ in weighted):
        return Exact(0)
    below = sum((w / x for x, w in weighted), Exact(0))
    if below == 0:
        raise EvaluationDefect("a divisor is zero")
    return sum((w for _, w in weighted), Exact(0)) / below
