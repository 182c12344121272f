"""What Excel lets a sheet be called."""

from __future__ import annotations

import re
from typing import Final

from perfrules.readers.raw import heading_text

DATA_SHEETS: Final = ("data", "数据")
_LONGEST: Final = 31
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")


def sheet_name(text: str) -> str:
    """Return *text* as the name of a sheet: forbidden characters replaced, at most 31 characters.

    >>> sheet_name("A/B: projects")
    'A_B_ projects'
    """
    name = _FORBIDDEN.sub("_", heading_text(text))[:_LONGEST].strip().strip("'")
    return name or "_"


def is_sheet_of(sheet: str, names: tuple[str, ...]) -> bool:
    """Tell whether a sheet is called by one of *names*; Excel does not tell upper from lower case."""
    wanted = {form.casefold() for name in names for form in (name, sheet_name(name))}
    return heading_text(sheet).casefold() in wanted
