"""How kinds combine, as tables: one row for each pair that can meet."""

import pytest

from perfrules.lang.exact import Exact
from perfrules.lang.kinds import (
    Choice,
    Clash,
    Combined,
    Date,
    Grade,
    Kind,
    Level,
    Lights,
    Number,
    Percent,
    PercentagePoints,
    Points,
    Quantity,
    Ratio,
    Reason,
    Table,
    Text,
    Unknown,
    YesNo,
    add_kind,
    compare_kind,
    divide_kind,
    multiply_kind,
    subtract_kind,
    unify_kind,
)
from perfrules.lang.units import BUILT_IN, divide_units, power_of_unit

YUAN, WAN, MU, CASES, DAYS = (Quantity(BUILT_IN[name]) for name in ("元", "万元", "亩", "件", "天"))
PER_MU = Quantity(divide_units(WAN.unit, MU.unit).unit)
KINDS: dict[str, Kind] = {
    "N": Number(),
    "R": Ratio(),
    "%": Percent(),
    "pp": PercentagePoints(),
    "pt": Points(),
    "Q": MU,
    "C": CASES,
    "D": Date(),
    "Y": YesNo(),
    "?": Unknown(),
}
REASONS = {
    "n%": Reason.NUMBER_WITH_PERCENT,
    "npp": Reason.NUMBER_WITH_PERCENTAGE_POINTS,
    "%pp": Reason.PERCENT_WITH_POINTS_OF_PERCENT,
    "ptn": Reason.MARKS_WITH_NUMBER,
    "pt%": Reason.MARKS_WITH_PERCENT,
    "ptu": Reason.MARKS_WITH_UNIT,
    "pt²": Reason.MARKS_MULTIPLIED,
    "/pt": Reason.DIVIDED_BY_MARKS,
    "pp²": Reason.PERCENTAGE_POINTS_MULTIPLIED,
    "un": Reason.UNIT_WITH_NUMBER,
    "u%": Reason.UNIT_WITH_PERCENT,
    "u": Reason.UNITS_DIFFER,
    "D−D": Reason.DATES_SUBTRACTED,
    "no": Reason.NOT_A_NUMBER,
    "kd": Reason.KINDS_DIFFER,
}

