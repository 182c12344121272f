"""How the cells of a result's column are written: as decimals of fixed places where declarations prove that they fit.

A number that has no fixed places, or too many, is written as two columns, its numerator and its denominator.
"""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeAlias

import pyarrow as pa
from attrs import frozen

from perfrules.batch.results import NumberForm
from perfrules.lang.exact import Exact, decimal_places

_SHORT: Final = 18
"""Digits that a 64-bit integer surely holds."""
_LONG: Final = 38
"""Digits that a decimal128 holds."""
_INT64: Final = 2**63
_GRID: Final = 10**12


@frozen
class Decimals:
    """Decimals of *places* after the point, *precision* digits in all. *bounded*: declarations prove that they fit;
    *signed*: they may be negative.
    """

    precision: int
    places: int
    bounded: bool = True
    signed: bool = True


class Whole(Enum):
    """What holds whole numbers: the smallest that surely does."""

    INT64 = "int64"
    DECIMAL = "decimal"
    """decimal128(38, 0)."""
    TEXT = "text"
    """Digits; for what nothing bounds."""


@frozen
class Ratios:
    """Numerators and positive denominators, in lowest terms; *bounded*: declarations prove that they fit.

    The ends of where a number will lie are moved outward to the next of *grid* parts of one (None: they stay).
    """

    parts: Whole
    bounded: bool = True
    grid: int | None = None


@frozen
class Doubles:
    """The float64 nearest to each number, where the caller asks for such columns; what has at most 15 digits is then
    the shortest decimal of its float64. An end of where a number will lie is the next float64 outward.
    """


@frozen
class Words:
    """One of few texts that are known beforehand."""

    texts: tuple[str, ...]


@frozen
class Texts:
    """Any text."""


@frozen
class YesOrNo:
    """True or false."""


@frozen
class Days:
    """A date."""


Written: TypeAlias = Decimals | Ratios | Doubles | Words | Texts | YesOrNo | Days


def numbers_written(form: NumberForm) -> Decimals | Ratios:
    """Return how numbers of this form are written.

    >>> numbers_written(NumberForm(scale=100, low=Exact(0), high=Exact(100)))
    Decimals(precision=18, places=2, bounded=True, signed=False)
    >>> numbers_written(NumberForm(scale=3, low=Exact(0), high=Exact(1)))
    Ratios(parts=<Whole.INT64: 'int64'>, bounded=True, grid=3)
    >>> numbers_written(NumberForm(scale=None, low=None, high=None)).parts
    <Whole.TEXT: 'text'>
    """
    places = None if form.scale is None else decimal_places(Exact(1, form.scale))
    size = _size(form)
    if places is None:
        return Ratios(_parts(form.scale or form.denominators, size), grid=form.scale)
    signed = form.low is None or form.low < 0
    if size is None:
        return Decimals(_LONG, places, bounded=False, signed=signed) if places <= _LONG else Ratios(Whole.TEXT)
    digits = len(str(int(size * 10**places)))
    if digits > _LONG:
        return Ratios(Whole.TEXT)
    return Decimals(_SHORT if digits <= _SHORT else _LONG, places, signed=signed)


def as_doubles(written: Written) -> Written:
    """Return how numbers are written where the caller wants floats."""
    return Doubles() if isinstance(written, Decimals | Ratios) else written


def as_ratios(written: Written) -> Written:
    """Return how numbers are written that may also be overrides, of whatever decimals."""
    if isinstance(written, Decimals) or (isinstance(written, Ratios) and written.parts is not Whole.TEXT):
        return Ratios(Whole.DECIMAL, bounded=False, grid=_GRID)
    return written


def _size(form: NumberForm) -> Exact | None:
    """Return the greatest absolute value; None where no bound is known."""
    return None if form.low is None or form.high is None else max(abs(form.low), abs(form.high))


def _parts(denominators: int | None, size: Exact | None) -> Whole:
    if denominators is None or size is None:
        return Whole.TEXT
    most = max(int(size * denominators), denominators)
    if most < _INT64:
        return Whole.INT64
    return Whole.DECIMAL if most < 10**_LONG else Whole.TEXT


def arrow_types(written: Written) -> tuple[tuple[str, pa.DataType], ...]:
    """Return the Arrow columns that hold it: what each has behind its heading, and its type."""
    match written:
        case Decimals(precision=precision, places=places):
            return (("", pa.decimal128(precision, places)),)
        case Ratios(parts=parts):
            kinds = {Whole.INT64: pa.int64(), Whole.DECIMAL: pa.decimal128(_LONG, 0), Whole.TEXT: pa.string()}
            return ((".numerator", kinds[parts]), (".denominator", kinds[parts]))
        case Doubles():
            return (("", pa.float64()),)
        case Words(texts=texts):
            return (("", pa.dictionary(pa.int8() if len(texts) < 128 else pa.int32(), pa.string())),)
        case YesOrNo():
            return (("", pa.bool_()),)
        case Days():
            return (("", pa.date32()),)
    return (("", pa.string()),)


def arrow_fields(name: str, written: Written) -> tuple[pa.Field, ...]:
    """Return the Arrow fields of a column headed *name*."""
    return tuple(pa.field(f"{name}{part}", kind) for part, kind in arrow_types(written))
