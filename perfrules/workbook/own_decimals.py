"""Numbers put back on the decimals that they have exactly: sums of decimals are no longer nearly decimals.

This is no rounding that a ruleset declares; it takes away what binary numbers add.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve

from perfrules.lang.exact import Exact, decimal_places
from perfrules.workbook.formula import Formula, call, number_of
from perfrules.workbook.near import Near, nearest

_PRECISE: Final = 10**14
_MOST_PLACES: Final = 10


def onto_lattice(part: Formula) -> Formula:
    """Put sums and products of decimals back on the decimals they have exactly; no rounding that is declared."""
    near = number_of(part)
    places = _own_decimals(near)
    if part.near is None or near.nearest or places is None or part.is_cell or part.constant is not None:
        return part
    error = near.error_up_to(near.size)
    if error is None or near.size is None or error >= Exact(49, 100) / 10**places or near.size * 10**places > _PRECISE:
        return part
    known = nearest(near.within, near.step)
    if not part.states:
        return evolve(call("ROUND", part, str(places)), near=known)
    return part


def _own_decimals(near: Near) -> int | None:
    """Count the decimals that all numbers have; None where some have more than a spreadsheet keeps."""
    if near.step is None or near.parts > 1:
        return None
    places = decimal_places(near.step)
    return places if places is not None and places <= _MOST_PLACES else None
