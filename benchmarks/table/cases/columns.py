"""Data as named columns of whole numbers, made anew in each process from a seed."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from benchmarks.table.numbers import Array


@frozen
class Columns:
    """Equally long columns."""

    arrays: Mapping[str, Array]

    @property
    def rows(self) -> int:
        return len(next(iter(self.arrays.values())))

    def first(self, rows: int) -> Columns:
        """Return the first rows only."""
        return Columns({name: values[:rows] for name, values in self.arrays.items()})

    def over(self, scales: Mapping[str, int]) -> dict[str, Array]:
        """Return float64 columns: each divided by its scale; columns without a scale as they are."""
        return {n: v / float(scales[n]) if n in scales else v for n, v in self.arrays.items()}
