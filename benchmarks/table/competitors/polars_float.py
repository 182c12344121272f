"""polars: the same formulas as float expressions, in stages of one lazy query."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from benchmarks.table.rubric import (
    BANDS,
    BELOW_POINT,
    CURVE,
    GREAT,
    LETTERS,
    LINES,
    OVER_POINT,
    SMALL,
    Kind,
    Leaf,
    Rubric,
)


def half_up(y: pl.Expr) -> pl.Expr:
    """Round to two decimals."""
    return (y * 100 + 0.5).floor() / 100


def leaf_score(leaf: Leaf) -> pl.Expr:
    """Return the score of one leaf, not yet rounded."""
    full = leaf.full / 100
    first, *others = (pl.col(column.name) for column in leaf.inputs)
    match leaf.kind:
        case Kind.RATE:
            return full * (first / others[0]).clip(upper_bound=1)
        case Kind.BANDS:
            rate, score = first / others[0], pl.lit(0.0)
            for edge, share in reversed(BANDS):
                score = pl.when(rate >= edge / 100).then(full * share / 100).otherwise(score)
            return score
        case Kind.CURVE:
            rises = [
                (first.clip(low, high) - low) * full * (most - least) / (100 * (high - low))
                for (low, least), (high, most) in pairwise(CURVE)
            ]
            return pl.sum_horizontal(rises)
        case Kind.STARTED:
            over = ((first / others[0] - 1).clip(lower_bound=0) * 100).ceil()
            return (full - over * OVER_POINT / 100).clip(lower_bound=0)
        case Kind.BELOW:
            return (full - (1 - first / others[0]).clip(lower_bound=0) * BELOW_POINT).clip(lower_bound=0)
        case Kind.TALLY:
            return (full - first * SMALL / 100 - others[0] * GREAT / 100).clip(lower_bound=0)
        case Kind.CHECKS:
            return full / 3 * pl.sum_horizontal(first, *others)


def query(of: Rubric, data: pl.LazyFrame) -> pl.LazyFrame:
    """Return the query for the totals and the grades."""
    total = half_up(pl.sum_horizontal([part.code for part in of.parts]))
    grade = pl.lit(LETTERS[0])
    for line, letter in zip(LINES, LETTERS[1:], strict=True):
        grade = pl.when(pl.col("total") >= line * of.full / 10_000).then(pl.lit(letter)).otherwise(grade)
    return (
        data.select(half_up(leaf_score(leaf)).alias(leaf.code) for leaf in of.leaves)
        .with_columns(pl.sum_horizontal([leaf.code for leaf in g.parts]).alias(g.code) for g in of.groups)
        .with_columns(pl.sum_horizontal([group.code for group in p.parts]).alias(p.code) for p in of.parts)
        .select(total.alias("total"))
        .with_columns(grade.cast(pl.Enum(LETTERS)).alias("grade"))
    )
