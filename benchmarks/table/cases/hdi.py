"""The Human Development Index (`rulesets/undp`) of synthetic countries: a logarithm, a root, and ranks of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.table.cases.columns import Columns
from benchmarks.table.competitor import Case, Competitor, Entry, Scored
from benchmarks.table.competitors.perfrules_columns import asked_for, in_frame
from benchmarks.table.numbers import Array
from benchmarks.timing import ROOT

if TYPE_CHECKING:
    import pandas as pd

FILE = ROOT / "rulesets" / "undp" / "human_development_index" / "human_development_index.perfrules"
SCALES = {"life": 10**8, "expected": 10**9, "mean_years": 10**9, "income": 10**7}
MOST = (85, 18, 15, 75_000)
"""The upper goalposts, in the order of the scales."""
DIGITS = 40
INDEX_AND_RANK = ("total", "country_rank")


def data(rows: int) -> Columns:
    """Make the data, with as many decimals as the published; one in twenty is an aggregate, which has no rank."""
    random = np.random.default_rng(2_021)

    def near(mean: float, spread: float, low: float, high: float, scale: int) -> Array:
        return np.rint(np.clip(random.normal(mean, spread, rows), low, high) * scale).astype(np.int64)

    return Columns(
        {
            "life": near(71, 8, 30, 90, SCALES["life"]),
            "expected": near(13.5, 3, 1, 24, SCALES["expected"]),
            "mean_years": near(9, 3, 0.5, 15, SCALES["mean_years"]),
            "income": np.rint(np.clip(random.lognormal(9.4, 1.2, rows), 200, 200_000) * SCALES["income"]).astype(
                np.int64
            ),
            "ranked": random.random(rows) < 0.95,
        }
    )


def in_floats(_about: None, x: Mapping[str, Array]) -> tuple[Array, Array]:
    """Score in float64: the index to three decimals, and the rank of each country by it."""
    health = (np.minimum(x["life"], 85) - 20) / 65
    education = (np.minimum(x["expected"], 18) / 18 + np.minimum(x["mean_years"], 15) / 15) / 2
    income = (np.log(np.minimum(x["income"], 75_000)) - np.log(100)) / (np.log(75_000) - np.log(100))
    index = np.floor(np.cbrt(health * education * income) * 1_000 + 0.5) / 1_000
    return index, _ranks(index, x["ranked"])


def by_hand(_about: None, x: Mapping[str, Array]) -> tuple[Array, Array]:
    """Score in decimals of 40 digits, row by row."""
    index = np.empty(len(x["life"]), np.int64)
    with localcontext() as context:
        context.prec = DIGITS
        least, third = Decimal(100).ln(), Decimal(1) / 3
        span = Decimal(75_000).ln() - least
        for row, cells in enumerate(zip(*(x[name].tolist() for name in SCALES), strict=True)):
            life, expected, mean_years, income = (
                min(Decimal(cell) / scale, Decimal(most))
                for cell, scale, most in zip(cells, SCALES.values(), MOST, strict=True)
            )
            education = (expected / 18 + mean_years / 15) / 2
            product = (life - 20) / 65 * education * (income.ln() - least) / span
            index[row] = int((product.ln() * third).exp() * 1_000 + Decimal("0.5"))
    return index, _ranks(index, x["ranked"])


def _ranks(index: Array, ranked: Array) -> Array:
    """Return 1 for the highest, equal ones share the best; 0 for what has no rank."""
    among = np.sort(index[ranked])
    return np.where(ranked, len(among) - np.searchsorted(among, index, side="right") + 1, 0)


def _perfrules(columns: Sequence[str] | None, threads: int) -> Competitor:
    import perfrules

    def read(found: pd.DataFrame) -> Scored:
        ranks = found["country_rank"].astype("float64").fillna(0)
        return Scored(found["total"].astype("float64").to_numpy() * 1_000, ranks.to_numpy())

    wanted = asked_for(columns)
    return Competitor(
        load=lambda columns: in_frame("country", columns.over(SCALES)),
        compile=perfrules.loads,
        score=lambda rules, frame: rules.score_table(frame, threads=threads, **wanted),
        read=read,
    )


def _floats() -> Competitor:
    def read(found: tuple[Array, Array]) -> Scored:
        return Scored(found[0] * 1_000, found[1])

    return Competitor(load=lambda c: c.over(SCALES), compile=lambda _: None, score=in_floats, read=read)


def _by_hand() -> Competitor:
    return Competitor(
        load=lambda columns: columns.arrays,
        compile=lambda _: None,
        score=by_hand,
        read=lambda found: Scored(*found),
    )


CASE = Case(
    title="Human Development Index with ranks, synthetic countries (a flipped grade is a wrong rank)",
    rows=100_000,
    data=data,
    about=FILE.read_text(encoding="utf-8").partition("  # ── Tests")[0] + "}\n",
    exact=lambda columns: Scored(*by_hand(None, columns.arrays)),
    entries={
        "numpy-float": Entry("numpy float, whole arrays", 1, _floats),
        "by-hand": Entry("Python Decimal, 40 digits, by hand", 1, _by_hand),
        "perfrules-total-1": Entry("perfrules, index and rank", 1, partial(_perfrules, INDEX_AND_RANK, 1)),
        "perfrules-total-2": Entry("perfrules, index and rank", 2, partial(_perfrules, INDEX_AND_RANK, 2)),
        "perfrules-all-2": Entry("perfrules, all results", 2, partial(_perfrules, None, 2)),
    },
)
