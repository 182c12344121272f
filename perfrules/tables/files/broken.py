"""A file that turns out to be broken when part of it is read already."""

from __future__ import annotations

from perfrules.diagnostics import Diagnostic


class BrokenFile(Exception):  # noqa: N818 - what it says of the file
    """Nothing can be made of the rest of a file; `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(diagnostic.code.value)
