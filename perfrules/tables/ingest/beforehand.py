"""What is known of a table before it is opened: it was gone through already, or it is part of a greater one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import field, frozen

from perfrules.tables.ingest.cells import Mask
from perfrules.tables.ingest.twice import SeenTwice

if TYPE_CHECKING:
    from perfrules.tables.across.compared import Compared
    from perfrules.tables.ingest.table_in import TableIn


class TwiceByName(SeenTwice):
    """Entities that are known to occur more than once, wherever the rows at hand stand in the whole.

    >>> twice = TwiceByName({"b": (0, 7)})
    >>> twice.rows(0, pa.array(["a", "b", ""], pa.large_string())).tolist(), twice.places("b"), twice.places("a")
    ([False, True, True], (0, 7), ())
    """

    def __init__(self, found: Mapping[str, tuple[int, ...]]) -> None:
        super().__init__()
        self._known = found
        self._not_alone = pa.array(["", *found], pa.large_string())

    def rows(self, _place: int, names: Any) -> Mask | None:
        """Return which of *names* are not those of one row alone."""
        found = np.asarray(pc.is_in(names, self._not_alone))
        return found if found.any() else None

    def places(self, name: str) -> tuple[int, ...]:
        """Return where *name* stands, if more than once."""
        return self._known.get(name, ())


@frozen(kw_only=True)
class Beforehand:
    """*twice* are the entities, with their places, that occur more than once in the whole; *captions*: the first row of
    the table may hold captions. *compared* gives what is known of entities that were compared with those of the whole.
    """

    twice: Mapping[str, tuple[int, ...]] = field(repr=False)
    captions: bool = True
    compared: Callable[[TableIn], Compared] | None = None
