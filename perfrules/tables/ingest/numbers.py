"""Cells of numbers as raw whole numbers, with every check, as passes over arrays.

Each function fills *out* (float64, int64 or object) with raw numbers and returns where cells do not fit, None where all
do; those have the harmless number. Whole blocks are looked at first, single cells only where something does not fit.

Why a float is read rightly. Let x be a double, d decimals, r = rint(x·10^d) computed in doubles, |r| < 2^52, d ≤ 22.
r and 10^d are doubles without error, so that `r / 10^d` is the double nearest to the decimal r·10^-d. If it is x, that
decimal is among those that mean x. No other multiple of 10^-d is: those that mean x lie within one unit in the last
place of x, which is at most |x|·2^-52 = |r|·2^-52·10^-d < 10^-d. So the shortest decimal that means x, if it has at
most d decimals, is r·10^-d; and it has, for it has no more digits than r·10^-d has, and with more decimals it would
be below a power of ten that r·10^-d is not below; that power is then a multiple of 10^-d that means x, hence r·10^-d
itself, a single digit, and no other single digit is that near. The other way round, if the shortest decimal of x has at
most d decimals and is s·10^-d with |s| < 2^51, the product x·10^d is off by less than |s|·2^-52·(1 + 2^-52) < 1/2, so
r = s and the check holds: within 2^51 it refuses exactly what has more decimals. Beyond, cells that fail, and all from
2^52 on, are looked at one by one.
For float32 the same holds with 2^23 for 2^52 and 2^22 for 2^51, up to 10 decimals: the quotient in doubles, rounded to
float32, is the correctly rounded one (53 ≥ 2·24 + 2).
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from perfrules.lang.exact import Exact
from perfrules.readers.python_values import Figure, plain
from perfrules.tables.ingest.cells import Decimals, Floats, Mask, Wholes
from perfrules.tables.ingest.fit import Fit
from perfrules.tables.ingest.scratch import STEP, room

MOST_EXACT_TENS: Final = {8: 22, 4: 10}
"""By the bytes of a float: the decimals up to which the check by division is exact."""
SURE: Final = {8: 2**51, 4: 2**22}
_SAFE: Final = 2**53


def write_floats(cells: Floats, fit: Fit, out: NDArray[Any]) -> Mask | None:
    """Write floats as their shortest decimals."""
    sure = SURE[cells.values.itemsize]
    if fit.decimals > MOST_EXACT_TENS[cells.values.itemsize]:
        out[:] = fit.harmless
        return _one_by_one(cells, fit, out, np.ones(len(out), bool), 0)
    low, high = max(fit.low, -sure), min(fit.high, sure)
    bad: Mask | None = None
    with np.errstate(all="ignore"):
        for start in range(0, len(out), STEP):
            target = out[start : start + STEP]
            values = _side_by_side(cells.values[start : start + STEP])
            raw = target if out.dtype == np.float64 else room("raw", np.float64, len(target))
            unfit = _floats(values, fit.decimals, (low, high), raw)
            _hand_over(raw, fit.factor, target)
            if unfit is not None:
                bad = _marked(bad, len(out), start, unfit)
                np.copyto(target, fit.harmless, where=unfit)
    if bad is None or (low == fit.low and high == fit.high):
        return bad
    return _one_by_one(cells, fit, out, bad, sure // 10**fit.decimals // 2)


def _side_by_side(values: NDArray[Any]) -> NDArray[Any]:
    """Return *values* without gaps between them (a column of a frame made of rows has gaps); they are read twice."""
    if values.flags.c_contiguous:
        return values
    found = room(f"{values.dtype} values", values.dtype, len(values))
    np.copyto(found, values)
    return found


def _floats(values: NDArray[Any], decimals: int, ends: tuple[int, int], raw: NDArray[Any]) -> Mask | None:
    equal: Mask = room("equal", bool, len(raw))
    if decimals == 0:
        np.rint(values, out=raw)
        np.equal(raw, values, out=equal)
    else:
        again = room("float64" if values.itemsize == 8 else "float32", values.dtype, len(raw))
        unit = np.float64(10**decimals)
        np.multiply(values, unit, out=raw)
        np.rint(raw, out=raw)
        np.divide(raw, unit, out=again, casting="same_kind")
        np.equal(again, values, out=equal)
    low, high = ends
    if np.logical_and.reduce(equal) and low <= np.minimum.reduce(raw) and np.maximum.reduce(raw) <= high:
        return None
    return ~(equal & (raw >= low) & (raw <= high))


def _one_by_one(cells: Floats, fit: Fit, out: NDArray[Any], bad: Mask, smallest: int) -> Mask | None:
    """Look at single cells that do not fit at a glance, and are not small enough for that to be the last word."""
    with np.errstate(invalid="ignore"):
        (places,) = np.nonzero(bad & (np.abs(cells.values) >= smallest))
    for place in places.tolist():
        found = plain(cells.values[place])
        if isinstance(found, Figure):
            _one(found.value, fit, out, bad, place)
    return bad if bad.any() else None


def write_wholes(cells: Wholes, fit: Fit, out: NDArray[Any]) -> Mask | None:
    """Write whole numbers, of which only the range can be wrong."""
    unit = 10**fit.decimals
    return _write_multiples(cells.values, -(-fit.low // unit), fit.high // unit, fit, unit, out)


def write_decimals(cells: Decimals, fit: Fit, out: NDArray[Any]) -> Mask | None:
    """Write decimals of 128 bits; zeros at their end are no decimals."""
    finer = cells.scale - fit.decimals
    narrow = _are_narrow(cells)
    if finer <= 0:
        unit = 10**-finer
        bad = _write_multiples(cells.low, -(-fit.low // unit), fit.high // unit, fit, unit, out)
    else:
        bad = _write_divided(cells.low, 10**finer, fit, out)
    if narrow is None:
        return bad
    np.copyto(out, fit.harmless, where=~narrow)
    bad = ~narrow if bad is None else bad | ~narrow
    if max(-fit.low, fit.high) * 10 ** max(finer, 0) >= 2**63:
        _wide(cells, fit, out, bad, ~narrow)
    return bad if bad.any() else None


def _are_narrow(cells: Decimals) -> Mask | None:
    """Return which numbers have 64 bits: their high word repeats the sign of the low one. None: all."""
    narrow: Mask | None = None
    for start in range(0, len(cells.low), STEP):
        step = slice(start, start + STEP)
        low, high = cells.low[step], cells.high[step]
        sign, equal = room("sign", np.int64, len(low)), room("equal", bool, len(low))
        np.right_shift(low, 63, out=sign)
        np.equal(sign, high, out=equal)
        if not equal.all():
            narrow = np.ones(len(cells.low), bool) if narrow is None else narrow
            narrow[step] = equal
    return narrow


def _write_multiples(values: NDArray[Any], low: int, high: int, fit: Fit, unit: int, out: NDArray[Any]) -> Mask | None:
    """Write *unit* times *values*, which have to be from *low* to *high*."""
    if len(values) == 0:
        return None
    bad: Mask | None = None
    if int(values.min()) < low or int(values.max()) > high:
        bad = (values < low) | (values > high)
    if out.dtype == object:
        out[:] = values.astype(object) * (unit * fit.factor)
    else:
        np.copyto(out, values, casting="unsafe")
        if unit * fit.factor != 1:
            with np.errstate(over="ignore"):
                np.multiply(out, out.dtype.type(min(unit * fit.factor, 2**63 - 1)), out=out)
    if bad is not None:
        np.copyto(out, fit.harmless, where=bad)
    return bad


def _write_divided(values: NDArray[Any], unit: int, fit: Fit, out: NDArray[Any]) -> Mask | None:
    """Write int64 *values* over *unit*, of which they have to be multiples."""
    bad: Mask | None = None
    for start in range(0, len(values), STEP):
        target = out[start : start + STEP]
        raw, equal = _divided(values[start : start + STEP], unit)
        _hand_over(raw, fit.factor, target)
        if not (equal.all() and fit.low <= int(raw.min()) and int(raw.max()) <= fit.high):
            unfit = ~(equal & (raw >= fit.low) & (raw <= fit.high))
            np.copyto(target, fit.harmless, where=unfit)
            bad = _marked(bad, len(values), start, unfit)
    return bad


def _divided(values: NDArray[Any], unit: int) -> tuple[NDArray[Any], Mask]:
    """Return the quotients, rounded, and where they are exact.

    Below 2**53 in doubles: the quotient of a multiple is a whole number and so exact; of anything else the product is
    another number, also where it had to be rounded, since that is then beyond 2**53.
    """
    equal: Mask = room("equal", bool, len(values))
    if unit < _SAFE and int(values.min()) > -_SAFE and int(values.max()) < _SAFE:
        exact, raw, again = (room(name, np.float64, len(values)) for name in ("exact", "raw", "float64"))
        np.copyto(exact, values, casting="unsafe")
        np.divide(exact, unit, out=raw)
        np.rint(raw, out=raw)
        np.multiply(raw, unit, out=again)
        np.equal(again, exact, out=equal)
        return raw, equal
    if unit >= 2**63:
        return np.zeros(len(values), np.int64), np.equal(values, 0, out=equal)
    whole = values // unit
    np.equal(whole * unit, values, out=equal)
    return whole, equal


def _hand_over(raw: NDArray[Any], factor: int, target: NDArray[Any]) -> None:
    """Put *factor* times whole numbers into *target*, whatever it is of."""
    if target.dtype == object:
        target[:] = raw.astype(np.int64).astype(object) * factor
        return
    if raw is not target:
        np.copyto(target, raw, casting="unsafe")
    if factor != 1:
        np.multiply(target, target.dtype.type(factor), out=target)


def _marked(bad: Mask | None, cells: int, start: int, unfit: Mask) -> Mask:
    found: Mask = np.zeros(cells, bool) if bad is None else bad
    found[start : start + len(unfit)] = unfit
    return found


def _wide(cells: Decimals, fit: Fit, out: NDArray[Any], bad: Mask, wide: Mask) -> None:
    """Read numbers of more than 64 bits one by one."""
    for place in np.nonzero(wide)[0].tolist():
        number = (int(cells.high[place]) << 64) + (int(cells.low[place]) & (2**64 - 1))
        _one(Exact(number, 1) / Exact(10) ** cells.scale, fit, out, bad, place)


def _one(cell: Exact, fit: Fit, out: NDArray[Any], bad: Mask, place: int) -> None:
    raw = cell * 10**fit.decimals
    if raw.denominator == 1 and fit.low <= raw.numerator <= fit.high:
        out[place] = raw.numerator * fit.factor
        bad[place] = False
