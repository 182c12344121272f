"""What the entities of a run are called, and the order of their names."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field
from numpy.typing import NDArray


@define(eq=False)
class RunNames:
    """The names block by block, as Arrow arrays of texts."""

    _blocks: list[Any] = field(factory=list, repr=False)
    _starts: list[int] = field(factory=list, repr=False)

    def add(self, place: int, names: Any) -> None:
        """Add the names of a block that begins at *place*."""
        self._blocks.append(names)
        self._starts.append(place)

    def name(self, place: int) -> str:
        """Return one name."""
        block = bisect_right(self._starts, place) - 1
        found: str = self._blocks[block][place - self._starts[block]].as_py()
        return found

    @property
    def all(self) -> Any:
        """All names, in the order of the run."""
        return pa.chunked_array(self._blocks, pa.large_string())

    def in_order(self) -> NDArray[Any]:
        """Return the place of each among all names in the order of code points, which is that of their UTF-8."""
        order = pc.sort_indices(self.all).to_numpy()
        found = np.empty(len(order), np.int64)
        found[order] = np.arange(len(order))
        return found
