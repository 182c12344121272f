"""What is proved of cells holds in binary arithmetic: bounds on errors, and that clearing the noise decides rightly."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from attrs import frozen

from perfrules.lang.interval import Interval
from perfrules.workbook.near import Near, absolute, either, extreme, nearest, over, plus, times, turned
from perfrules.workbook.proof import Verdict, settle_comparison, settle_rounding

UNIT = Fraction(1, 100)


@frozen
class Cell:
    """An exact number, the binary number in the cell, and what is known of it."""

    exact: Fraction
    shown: float
    near: Near


def _datum(random: Random) -> Cell:
    low, high = random.choice(((0, 100), (1, 50), (-30, 30), (10, 10_000)))
    exact = Fraction(random.randrange(low * 100, high * 100 + 1), 100)
    return Cell(exact, float(exact), nearest(Interval(Fraction(low), Fraction(high)), UNIT))


def _made(random: Random, depth: int) -> Cell:
    if depth == 0:
        return _datum(random)
    x, y = _made(random, depth - 1), _made(random, random.randrange(depth))
    match random.randrange(8):
        case 0:
            return Cell(x.exact + y.exact, x.shown + y.shown, plus(x.near, y.near))
        case 1:
            return Cell(x.exact - y.exact, x.shown - y.shown, plus(x.near, y.near, -1))
        case 2:
            return Cell(x.exact * y.exact, x.shown * y.shown, times(x.near, y.near))
        case 3 if y.near.within.lo is not None and y.near.within.lo > 0:
            return Cell(x.exact / y.exact, x.shown / y.shown, over(x.near, y.near))
        case 4:
            return Cell(min(x.exact, y.exact), min(x.shown, y.shown), extreme([x.near, y.near], True))
        case 5:
            return Cell(max(x.exact, y.exact), max(x.shown, y.shown), extreme([x.near, y.near], False))
        case 6:
            return Cell(abs(x.exact), abs(x.shown), absolute(x.near))
    return Cell(-x.exact, -x.shown, turned(either([x.near, x.near])))


@pytest.mark.parametrize("seed", range(20))
def test_errors_stay_within_their_bounds_and_numbers_on_their_lattice(seed: int) -> None:
    random = Random(seed)
    for _ in range(300):
        cell = _made(random, random.randrange(1, 5))
        bound = cell.near.error_up_to(abs(cell.exact))
        assert cell.exact in cell.near.within
        assert bound is not None
        assert abs(Fraction(cell.shown) - cell.exact) <= bound
        if cell.near.nearest:
            assert cell.shown == float(cell.exact)
        if cell.near.step is not None and cell.near.parts == 1:
            assert not cell.near.step or (cell.exact / cell.near.step).denominator == 1


def _quotients(random: Random, edge: Fraction) -> tuple[Fraction, Fraction]:
    below = Fraction(random.randrange(1, 10**9), 10**4)
    beside = Fraction(random.choice((-1, 0, 0, 1)), 10**4)
    above = Fraction(round(edge * below * 10**4), 10**4) + beside
    return above, below


@pytest.mark.parametrize("edge", [Fraction(9, 10), Fraction(19, 20), Fraction(1, 3), Fraction(3, 2)])
def test_a_comparison_that_is_proved_comes_out_right_on_and_beside_the_edge(edge: Fraction) -> None:
    random = Random(str(edge))
    amounts = nearest(Interval(Fraction(0), Fraction(200_000)), Fraction(1, 10**4))
    bases = nearest(Interval(Fraction(1, 10**4), Fraction(100_000)), Fraction(1, 10**4))
    quotient, point = over(amounts, bases), nearest(Interval(edge, edge), edge)
    settled = settle_comparison(quotient, point, plus(quotient, point, -1))
    assert settled.verdict is Verdict.PROVED
    assert settled.digits is not None
    for _ in range(3000):
        above, below = _quotients(random, edge)
        shown = round(float(above) / float(below) - float(edge), settled.digits)
        exact = above / below - edge
        assert (shown > 0, shown < 0) == (exact > 0, exact < 0)


def _half_up(shown: float, places: int) -> Fraction:
    scaled = Fraction(repr(shown)) * 10**places
    return Fraction((2 * scaled + 1) // 2, 10**places)


def test_a_rounding_that_is_proved_comes_out_right_on_ties() -> None:
    random = Random(4)
    tasks = nearest(Interval(Fraction(0), Fraction(1000)), Fraction(1))
    planned = nearest(Interval(Fraction(1), Fraction(1000)), Fraction(1))
    marks = times(over(tasks, planned), nearest(Interval(Fraction(7), Fraction(7)), Fraction(7)))
    settled = settle_rounding(marks, Fraction(1, 200))
    assert settled.verdict is Verdict.PROVED
    assert settled.digits is not None
    ties = 0
    for _ in range(20_000):
        done, all_ = random.randrange(0, 1001), random.choice((8, 40, 200, 400, 1000, random.randrange(1, 1001)))
        exact = Fraction(7 * done, all_)
        ties += (exact * 200).denominator == 1 and (exact * 100).denominator == 2
        shown = round(done / all_ * 7, settled.digits)
        assert _half_up(shown, 2) == Fraction((2 * exact * 100 + 1) // 2, 100)
    assert ties > 100


@pytest.mark.parametrize(
    ("near", "reason"),
    [
        (Near(within=Interval(Fraction(0), Fraction(1)), relative=Fraction(1, 2**53)), "no-decimals"),
        (Near(step=Fraction(1, 100), parts=7), "no-range"),
        (over(*[nearest(Interval(Fraction(1, 10**9), Fraction(10**9)), Fraction(1, 10**9))] * 2), "gap"),
    ],
)
def test_what_is_not_proved_has_a_reason(near: Near, reason: str) -> None:
    settled = settle_rounding(near, Fraction(1, 200))
    assert (settled.verdict, settled.reason) == (Verdict.OPEN, reason)


def test_a_comparison_is_proved_of_every_kind_of_number_or_says_why_not() -> None:
    whole = nearest(Interval(Fraction(0), Fraction(100)), Fraction(1))

    def build(near: Near) -> Verdict:
        return settle_comparison(near, whole, plus(near, whole, -1)).verdict

    assert build(whole) is Verdict.PROVED
    assert build(over(whole, nearest(Interval(Fraction(1), Fraction(9)), Fraction(1)))) is Verdict.PROVED
    assert build(Near(within=Interval(Fraction(0), Fraction(1)))) is Verdict.OPEN