# Rows are the left operand, columns the right one; a kind, or why there is none.
SUMS = """
    N    R    %    pp   pt   Q    C    D   Y   ?
N   N    R    n%   npp  ptn  un   C    no  no  ?
R   R    R    %    %    ptn  un   C    no  no  ?
%   n%   %    %    %    pt%  u%   u%   no  no  ?
pp  npp  %    %    pp   pt%  u%   u%   no  no  ?
pt  ptn  ptn  pt%  pt%  pt   ptu  ptu  no  no  ?
Q   un   un   u%   u%   ptu  Q    u    no  no  ?
C   C    C    u%   u%   ptu  u    C    no  no  ?
D   no   no   no   no   no   no   no   no  no  no
Y   no   no   no   no   no   no   no   no  no  no
?   ?    ?    ?    ?    ?    ?    ?    no  no  ?
"""
DIFFERENCES = """
    N    R    %    pp   pt   Q    C    D    Y   ?
N   N    R    n%   npp  ptn  un   C    no   no  ?
R   R    R    pp   %    ptn  un   C    no   no  ?
%   n%   pp   pp   %    pt%  u%   u%   no   no  ?
pp  npp  pp   %pp  pp   pt%  u%   u%   no   no  ?
pt  ptn  ptn  pt%  pt%  pt   ptu  ptu  no   no  ?
Q   un   un   u%   u%   ptu  Q    u    no   no  ?
C   C    C    u%   u%   ptu  u    C    no   no  ?
D   no   no   no   no   no   no   no   D−D  no  no
"""
PRODUCTS = """
    N    R    %    pp   pt   Q    C    D   Y   ?
N   N    R    %    pp   pt   Q    C    no  no  ?
R   R    R    %    pp   pt   Q    C    no  no  ?
%   %    %    %    pp   pt   Q    C    no  no  ?
pp  pp   pp   pp   pp²  pt   Q    C    no  no  ?
pt  pt   pt   pt   pt   pt²  ptu  pt   no  no  ?
Q   Q    Q    Q    Q    ptu  Q²   Q    no  no  ?
C   C    C    C    C    pt   Q    C²   no  no  ?
"""
QUOTIENTS = """
    N    R    %    pp   pt   Q    C    D   Y   ?
N   R    R    N    N    /pt  1/Q  N    no  no  ?
R   R    R    R    R    /pt  1/Q  R    no  no  ?
%   %    %    R    R    /pt  1/Q  %    no  no  ?
pp  pp   R    R    R    /pt  1/Q  pp   no  no  ?
pt  pt   pt   pt   pt   R    ptu  pt   no  no  ?
Q   Q    Q    Q    Q    /pt  R    Q/C  no  no  ?
C   C    C    C    C    /pt  C/Q  R    no  no  ?
"""
COMPARISONS = """
    N    R    %    pp   pt   Q    C    D   Y   ?
N   Y    Y    n%   npp  ptn  un   Y    kd  kd  Y
R   Y    Y    Y    Y    ptn  un   Y    kd  kd  Y
%   n%   Y    Y    %pp  pt%  u%   u%   kd  kd  Y
pp  npp  Y    %pp  Y    pt%  u%   u%   kd  kd  Y
pt  ptn  ptn  pt%  pt%  Y    ptu  ptu  kd  kd  Y
Q   un   un   u%   u%   ptu  Y    u    kd  kd  Y
C   Y    Y    u%   u%   ptu  u    Y    kd  kd  Y
D   kd   kd   kd   kd   kd   kd   kd   Y   kd  Y
Y   kd   kd   kd   kd   kd   kd   kd   kd  Y   Y
?   Y    Y    Y    Y    Y    Y    Y    Y   Y   Y
"""
ALTERNATIVES = """
    N    R    %    pp   pt   Q    C    D   Y   ?
N   N    R    n%   npp  ptn  un   C    kd  kd  N
R   R    R    %    pp   ptn  un   C    kd  kd  R
%   n%   %    %    %pp  pt%  u%   u%   kd  kd  %
pp  npp  pp   %pp  pp   pt%  u%   u%   kd  kd  pp
pt  ptn  ptn  pt%  pt%  pt   ptu  ptu  kd  kd  pt
Q   un   un   u%   u%   ptu  Q    u    kd  kd  Q
C   C    C    u%   u%   ptu  u    C    kd  kd  C
?   N    R    %    pp   pt   Q    C    D   Y   ?
"""
COMPOUNDS: dict[str, Kind] = {
    "Q²": Quantity(power_of_unit(MU.unit, 2)),
    "C²": Quantity(power_of_unit(CASES.unit, 2)),
    "1/Q": Quantity(power_of_unit(MU.unit, -1)),
    "Q/C": Quantity(divide_units(MU.unit, CASES.unit).unit),
    "C/Q": Quantity(divide_units(CASES.unit, MU.unit).unit),
}


def rows(operation: object, table: str) -> list[tuple[object, str, str, str]]:
    header, *lines = (line.split() for line in table.strip().splitlines())
    return [(operation, left, right, cell) for left, *cells in lines for right, cell in zip(header, cells, strict=True)]


