"""The inputs of random rulesets, of every kind, and cells for them: on boundaries, next to them, missing, pending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from attrs import define, field

from tests.strategies.ruleset_draw import Draw, Subject, decimal

OPTIONS = ("甲", "乙", "丙")
WORDS = ("a", "b", "missing", "其他")
FIRST_DAY = date(2024, 1, 1)


@define
class Column:
    """An input or a field of a table; *edges* are the numbers (as values: 0.95) that rules compare it with."""

    name: str
    family: str
    type_text: str
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    decimals: int = 0
    unit: str = ""
    optional: bool = False
    written_as: str = ""
    fields: list[Column] = field(factory=list)
    edges: list[Fraction] = field(factory=list)

    @property
    def whole(self) -> bool:
        """Tell whether its numbers are whole."""
        return self.decimals == 0 and self.family not in ("percent", "points")

    def declaration(self) -> str:
        """Write the declaration."""
        if self.family == "table":
            inner = "\n  ".join(each.declaration() for each in self.fields)
            return f'table {self.name} "{self.name} 表"{" optional" * self.optional} {{\n  {inner}\n}}'
        return f'input {self.name} "{self.name} 项" : {self.type_text}'

    def subject(self) -> Subject:
        """Return the input as an expression."""
        return Subject(self.name, self.family, self.low, self.high, self.whole, self.optional, (self.edges,))


@define
class Inputs:
    """The columns that a ruleset uses, made when first asked for."""

    draw: Draw
    columns: dict[str, Column] = field(factory=dict)

    def of(self, family: str, *, optional: bool = False, positive: bool = False) -> Column:
        """Return a column of this family: one that is there, or another."""
        like = [
            each
            for each in self.columns.values()
            if each.family == family and each.optional == optional and (each.low > 0 or not positive)
        ]
        if like and self.draw.chance(0.6):
            return self.draw.pick(like)
        name = self._name(family)
        column = make_column(self.draw, name, family, optional=optional, positive=positive)
        self.columns[name] = column
        self.draw.use(f"input {family}")
        if optional:
            self.draw.use("input optional")
        return column

    def _name(self, family: str) -> str:
        stem = {"yes/no": "yes", "money per person": "each"}.get(family, family.replace(" ", "_"))
        if stem in {"count", "table", "text", "date", "number", "yes", "percent", "points", "choice"}:
            stem += "_in"
        number = len(self.columns) + 1
        if self.draw.chance(0.15):
            self.draw.use("name in brackets")
            return f"【{number}.{stem}】"
        return f"{stem}{number}" if self.draw.chance(0.7) else f"项{number}{stem}"


def make_column(draw: Draw, name: str, family: str, *, optional: bool = False, positive: bool = False) -> Column:
    """Make one column."""
    if family == "table":
        fields = [
            make_column(draw, "amount", "money"),
            make_column(draw, "rating", "percent"),
            make_column(draw, "extra", "number", optional=True),
            make_column(draw, "done", "yes/no"),
            make_column(draw, "kept", "yes/no", optional=True),
            make_column(draw, "sort", "choice"),
            make_column(draw, "matter", "text"),
            make_column(draw, "worth", "points"),
        ]
        return Column(name, family, "", optional=optional, fields=fields)
    low, high, decimals = _range(draw, family, positive)
    units = {"money": "万元", "yuan": "元", "area": "亩", "persons": "persons", "households": "户", "count": "件"}
    unit = units.get(family, "")
    text, written_as = {"choice": f"one of ({', '.join(OPTIONS)})"}.get(family, family), ""
    if unit:
        text = draw.pick(("count", "件", "项", "次")) if family == "count" else unit
        unit = text
    text = {"percent": "%", "money per person": "万元/persons", "days": "days", "workdays": "workdays"}.get(
        family, text
    )
    if family not in ("yes/no", "choice", "text", "date"):
        if decimals or family not in ("persons", "count", "households"):
            text += f" decimals {decimals}"
        sign = "%" if family == "percent" else ""
        scale = 100 if sign else 1
        text += f" in [{decimal(low * scale)}{sign}, {decimal(high * scale)}{sign}]"
        if sign and draw.chance(0.3):
            written_as = draw.pick(("ratio", "percent"))
            draw.use(f"written as {written_as}")
            text += f" written as {written_as}"
    if optional:
        text += " optional"
    if draw.chance(0.1):
        draw.use("source")
        text += ' source "决算"'
    return Column(name, family, text, low, high, decimals, unit, optional, written_as)


def _range(draw: Draw, family: str, positive: bool) -> tuple[Fraction, Fraction, int]:
    low, high, decimals = {
        "percent": (0, draw.pick((1, 1, Fraction(3, 2))), draw.pick((0, 1, 2))),
        "money": (0, draw.pick((100, 1000)), draw.pick((2, 2, 4, 6))),
        "yuan": (0, 100_000, 2),
        "number": (draw.pick((0, 0, -10)), draw.pick((10, 100)), draw.pick((0, 1, 3))),
        "points": (0, draw.pick((5, 10)), draw.pick((1, 2))),
        "money per person": (0, 20, 3),
        "area": (0, 500, 1),
        "days": (0, 60, 0),
        "workdays": (0, 30, 0),
    }.get(family, (0, draw.pick((9, 30, 100)), 0))
    if positive:
        low = draw.pick((1, Fraction(1, 100))) if decimals >= 2 and family != "percent" else 1
        high = max(high, low + 1)
    return Fraction(low), Fraction(high), decimals


def cell(random: Random, column: Column) -> object:
    """Make the cell of a column, as a program or a file would have it."""
    if column.optional and random.random() < 0.3:
        return random.choice((None, "", "missing") if column.family not in ("table", "text") else (None,))
    slip = random.random()
    if slip < 0.004:
        return None if slip < 0.002 or column.family == "table" else "pending"
    makers: dict[str, Callable[[], object]] = {
        "yes/no": lambda: random.choice((True, False, "yes", "否")),
        "choice": lambda: random.choice(OPTIONS),
        "text": lambda: random.choice(WORDS[:2] if random.random() < 0.8 else WORDS),
        "date": lambda: FIRST_DAY + timedelta(days=random.randrange(366)),
        "table": lambda: [_record(random, column) for _ in range(random.choice((0, 1, 1, 2, 3, 5)))],
    }
    maker = makers.get(column.family)
    return maker() if maker else as_cell(random, column, number(random, column))


def _record(random: Random, table: Column) -> dict[str, object]:
    return {each.name.strip("【】"): cell(random, each) for each in table.fields}


def number(random: Random, column: Column) -> Fraction:
    """Make a number for a column, in its range, as fine as declared: on a boundary, one unit beside it, anywhere."""
    unit = unit_of(column)
    how = random.random()
    if how < 0.35 and column.edges:
        near = random.choice(column.edges)
    elif how < 0.55:
        near = random.choice((column.low, column.high, Fraction(0), Fraction(1)))
    elif how < 0.65:
        near = column.low + (column.high - column.low) * random.choice((Fraction(1, 3), Fraction(2, 7), Fraction(5, 8)))
    else:
        near = column.low + Fraction(random.randrange(2**20), 2**20) * (column.high - column.low)
    found = round(near / unit) * unit + random.choice((-1, 0, 0, 0, 1)) * unit
    return min(max(found, column.low), column.high) if random.random() < 0.998 else found


def unit_of(column: Column) -> Fraction:
    """Return one unit of the last declared decimal; of a percentage, of the number as it is written."""
    before_sign = column.family == "percent" and column.written_as != "ratio"
    return Fraction(1, 10 ** (column.decimals + 2 * before_sign))


def as_cell(random: Random, column: Column, value: Fraction) -> object:
    """Write a number as one of the things a cell may hold."""
    if column.family == "percent":
        if column.written_as == "ratio":
            return decimal(value)
        if column.written_as == "percent":
            return decimal(value * 100)
        return f"{decimal(value * 100)}%"
    written = decimal(value)
    if column.unit and random.random() < 0.1:
        return f"{written} {column.unit}"
    return value if random.random() < 0.7 else written
