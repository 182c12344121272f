"""A column of cells read as an input is declared: which numbers, truths or texts they are, and which rows are none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from perfrules.ir.inputs import FactValue, InputDeclaration
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Date, Percent, PercentagePoints, YesNo, is_numeric
from perfrules.lang.states import State
from perfrules.tables.ingest.cells import (
    Cells,
    Coded,
    Days,
    Decimals,
    Floats,
    Mask,
    Truths,
    Wholes,
    absent,
    either,
    taken,
)
from perfrules.tables.ingest.distinct import distinct_of
from perfrules.tables.ingest.plain_texts import plain_texts
from perfrules.tables.ingest.words import Refused, WordReader


@frozen(eq=False)
class Exacts:
    """Numbers by their place in a list of exact ones, which are values, not cells as written."""

    codes: NDArray[Any]
    numbers: tuple[Exact, ...]


Figures: TypeAlias = Floats | Wholes | Decimals | Exacts


@frozen(eq=False)
class Read:
    """What a column holds. *refused*: rows that need the reader of single rows; *missing*: rows that lack the value.

    What *figures*, *truths* or *texts* hold in such rows means nothing. NaN in figures is missing, too, and is not
    in *missing* until `missing_of` has looked.
    """

    figures: Figures | None = None
    truths: NDArray[Any] | None = None
    texts: tuple[NDArray[Any], tuple[str, ...]] | None = None
    refused: Mask | None = None
    missing: Mask | None = None


def read_column(declaration: InputDeclaration, cells: Cells, words: WordReader) -> Read:
    """Read *cells*; a table is read elsewhere."""
    kind = declaration.kind
    match cells:
        case Floats() | Wholes() | Decimals() if is_numeric(kind):
            if isinstance(kind, Percent | PercentagePoints) and declaration.written_as is None:
                return _all_refused(cells)
            return Read(figures=cells, missing=cells.nulls)
        case Days(ordinals, nulls, odd) if isinstance(kind, Date):
            return Read(figures=Wholes(ordinals), refused=odd, missing=nulls)
        case Truths(values, nulls) if isinstance(kind, YesNo):
            return Read(truths=values, missing=nulls)
        case Coded():
            return _read_words(declaration, cells, words)
    return _read_words(declaration, distinct_of(cells), words)


def missing_of(read: Read) -> Mask | None:
    """Return every row that lacks the value; None: no row."""
    if isinstance(read.figures, Floats):
        return either(read.missing, absent(read.figures))
    return read.missing


def _all_refused(cells: Floats | Wholes | Decimals) -> Read:
    lacking = absent(cells)
    refused = np.ones(len(cells), bool) if lacking is None else ~lacking
    return Read(figures=Wholes(np.zeros(len(cells), np.int64)), refused=refused, missing=lacking)


def _read_words(declaration: InputDeclaration, cells: Coded, words: WordReader) -> Read:
    plain = plain_texts(declaration, cells.words)
    return (_read_plain(cells, words, *plain) if plain else None) or _read_each(declaration, cells, words)


def _read_plain(cells: Coded, words: WordReader, numbers: Decimals, are_plain: Mask) -> Read | None:
    """Read plain numbers as they are, and the other words one by one; None where some of those are numbers, too."""
    (others,) = np.nonzero(~are_plain)
    said = words.read([*(cells.words[place] for place in others.tolist()), None])
    if any(isinstance(each, Exact) for each in said[:-1]):
        return None
    places = [*others.tolist(), -1]
    figures = taken(numbers, np.maximum(cells.codes, 0))
    assert isinstance(figures, Decimals)
    refused = [place for place, each in zip(places, said, strict=True) if isinstance(each, Refused)]
    missing = [place for place, each in zip(places, said, strict=True) if each is State.MISSING]
    return Read(figures=figures, refused=_among(cells.codes, refused), missing=_among(cells.codes, missing))


def _among(codes: NDArray[Any], places: list[int]) -> Mask | None:
    found: Mask = np.isin(codes, places)
    return found if found.any() else None


def _read_each(declaration: InputDeclaration, cells: Coded, words: WordReader) -> Read:
    said = [*words.read(cells.words), *words.read((None,))]
    codes = cells.codes
    refused = _where(said, codes, lambda each: isinstance(each, Refused))
    missing = _where(said, codes, lambda each: each is State.MISSING)
    if isinstance(declaration.kind, YesNo):
        truths = np.array([each is True for each in said])
        return Read(truths=truths[codes], refused=refused, missing=missing)
    if is_numeric(declaration.kind) or isinstance(declaration.kind, Date):
        return Read(figures=Exacts(codes, tuple(map(_number, said))), refused=refused, missing=missing)
    texts = tuple(each if isinstance(each, str) and not isinstance(each, State) else "" for each in said)
    return Read(texts=(codes, texts), refused=refused, missing=missing)


def _where(said: list[FactValue | Refused], codes: NDArray[Any], holds: Callable[[object], bool]) -> Mask | None:
    which = np.array([holds(each) for each in said])
    found: Mask = which[codes]
    return found if found.any() else None


def _number(value: object) -> Exact:
    match value:
        case date():
            return Exact(value.toordinal())
        case Exact():
            return value
    return Exact(0)
