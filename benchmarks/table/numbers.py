"""The synthetic data, seeded and written once: whole numbers, a row of the file for each column of the rubric.

Realistic in what matters to rounding: goals and budgets are round, a quarter or more of what is done meets its goal
exactly, a quarter of the amounts of money is in whole 万元, percentages have one decimal. So exact ties are common.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from benchmarks.table.rubric import Column, Kind, Leaf, Rubric, Unit, rubric

Array = NDArray[Any]
FOLDER = Path(tempfile.gettempdir()) / "perfrules-benchmarks"
SEED = 20_240_601
CHUNK = 1_000_000
BUDGETS = (20, 50, 80, 100, 120, 150, 200, 250, 300, 400, 500, 600, 800, 1_000, 1_200, 1_500, 2_000, 5_000)
GOALS = (4, 5, 6, 8, 10, 12, 15, 16, 20, 24, 25, 30, 40, 50, 60, 80, 100, 120, 200)


@frozen
class Numbers:
    """The data of one run: stored whole numbers (`value × column.scale`), as int32."""

    columns: tuple[Column, ...]
    stored: Array

    @property
    def rows(self) -> int:
        return int(self.stored.shape[1])

    def first(self, rows: int) -> Numbers:
        """Return the first rows only."""
        return Numbers(self.columns, self.stored[:, :rows])

    def floats(self) -> dict[str, Array]:
        """Return float64 columns; yes/no as bool."""
        return {c.name: self.stored[i].astype(bool) if c.unit is Unit.YES_NO else self.stored[i] / float(c.scale)
                for i, c in enumerate(self.columns)}  # fmt: skip

    def whole(self) -> dict[str, Array]:
        """Return int64 columns as they are stored; yes/no as bool."""
        return {
            c.name: self.stored[i].astype(bool if c.unit is Unit.YES_NO else np.int64)
            for i, c in enumerate(self.columns)
        }


def entity_names(rows: int, start: int = 0) -> Array:
    """Return a name for each row."""
    return np.char.add("E", np.char.zfill(np.arange(start, start + rows).astype(str), 8))


def numbers(copies: int, rows: int) -> Numbers:
    """Return the data of so many rows for so many rubrics, made if they are not there yet."""
    columns = tuple(rubric(copies).columns)
    path = FOLDER / f"rubric-{copies}-{rows}.npy"
    if not path.exists():
        FOLDER.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        stored = np.lib.format.open_memmap(part, "w+", np.int32, (len(columns), rows))
        for start in range(0, rows, CHUNK):
            for row, values in enumerate(chunk(rubric(copies), start, min(CHUNK, rows - start))):
                stored[row, start : start + len(values)] = values
        stored.flush()
        part.rename(path)
    return Numbers(columns, np.load(path, mmap_mode="r"))


def made(of: Rubric, rows: int, start: int = 0) -> Numbers:
    """Return the data of the rows from *start* on, without keeping them."""
    return Numbers(tuple(of.columns), np.array([values.astype(np.int32) for values in chunk(of, start, rows)]))


def chunk(of: Rubric, start: int, rows: int) -> Iterator[Array]:
    """Make the columns of the rows from *start* on, in the order of the rubric's columns."""
    random = np.random.default_rng((SEED, start))
    # An entity is good or less so in all it does.
    level = random.normal(0.96, 0.05, rows)
    for leaf in of.leaves:
        values = _made(leaf, level, random)
        for column in leaf.inputs:
            yield np.clip(values[column.name.partition("_")[2]], column.low * column.scale, column.high * column.scale)


def _made(leaf: Leaf, level: Array, random: np.random.Generator) -> Mapping[str, Array]:
    rows = len(level)
    match leaf.kind:
        case Kind.CURVE:
            return {"percent": np.rint(1000 * np.minimum(random.normal(level - 0.04, 0.08), 1))}
        case Kind.TALLY:
            return {"small": random.poisson(0.6, rows), "great": random.poisson(0.05, rows)}
        case Kind.CHECKS:
            return {word: random.random(rows) < level - 0.03 for word in "abc"}
        case Kind.STARTED:
            budget = random.choice(BUDGETS, rows) * 100
            return {"budget": budget, "spent": _near(budget, random.normal(1 - (level - 0.96) / 2, 0.03), random)}
    if leaf.inputs[0].unit is Unit.MONEY:
        budget = random.choice(BUDGETS, rows) * 100
        return {"budget": budget, "spent": _near(budget, random.normal(level - 0.03, 0.12), random)}
    goal = random.choice(GOALS, rows)
    return {
        "goal": goal,
        "done": np.where(random.random(rows) < 1 / 3, goal, np.rint(goal * random.normal(level, 0.12))),
    }


def _near(budget: Array, rate: Array, random: np.random.Generator) -> Array:
    amount = np.rint(budget * np.maximum(rate, 0))
    dice = random.random(len(budget))
    return np.where(dice < 1 / 4, budget, np.where(dice < 1 / 2, np.rint(amount / 100) * 100, amount))
