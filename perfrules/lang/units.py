"""Units with dimensions and exact factors, the table of units a ruleset knows, and products of units.

Invariant: a value in unit U is `value * U.factor` of the base units of `U.dimensions`. A product keeps one unit per
dimension, so multiplying or dividing may leave a factor, which is returned beside the unit and never dropped.
"""

from functools import lru_cache
from typing import Final, TypeAlias

from attrs import evolve, field, frozen

from perfrules.lang.exact import Exact
from perfrules.lang.names import normalise_name

_ONE: Final = Exact(1)
Dimensions: TypeAlias = tuple[tuple[str, int], ...]


@frozen(cache_hash=True)
class Unit:
    """A named unit, or a product of powers of named units (`parts`); `dimensions` are sorted by name."""

    name: str
    dimensions: Dimensions
    factor: Exact
    parts: "tuple[tuple[Unit, int], ...]" = ()

    @property
    def is_dimensionless(self) -> bool:
        """Tell whether all dimensions have cancelled."""
        return not self.dimensions

    @property
    def is_count(self) -> bool:
        """Tell whether this merely counts things (件, 个 …), so that a bare number can stand for it."""
        return self.dimensions == (("count", 1),) and self.factor == 1

    @property
    def is_counted_one_by_one(self) -> bool:
        """Tell whether this counts things or people singly: of a 件 or a 人 there are no parts, of a 万人 there are.

        >>> BUILT_IN["人"].is_counted_one_by_one, BUILT_IN["天"].is_counted_one_by_one
        (True, False)
        """
        return self.dimensions in ((("count", 1),), (("person", 1),)) and self.factor == 1


@frozen
class Scaled:
    """A product of two units: multiply the product of the two values by *factor* to have it in *unit*."""

    unit: Unit
    factor: Exact


ONE: Final = Unit("", (), Exact(1))


def convert(source: Unit, target: Unit) -> Exact | None:
    """Return what a value in *source* is multiplied by to be in *target*; None if the dimensions differ.

    >>> convert(BUILT_IN["亿元"], BUILT_IN["万元"]), convert(BUILT_IN["亩"], BUILT_IN["元"])
    (Fraction(10000, 1), None)
    """
    if source is target:
        return _ONE
    return source.factor / target.factor if source.dimensions == target.dimensions else None


@lru_cache(maxsize=1024)
def multiply_units(left: Unit, right: Unit) -> Scaled:
    """Return the product; where both have a unit of one dimension, the left one's stays.

    >>> product = multiply_units(BUILT_IN["万元"], BUILT_IN["元"])
    >>> product.unit.name, product.factor
    ('万元^2', Fraction(1, 10000))
    """
    merged: dict[Dimensions, tuple[Unit, int]] = {}
    for atom, exponent in _parts(left) + _parts(right):
        kept, so_far = merged.get(atom.dimensions, (atom, 0))
        merged[atom.dimensions] = (kept, so_far + exponent)
    unit = _product([(atom, exponent) for atom, exponent in merged.values() if exponent])
    return Scaled(unit, left.factor * right.factor / unit.factor)


@lru_cache(maxsize=1024)
def divide_units(left: Unit, right: Unit) -> Scaled:
    """Return the quotient; dimensionless when both measure the same thing.

    >>> divide_units(BUILT_IN["万元"], BUILT_IN["人"]).unit.name
    '万元/人'
    >>> divide_units(BUILT_IN["万元"], BUILT_IN["元"]) == Scaled(ONE, Exact(10000))
    True
    """
    return multiply_units(left, power_of_unit(right, -1))


def power_of_unit(unit: Unit, exponent: int) -> Unit:
    """Return the unit raised to an integer power.

    >>> power_of_unit(BUILT_IN["km"], 2).name, power_of_unit(BUILT_IN["天"], -1).name
    ('km^2', '1/天')
    """
    return _product([(atom, each * exponent) for atom, each in _parts(unit) if exponent])


def _parts(unit: Unit) -> tuple[tuple[Unit, int], ...]:
    return unit.parts or (() if unit == ONE else ((unit, 1),))


def _product(parts: list[tuple[Unit, int]]) -> Unit:
    if len(parts) == 1 and parts[0][1] == 1:
        return parts[0][0]
    totals: dict[str, int] = {}
    factor = Exact(1)
    for atom, exponent in parts:
        factor *= atom.factor**exponent
        for dimension, each in atom.dimensions:
            totals[dimension] = totals.get(dimension, 0) + each * exponent
    dimensions = tuple(sorted((name, total) for name, total in totals.items() if total))
    return Unit(_product_name(parts), dimensions, factor, tuple(parts))


def _product_name(parts: list[tuple[Unit, int]]) -> str:
    above = [_power_name(atom, exponent) for atom, exponent in parts if exponent > 0]
    below = [_power_name(atom, -exponent) for atom, exponent in parts if exponent < 0]
    if not below:
        return "·".join(above)
    return "·".join(above or ["1"]) + "/" + (below[0] if len(below) == 1 else f"({'·'.join(below)})")


def _power_name(atom: Unit, exponent: int) -> str:
    return atom.name if exponent == 1 else f"{atom.name}^{exponent}"