@pytest.mark.parametrize(
    ("operation", "left", "right", "cell"),
    [
        *rows(add_kind, SUMS),
        *rows(subtract_kind, DIFFERENCES),
        *rows(multiply_kind, PRODUCTS),
        *rows(divide_kind, QUOTIENTS),
        *rows(compare_kind, COMPARISONS),
        *rows(unify_kind, ALTERNATIVES),
    ],
)
def test_every_pair(operation: object, left: str, right: str, cell: str) -> None:
    found = operation(KINDS[left], KINDS[right])  # type: ignore[operator]
    if cell in REASONS:
        assert found == Clash(REASONS[cell], KINDS[left], KINDS[right])
    else:
        assert found == Combined((KINDS | COMPOUNDS)[cell])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (add_kind(WAN, YUAN), Combined(WAN, Exact(1), Exact(1, 10_000))),
        (subtract_kind(YUAN, WAN), Combined(YUAN, Exact(1), Exact(10_000))),
        (compare_kind(WAN, YUAN, ordered=True), Combined(YesNo(), Exact(1), Exact(1, 10_000))),
        (unify_kind(WAN, YUAN), Combined(WAN, Exact(1), Exact(1, 10_000))),
        (divide_kind(WAN, YUAN), Combined(Ratio(), Exact(10_000))),
        (multiply_kind(PER_MU, Quantity(BUILT_IN["公顷"])), Combined(WAN, Exact(15))),
        (divide_kind(WAN, PER_MU), Combined(MU)),
        (add_kind(WAN, MU), Clash(Reason.UNITS_DIFFER, WAN, MU)),
        (compare_kind(DAYS, CASES), Clash(Reason.UNITS_DIFFER, DAYS, CASES)),
    ],
)
def test_factors_convert_exactly(found: Combined | Clash, expected: Combined | Clash) -> None:
    assert found == expected


@pytest.mark.parametrize("kind", [Number(), Ratio(), Percent(), PercentagePoints(), Points(), MU, CASES])
def test_a_literal_zero_is_zero_of_anything(kind: Kind) -> None:
    assert add_kind(Number(), kind, left_is_zero=True) == Combined(kind)
    assert subtract_kind(kind, Number(), right_is_zero=True) == Combined(kind)
    assert unify_kind(kind, Number(), right_is_zero=True) == Combined(kind)
    assert compare_kind(Number(), kind, ordered=True, left_is_zero=True) == Combined(YesNo())
    assert compare_kind(kind, Number(), ordered=True, right_is_zero=True) == Combined(YesNo())


def test_a_zero_is_no_date() -> None:
    assert compare_kind(Date(), Number(), right_is_zero=True) == Clash(Reason.KINDS_DIFFER, Date(), Number())


COLOURS, SIZES, MIXED = Choice(("red", "blue")), Choice(("big",)), Choice(("big", "red"))
GRADES, OTHER_GRADES = Grade(("优", "良", "差")), Grade(("A", "B"))


@pytest.mark.parametrize(
    ("left", "right", "ordered", "expected"),
    [
        (COLOURS, MIXED, False, None),
        (COLOURS, SIZES, False, Reason.OPTIONS_DIFFER),
        (COLOURS, COLOURS, True, Reason.NOT_ORDERED),
        (Text(), Text(), False, None),
        (Text(), Text(), True, Reason.NOT_ORDERED),
        (Text(), COLOURS, False, Reason.KINDS_DIFFER),
        (Date(), Date(), True, None),
        (YesNo(), YesNo(), True, Reason.NOT_ORDERED),
        (GRADES, Grade(("良",)), True, None),
        (Grade(("良",)), GRADES, False, None),
        (GRADES, OTHER_GRADES, False, Reason.OPTIONS_DIFFER),
        (Level(("达成",)), Level(("达成", "未达成")), False, None),
        (Level(("达成",)), Level(("达成",)), True, Reason.NOT_ORDERED),
        (Lights(), Lights(), False, None),
        (Lights(), Lights(), True, Reason.NOT_ORDERED),
        (Table(()), Table(()), False, Reason.NOT_ORDERED),
        (Unknown(), Text(), True, None),
    ],
)
def test_comparing_what_is_no_number(left: Kind, right: Kind, ordered: bool, expected: Reason | None) -> None:
    found = compare_kind(left, right, ordered=ordered)
    assert found == (Combined(YesNo()) if expected is None else Clash(expected, left, right))


def test_alternatives_of_choices_have_all_options() -> None:
    assert unify_kind(COLOURS, MIXED) == Combined(Choice(("red", "blue", "big")))
