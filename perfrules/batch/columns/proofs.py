"""How each operation that decides something is known to be exact, for people and for counting."""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import frozen

from perfrules.lang.exact import Exact


class Proof(Enum):
    """Why a rounding or comparison is exact."""

    WHOLE = "whole numbers"
    """Both sides are whole numbers in one unit, below 2**53 (float64) or 2**63 (int64)."""
    GAP = "gap"
    """The error of the float column is less than half the gap to the nearest boundary."""
    INT64 = "int64"
    """Quotients of int64 are divided with remainder, or multiplied crosswise."""
    GUARDED = "recomputed where ambiguous"
    """Cells whose enclosure holds a boundary are computed again in Python integers."""
    PYTHON = "Python integers"
    """All cells are computed in Python integers."""


GAP: Final = Proof.GAP
GUARDED: Final = Proof.GUARDED
INT64: Final = Proof.INT64
PYTHON: Final = Proof.PYTHON
WHOLE: Final = Proof.WHOLE


@frozen
class Decision:
    """One operation with its proof: the *error* of the float column, and what it has to stay below (None: no bound)."""

    proof: Proof
    error: Exact
    allowed: Exact | None
