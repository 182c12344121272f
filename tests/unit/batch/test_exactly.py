"""Every operation of a tape on exact columns is the same operation on fractions, row by row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from perfrules.batch.exact_cells import looked_up
from perfrules.batch.exactly import Codes, Exactly, Known, Numbers, Truths
from perfrules.batch.rationals import from_fractions, reduced
from perfrules.batch.tape import Do, Lookup, Read, Statistic, Tape, Type
from perfrules.evaluate.means import geometric_mean, median
from perfrules.ir.expressions import AggregateOp, CompareOp, IrrationalFunction, Trimming
from perfrules.lang.irrational import power, sqrt, standard_deviation
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep, round_exact

ROWS = 200
COUNTS = [n % 4 for n in range(ROWS)]
RECORDS = sum(COUNTS)
HALVES = [Fraction(n, 200) for n in range(-400, 401)]
ANY_FRACTIONS = [*HALVES, *(Fraction(n, d) for d in (3, 7, 9) for n in range(-20, 21)), Fraction(10**30, 7)]

Column = list[Any]


def drawn(values: Sequence[Any], seed: str, length: int = ROWS) -> Column:
    random = Random(seed)
    return [random.choice(values) for _ in range(length)]


def known(column: Column) -> Known:
    if isinstance(column[0], bool):
        return Truths(np.array(column))
    if isinstance(column[0], int):
        return Codes(np.array(column))
    return from_fractions(column)


def shown(column: Known) -> Column:
    return column.fractions() if isinstance(column, Numbers) else column.cells.tolist()


class Made:
    """A tape of one operation on inputs that hold these columns."""

    def __init__(self) -> None:
        self.tape = Tape()
        self.inputs: dict[int, Known] = {}

    def input(self, column: Column, table: str | None = None) -> int:
        place = self.tape.add(Do.INPUT, type=Type.NUMBER, param=Read(f"x{len(self.inputs)}", table=table), table=table)
        self.inputs[place] = known(column)
        return place

    def read(self, place: int) -> Column:
        exactly = Exactly(self.tape, self.inputs.get, ROWS, lambda _table: np.array(COUNTS))
        return shown(exactly.column(place))


def computed(do: Do, columns: Sequence[Column], kind: Type = Type.NUMBER, param: Any = None) -> Column:
    made = Made()
    return made.read(made.tape.add(do, *map(made.input, columns), type=kind, param=param))


PAIRS = [
    (drawn(HALVES, "a"), drawn(HALVES, "b")),
    (drawn(ANY_FRACTIONS, "c"), drawn(HALVES, "d")),
    (drawn(ANY_FRACTIONS, "e"), drawn(ANY_FRACTIONS, "f")),
    (drawn(HALVES, "g"), [Fraction(-3, 8)] * ROWS),
]
OF_TWO: dict[Do, Callable[[Fraction, Fraction], Fraction]] = {
    Do.ADD: lambda x, y: x + y,
    Do.SUBTRACT: lambda x, y: x - y,
    Do.MULTIPLY: lambda x, y: x * y,
    Do.DIVIDE: lambda x, y: x / y if y else Fraction(0),
    Do.MINIMUM: min,
    Do.MAXIMUM: max,
}


@pytest.mark.parametrize("do", OF_TWO)
@pytest.mark.parametrize("pair", range(len(PAIRS)))
def test_arithmetic(do: Do, pair: int) -> None:
    x, y = PAIRS[pair]
    assert computed(do, (x, y)) == list(map(OF_TWO[do], x, y))


@pytest.mark.parametrize("op", CompareOp)
@pytest.mark.parametrize("pair", range(len(PAIRS)))
def test_comparison(op: CompareOp, pair: int) -> None:
    x, y = PAIRS[pair]
    x = [*x[: ROWS // 2], *y[ROWS // 2 :]]
    made = {"=": "__eq__", "!=": "__ne__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}[op]
    assert computed(Do.COMPARE, (x, y), Type.TRUTH, op) == [getattr(a, made)(b) for a, b in zip(x, y, strict=True)]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "target", [Decimals(2), Decimals(0), Decimals(-1), Significant(2), ToStep(Fraction(1, 8)), ToStep(Fraction(2, 3))]
)
@pytest.mark.parametrize("values", [HALVES, ANY_FRACTIONS])
def test_rounding(mode: Mode, target: Any, values: Sequence[Fraction]) -> None:
    x = drawn(values, "x")
    rounding = Rounding(mode, target)
    assert computed(Do.ROUND, (x,), param=rounding) == [round_exact(each, rounding) for each in x]


def test_sums_and_extremes_of_many() -> None:
    columns = [drawn(values, f"{n}") for n, values in enumerate((HALVES, ANY_FRACTIONS, HALVES, ANY_FRACTIONS))]
    rows = list(zip(*columns, strict=True))
    assert computed(Do.ADD, columns) == [sum(row) for row in rows]
    assert computed(Do.MINIMUM, columns) == [min(row) for row in rows]
    assert computed(Do.MAXIMUM, columns) == [max(row) for row in rows]


@pytest.mark.parametrize("values", [HALVES, ANY_FRACTIONS])
def test_signs(values: Sequence[Fraction]) -> None:
    x = drawn(values, "x")
    assert computed(Do.NEGATE, (x,)) == [-each for each in x]
    assert computed(Do.ABSOLUTE, (x,)) == [abs(each) for each in x]


def test_a_choice_of_numbers_truths_and_codes() -> None:
    where = drawn([True, False], "w")
    pairs = (
        (drawn(HALVES, "1"), drawn(ANY_FRACTIONS, "2"), Type.NUMBER),
        (drawn(HALVES, "3"), drawn(HALVES, "4"), Type.NUMBER),
        (drawn([True, False], "5"), drawn([True, False], "6"), Type.TRUTH),
        (drawn([0, 1, 4], "7"), drawn([0, 3], "8"), Type.CODE),
    )
    for first, second, kind in pairs:
        expected = [a if so else b for so, a, b in zip(where, first, second, strict=True)]
        assert computed(Do.WHERE, (where, first, second), kind) == expected


def test_logic_and_codes() -> None:
    x, y, z = (drawn([True, False], name) for name in "xyz")
    rows = list(zip(x, y, z, strict=True))
    assert computed(Do.AND, (x, y, z), Type.TRUTH) == [all(row) for row in rows]
    assert computed(Do.OR, (x, y, z), Type.TRUTH) == [any(row) for row in rows]
    assert computed(Do.NOT, (x,), Type.TRUTH) == [not each for each in x]
    assert computed(Do.NUMBER_OF, (x,)) == [Fraction(each) for each in x]
    a, b = drawn([0, 1, 2], "a"), drawn([0, 1, 2], "b")
    assert computed(Do.SAME, (a, b), Type.TRUTH) == [left == right for left, right in zip(a, b, strict=True)]
    assert computed(Do.STRONGEST, (a, b), Type.CODE) == list(map(max, a, b))


def test_functions_that_are_rarely_rational() -> None:
    x = drawn([Fraction(n, 4) for n in range(-3, 40)], "x")
    function = IrrationalFunction.SQRT
    assert computed(Do.IRRATIONAL, (x,), param=function) == [sqrt(each) if each >= 0 else Fraction(0) for each in x]
    y = [Fraction(3, 2)] * ROWS
    expected = [power(each, Fraction(3, 2)) if each >= 0 else Fraction(0) for each in x]
    assert computed(Do.IRRATIONAL, (x, y), param=IrrationalFunction.POWER) == expected


def test_a_weighted_geometric_mean_leaves_out_what_weighs_nothing() -> None:
    x, y = (drawn([Fraction(n, 2) for n in range(12)], name) for name in "xy")
    w = drawn([Fraction(0), Fraction(1, 3), Fraction(2)], "w")
    expected = [
        geometric_mean([(a, Fraction(1)), *([(b, weight)] if weight else [])])
        for a, b, weight in zip(x, y, w, strict=True)
    ]
    assert computed(Do.GEOMETRIC_MEAN, (x, [Fraction(1)] * ROWS, y, w)) == expected


def test_the_median_of_those_that_are_taken() -> None:
    columns = [drawn(ANY_FRACTIONS, name) for name in "abc"]
    taken = [drawn([True, False], f"{name}?") for name in "abc"]
    mixed = [each for pair in zip(columns, taken, strict=True) for each in pair]
    chosen = [
        [value for value, so in zip(values, truths, strict=True) if so]
        for values, truths in zip(zip(*columns, strict=True), zip(*taken, strict=True), strict=True)
    ]
    assert computed(Do.MEDIAN, mixed) == [median(each) if each else 0 for each in chosen]


def test_a_place_is_looked_up() -> None:
    places = from_fractions([Fraction(n, 2) for n in range(8, 20)])
    assert looked_up(Lookup(5, (7, 8, 8)), places).fractions() == [0, 0, 7, 0, 8, 0, 8, 0, 0, 0, 0, 0]


BY_ENTITY = [
    (Statistic(AggregateOp.MEDIAN), median),
    (Statistic(AggregateOp.COUNT_DISTINCT), lambda values: Fraction(len(set(values)))),
    (
        Statistic(AggregateOp.TRIMMED_MEAN, Trimming(1, 0, 2)),
        lambda values: (sum(values) - max(values)) / (len(values) - 1) if len(values) > 1 else values[0],
    ),
]


class OfRecords:
    """An operation from records to entities, and the values that are taken of each entity."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.made = Made()
        self.column, self.taken = drawn(values, "r", RECORDS), drawn([True, True, False], "t", RECORDS)
        self.records = self.made.input(self.column, "projects")
        self.truths = self.made.input(self.taken, "projects")
        starts = [sum(COUNTS[:n]) for n in range(ROWS + 1)]
        self.places = [range(starts[n], starts[n + 1]) for n in range(ROWS)]

    def chosen(self) -> list[list[Any]]:
        return [[self.column[at] for at in each if self.taken[at]] for each in self.places]

    def all_of_each(self) -> list[list[Any]]:
        return [[self.column[at] for at in each] for each in self.places]

    def read(self, do: Do, kind: Type = Type.NUMBER, param: Any = None, *, whole: bool = False) -> Column:
        operands = (self.records,) if whole else (self.records, self.truths)
        return self.made.read(self.made.tape.add(do, *operands, type=kind, param=param))


