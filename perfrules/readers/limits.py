"""How much data is read: stated limits, each with a default, and the problem that says which one was passed."""

from __future__ import annotations

from attrs import frozen

from perfrules.diagnostics import Code, DataPlace, Diagnostic, Word


@frozen(kw_only=True)
class Limits:
    """The most that is read of one file; what is larger is refused before it can fill the memory."""

    file_bytes: int = 256_000_000
    expanded_bytes: int = 1_000_000_000
    """What a workbook may hold when it is unpacked; a Parquet file likewise."""
    rows: int = 1_100_000
    columns: int = 16_384
    nesting: int = 64


DEFAULT_LIMITS = Limits()


def too_large(size: int, what: str, limit: int, where: DataPlace) -> Diagnostic:
    """Report more than *limit* of *what*: bytes, expanded-bytes, rows, columns, digits, nesting-levels."""
    return Diagnostic(Code.DATA_TOO_LARGE, args={"size": size, "what": Word(what), "limit": limit}, where=where)
