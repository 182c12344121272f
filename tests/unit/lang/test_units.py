"""Units convert exactly, and products of units keep every factor."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.lang.exact import Exact
from perfrules.lang.units import (
    BUILT_IN,
    ONE,
    Unit,
    UnitTable,
    convert,
    divide_units,
    multiply_units,
    power_of_unit,
)

TABLE = UnitTable()
units = st.sampled_from(sorted(BUILT_IN)).map(BUILT_IN.__getitem__)


def found(name: str, table: UnitTable = TABLE) -> Unit:
    unit = table.find(name)
    assert unit is not None, name
    return unit


@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [
        ("万元", "元", Exact(10_000)),
        ("元", "亿元", Exact(1, 10**8)),
        ("公顷", "亩", Exact(15)),
        ("米", "公里", Exact(1, 1000)),
        ("年", "个月", Exact(12)),
        ("千克", "吨", Exact(1, 1000)),
        ("万亩", "亩", Exact(10_000)),
        ("百万元", "元", Exact(10**6)),
        ("亿件", "个", Exact(10**8)),
        ("千米", "m", Exact(1000)),
        ("万 亩", "公顷", Exact(10_000, 15)),
        ("万元/人", "元/person", Exact(10_000)),
        ("元/万人", "元/人", Exact(1, 10_000)),
        ("1/天", "1/days", Exact(1)),
    ],
)
def test_conversions(source: str, target: str, factor: Exact) -> None:
    assert convert(found(source), found(target)) == factor


@pytest.mark.parametrize(
    ("one", "other"), [("元", "亩"), ("人", "件"), ("天", "工作日"), ("天", "个月"), ("元/人", "元")]
)
def test_different_dimensions_never_convert(one: str, other: str) -> None:
    assert convert(found(one), found(other)) is None


@pytest.mark.parametrize("name", ["斤", "万万元", "万", "", "元/", "/元", "万元/元"])
def test_what_is_no_unit(name: str) -> None:
    assert TABLE.find(name) is None


@pytest.mark.parametrize(
    ("left", "right", "name", "factor"),
    [
        ("万元", "人", "万元·人", Exact(1)),
        ("万元", "元", "万元^2", Exact(1, 10_000)),
        ("万元/人", "persons", "万元", Exact(1)),
        ("万元/亩", "公顷", "万元", Exact(15)),
        ("人", "1/人", "", Exact(1)),
    ],
)
def test_products(left: str, right: str, name: str, factor: Exact) -> None:
    product = multiply_units(found(left), found(right))
    assert (product.unit.name, product.factor) == (name, factor)


def test_quotient_names() -> None:
    per_head = divide_units(found("万元"), found("人")).unit
    assert divide_units(per_head, found("年")).unit.name == "万元/(人·年)"
    assert divide_units(found("公顷"), found("亩")) == divide_units(found("公顷"), found("亩"))
    assert divide_units(found("公顷"), found("亩")).factor == 15
    assert divide_units(found("公顷"), found("亩")).unit == ONE


@given(units, units, units)
def test_a_product_keeps_the_value_in_base_units(a: Unit, b: Unit, c: Unit) -> None:
    first = multiply_units(a, b)
    second = divide_units(first.unit, c)
    assert first.factor * second.factor * second.unit.factor == a.factor * b.factor / c.factor
    back = multiply_units(second.unit, c)
    assert back.unit.dimensions == first.unit.dimensions


@given(units, st.integers(-3, 3))
def test_powers(unit: Unit, exponent: int) -> None:
    raised = power_of_unit(unit, exponent)
    assert raised.factor == unit.factor**exponent
    assert raised.dimensions == tuple((name, each * exponent) for name, each in unit.dimensions if exponent)


def test_declared_units() -> None:
    table = (
        TABLE.declare("户", "count").declare("万亩", "亩", Exact(10_000)).declare("村").declare("乡", "村", Exact(12))
    )
    assert convert(found("户", table), found("件", table)) == 1
    assert convert(found("万亩", table), found("亩", table)) == 10_000
    assert convert(found("乡", table), found("村", table)) == 12
    assert convert(found("村", table), found("件", table)) is None
    assert convert(found("万村", table), found("村", table)) == 10_000
    assert TABLE.find("户") is None
    assert table == pickle.loads(pickle.dumps(table))
    assert found("乡", pickle.loads(pickle.dumps(table))).factor == 12


def test_a_declared_compound_unit_cancels() -> None:
    table = TABLE.declare("人均万元", "万元/人")
    product = multiply_units(found("人均万元", table), found("人", table))
    assert product.unit.dimensions == (("money", 1),)
    assert product.unit.factor * product.factor == 10_000


@pytest.mark.parametrize(
    ("name", "of", "amount", "message"),
    [
        ("元", None, Exact(1), "already"),
        ("money", None, Exact(1), "dimension"),
        ("斗", "斤", Exact(1), "not declared"),
        ("斗", "吨", Exact(0), "positive"),
    ],
)
def test_declarations_that_make_no_sense(name: str, of: str | None, amount: Exact, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TABLE.declare(name, of, amount)


def test_the_multiplier_can_be_named_in_a_message() -> None:
    assert TABLE.multiplier_of("万亩") == "万"
    assert TABLE.multiplier_of("百万元") == "百万"
    assert TABLE.multiplier_of("万元") is None