@pytest.mark.parametrize("values", [HALVES, ANY_FRACTIONS])
def test_sums_and_extremes_by_entity(values: Sequence[Fraction]) -> None:
    of = OfRecords(values)
    assert of.read(Do.TOTAL, whole=True) == [sum(each, Fraction(0)) for each in of.all_of_each()]
    assert of.read(Do.LEAST) == [min(each, default=0) for each in of.chosen()]
    assert of.read(Do.GREATEST) == [max(each, default=0) for each in of.chosen()]


@pytest.mark.parametrize(("statistic", "made"), BY_ENTITY)
def test_statistics_by_entity(statistic: Statistic, made: Callable[[Any], Fraction]) -> None:
    of = OfRecords(ANY_FRACTIONS[:50] + [Fraction(1, 3)] * 50)
    assert of.read(Do.STATISTIC, param=statistic) == [made(each) if each else 0 for each in of.chosen()]


@pytest.mark.parametrize("population", [True, False])
def test_a_deviation_is_the_variance_whose_root_is_taken_later(population: bool) -> None:
    of = OfRecords(HALVES)
    op = AggregateOp.DEVIATION_POPULATION if population else AggregateOp.DEVIATION_SAMPLE
    expected = [
        standard_deviation(each, population=population) if len(each) > (not population) else 0 for each in of.chosen()
    ]
    assert [sqrt(each) for each in of.read(Do.STATISTIC, param=Statistic(op))] == expected


