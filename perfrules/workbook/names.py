"""Names of cells: valid in every spreadsheet, and each only once, also as that of a whole column."""

from __future__ import annotations

import re
from typing import Final

ALL: Final = "_all"
"""What the name of a whole column ends in."""
_LIKE_A_CELL: Final = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*([Cc][0-9]*)?|[Cc][0-9]*|TRUE|FALSE", re.IGNORECASE)
_LONGEST: Final = 200


class Names:
    """Gives out names; what cannot stand in a name becomes an underscore."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, wanted: str) -> str:
        """Return *wanted*, or what comes nearest to it and is free.

        >>> names = Names()
        >>> names.free("A1"), names.free("1.1 Title"), names.free("spent"), names.free("SPENT"), names.free("spent_all")
        ('_A1', '_1_1_Title', 'spent', 'SPENT_2', 'spent_all_2')
        """
        name = re.sub(r"[^\w]", "_", wanted, flags=re.UNICODE)[:_LONGEST] or "_"
        if not (name[0].isalpha() or name[0] == "_") or _LIKE_A_CELL.fullmatch(name):
            name = "_" + name
        found, count = name, 1
        while not self._taken.isdisjoint(_forms(found)):
            count += 1
            found = f"{name}_{count}"
        self._taken.update(_forms(found))
        return found


def _forms(name: str) -> set[str]:
    return {name.casefold(), f"{name}{ALL}".casefold()}