_DECLARED_BY_DIMENSION: Final[dict[str, tuple[tuple[Exact, str], ...]]] = {
    "money": ((Exact(1), "元"), (Exact(1000), "千元"), (Exact(10_000), "万元"), (Exact(10**8), "亿元")),
    "area": ((Exact(1), "亩"), (Exact(15), "公顷")),
    "length": ((Exact(1), "km 公里"), (Exact(1, 1000), "m 米")),
    "person": ((Exact(1), "人 persons person"),),
    "count": ((Exact(1), "count 件 个 项 次 家 items"),),
    "day": ((Exact(1), "天 days day"),),
    "workday": ((Exact(1), "工作日 workdays workday"),),
    "month": ((Exact(1), "个月 months month"), (Exact(12), "年 years year")),
    "mass": ((Exact(1), "吨 tonnes tonne t"), (Exact(1, 1000), "kg 公斤 千克")),
}

BUILT_IN: Final[dict[str, Unit]] = {
    name: Unit(name, ((dimension, 1),), factor)
    for dimension, units in _DECLARED_BY_DIMENSION.items()
    for factor, names in units
    for name in names.split()
}

MULTIPLIERS: Final[dict[str, Exact]] = {
    "百": Exact(100),
    "千": Exact(1000),
    "万": Exact(10**4),
    "十万": Exact(10**5),
    "百万": Exact(10**6),
    "千万": Exact(10**7),
    "亿": Exact(10**8),
    "十亿": Exact(10**9),
    "百亿": Exact(10**10),
    "千亿": Exact(10**11),
    "万亿": Exact(10**12),
}
"""What may stand in front of a unit in data: `6387.3 万亩` where only 亩 is declared."""


@frozen
class UnitTable:
    """The units a ruleset knows: the built-in ones and those it declares."""

    declared: tuple[Unit, ...] = ()
    _by_name: dict[str, Unit] = field(init=False, eq=False, repr=False)

    @_by_name.default
    def _index(self) -> dict[str, Unit]:
        return BUILT_IN | {unit.name: unit for unit in self.declared}

    def declare(self, name: str, of: str | None = None, amount: Exact = Exact(1)) -> "UnitTable":
        """Return the table with one more unit: *amount* of another unit, or the first of a dimension of its own.

        Raises ValueError if *name* is taken (by a unit or a dimension), *of* is unknown, or *amount* is not positive.

        >>> table = UnitTable().declare("户").declare("村", "户", Exact(300)).declare("万亩", "亩", Exact(10_000))
        >>> convert(table.find("村"), table.find("户")), table.find("万亩").factor
        (Fraction(300, 1), Fraction(10000, 1))
        """
        name = normalise_name(name)
        if name in self._by_name:
            raise ValueError(f"the unit {name} is already declared")
        if of is None and self.base_of(name) is not None:
            raise ValueError(f"{name} is the name of a dimension")
        if amount <= 0:
            raise ValueError("a unit is a positive amount of another")
        if of is None:
            return UnitTable((*self.declared, Unit(name, ((name, 1),), amount)))
        known = self.find(of)
        if known is None:
            raise ValueError(f"the unit {of} is not declared")
        return UnitTable((*self.declared, Unit(name, known.dimensions, amount * known.factor)))

    def find(self, name: str) -> Unit | None:
        """Return the unit of that name, also with a multiplier in front (万亩) or as a quotient (万元/人).

        >>> UnitTable().find("万亩").factor, UnitTable().find("斤")
        (Fraction(10000, 1), None)
        >>> UnitTable().find("万元/人").dimensions
        (('money', 1), ('person', -1))
        """
        name = normalise_name(name).replace(" ", "")
        above, *below = name.split("/")
        if below:
            return self._find_quotient(above, below)
        return self._by_name.get(name) or self._find_multiple(name)

    def multiplier_of(self, name: str) -> str | None:
        """Return the multiplier `find` sees in front of a declared unit, for messages; None if there is none.

        >>> UnitTable().multiplier_of("万亩"), UnitTable().multiplier_of("万元")
        ('万', None)
        """
        name = normalise_name(name).replace(" ", "")
        if name in self._by_name:
            return None
        fitting = (prefix for prefix in MULTIPLIERS if name.startswith(prefix) and self._is_plain(name[len(prefix) :]))
        return max(fitting, key=len, default=None)

    def base_of(self, dimension: str) -> Unit | None:
        """Return the unit with factor 1 of a dimension (`money`, `area` …), None for an unknown dimension.

        >>> UnitTable().base_of("money").name, UnitTable().base_of("mood")
        ('元', None)
        """
        wanted = ((dimension, 1),)
        return next((u for u in self._by_name.values() if u.dimensions == wanted and u.factor == 1), None)

    def names(self) -> tuple[str, ...]:
        """Return every name that is declared, for did-you-mean.

        >>> "亩" in UnitTable().names()
        True
        """
        return tuple(self._by_name)

    def _find_multiple(self, name: str) -> Unit | None:
        prefix = self.multiplier_of(name)
        if prefix is None:
            return None
        unit = self._by_name[name[len(prefix) :]]
        return evolve(unit, name=name, factor=unit.factor * MULTIPLIERS[prefix])

    def _is_plain(self, name: str) -> bool:
        """Tell whether a multiplier may precede *name*: 万亩 reads as a number of 亩, 万万元 as a slip."""
        return name in self._by_name and not any(name.startswith(prefix) for prefix in MULTIPLIERS)

    def _find_quotient(self, above: str, below: list[str]) -> Unit | None:
        found = ONE if above == "1" else self.find(above)
        for name in below:
            divisor = self.find(name)
            if found is None or divisor is None:
                return None
            scaled = divide_units(found, divisor)
            found = scaled.unit if scaled.factor == 1 else None
        return found