def test_codes_and_truths_by_entity() -> None:
    of = OfRecords([0, 1, 3])
    assert of.read(Do.STRONGEST_OF, Type.CODE, whole=True) == [max(each, default=0) for each in of.all_of_each()]
    distinct = Statistic(AggregateOp.COUNT_DISTINCT)
    assert of.read(Do.STATISTIC, param=distinct) == [len(set(each)) for each in of.chosen()]
    of = OfRecords([True, False])
    assert of.read(Do.ANY, Type.TRUTH, whole=True) == [any(each) for each in of.all_of_each()]


@pytest.mark.parametrize("values", [ANY_FRACTIONS, HALVES, [True, False], [1, 2]])
def test_each_record_takes_its_entitys_value(values: Sequence[Any]) -> None:
    made, column = Made(), drawn(values, "s")
    spread = made.tape.add(Do.SPREAD, made.input(column), type=Type.NUMBER, table="projects")
    assert made.read(spread) == [value for value, count in zip(column, COUNTS, strict=True) for _ in range(count)]


def test_a_constant_may_stand_among_records() -> None:
    made, column = Made(), drawn(HALVES, "x", RECORDS)
    two = made.tape.add(Do.CONSTANT, type=Type.NUMBER, param=Fraction(2))
    doubled = made.tape.add(Do.MULTIPLY, made.input(column, "projects"), two, type=Type.NUMBER, table="projects")
    assert made.read(doubled) == [2 * value for value in column]


def test_a_tape_may_be_tens_of_thousands_deep_and_no_row_may_be_chosen() -> None:
    tape = Tape()
    place = tape.add(Do.INPUT, type=Type.NUMBER, param=Read("x"))
    third = tape.add(Do.CONSTANT, type=Type.NUMBER, param=Fraction(1, 3))
    for _ in range(30_000):
        place = tape.add(Do.ADD, place, third, type=Type.NUMBER)
    for column in ([Fraction(1), Fraction(2, 7)], []):
        exactly = Exactly(tape, {0: from_fractions(column)}.get, len(column), lambda _table: np.zeros(0))
        assert shown(exactly.column(place)) == [value + 10_000 for value in column]


def test_what_is_known_is_not_computed() -> None:
    tape = Tape()
    never = tape.add(Do.INPUT, type=Type.NUMBER, param=Read("x"))
    half = tape.add(Do.NEGATE, never, type=Type.NUMBER)
    doubled = tape.add(Do.ADD, half, half, type=Type.NUMBER)
    exactly = Exactly(tape, {half: from_fractions([Fraction(1, 2)])}.get, 1, lambda _table: np.zeros(1))
    assert shown(exactly.column(doubled)) == [1]
    with pytest.raises(LookupError):
        exactly.column(never)


def test_long_denominators_do_not_grow_without_need() -> None:
    tape = Tape()
    place = tape.add(Do.INPUT, type=Type.NUMBER, param=Read("x"))
    known_columns = {place: Numbers(np.array([3 * 2**70, 6 * 2**70], object), 1)}
    half = tape.add(Do.CONSTANT, type=Type.NUMBER, param=Fraction(1, 2**70))
    made = Exactly(tape, known_columns.get, 2, lambda _table: np.zeros(2)).column(
        tape.add(Do.MULTIPLY, place, half, type=Type.NUMBER)
    )
    assert isinstance(made, Numbers)
    assert (made.numerators.tolist(), made.denominators) == ([3, 6], 1)
    assert isinstance(reduced(made).denominators, int)
