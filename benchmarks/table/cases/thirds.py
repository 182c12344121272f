"""Twelve indicators that weigh a twelfth each, leaves not rounded: nearly every total is a fraction without end."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from benchmarks.table.cases.columns import Columns
from benchmarks.table.competitor import Case, Competitor, Entry, Scored
from benchmarks.table.competitors.perfrules_columns import entries, in_frame
from benchmarks.table.numbers import GOALS, Array

LEAVES = 12
GRADES = ("D", "C", "B", "A")
LINES = (60, 80, 90)
INDICATORS = "\n".join(
    f"  indicator L{n} weight 1 {{ measure done{n} / goal{n}; score curve of measure {{ 0% -> 0; 100% -> full }} }}"
    for n in range(LEAVES)
)
INPUTS = "\n".join(f"  input done{n} : count in [0, 400]\n  input goal{n} : count in [1, 200]" for n in range(LEAVES))
RULESET = f"""ruleset benchmark.thirds "Twelve equal weights (synthetic)" version "1" {{
  entity department
  scale 0 to 100
  weights relative
  round total to 2 decimals half up
{INPUTS}
{INDICATORS}
  grades of rounded total {{ A >= 90; B >= 80; C >= 60; D otherwise }}
}}
"""


def data(rows: int) -> Columns:
    """Make the data: goals are round, a third of them is met exactly."""
    random = np.random.default_rng(12)
    arrays: dict[str, Array] = {}
    for n in range(LEAVES):
        goal = random.choice(GOALS, rows)
        done = np.where(random.random(rows) < 1 / 3, goal, np.rint(goal * random.normal(0.9, 0.15, rows)))
        arrays[f"done{n}"], arrays[f"goal{n}"] = np.clip(done, 0, 400).astype(np.int64), goal
    return Columns(arrays)


def in_floats(_about: None, x: Mapping[str, Array]) -> tuple[Array, Array]:
    """Score in float64."""
    weight = 1 / LEAVES
    total = sum(100 * np.minimum(x[f"done{n}"] / x[f"goal{n}"], 1) * weight for n in range(LEAVES))
    total = np.floor(total * 100 + 0.5) / 100
    return total, np.digitize(total, LINES)


def by_hand(_about: None, x: Mapping[str, Array]) -> tuple[Array, Array]:
    """Score exactly: in float64, and again in fractions where the float is too near to a tie to be trusted."""
    y = 10_000 / LEAVES * sum(np.minimum(x[f"done{n}"] / x[f"goal{n}"], 1) for n in range(LEAVES)) + 0.5
    total = np.floor(y).astype(np.int64)
    for row in np.flatnonzero(np.abs(y - np.rint(y)) < 1e-9):
        total[row] = _in_fractions({name: int(values[row]) for name, values in x.items()})
    return total, np.digitize(total, [line * 100 for line in LINES])


def _in_fractions(row: Mapping[str, int]) -> int:
    rates = (min(Fraction(row[f"done{n}"], row[f"goal{n}"]), Fraction(1)) for n in range(LEAVES))
    return math.floor(10_000 * sum(rates, Fraction(0)) / LEAVES + Fraction(1, 2))


def _of(columns: Columns) -> Mapping[str, Array]:
    return columns.arrays


def _floats() -> Competitor:
    def read(found: tuple[Array, Array]) -> Scored:
        return Scored(found[0] * 100, found[1])

    return Competitor(load=_of, compile=lambda _: None, score=in_floats, read=read)


def _by_hand() -> Competitor:
    return Competitor(load=_of, compile=lambda _: None, score=by_hand, read=lambda found: Scored(*found))


CASE = Case(
    title="12 indicators of a twelfth each, leaves not rounded",
    rows=1_000_000,
    data=data,
    about=RULESET,
    exact=lambda columns: Scored(*by_hand(None, columns.arrays)),
    entries={
        "numpy-float": Entry("numpy float, whole arrays", 1, _floats),
        "by-hand": Entry("numpy float, doubtful rows again as Fraction, by hand", 1, _by_hand),
        **entries(lambda columns: in_frame("department", columns.arrays), GRADES),
    },
)
