"""pandas: the same formulas over columns of a frame."""

from __future__ import annotations

import numpy as np
import pandas as pd

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


def half_up(y: pd.Series) -> pd.Series:
    """Round to two decimals; `Series.round` rounds ties to even."""
    return np.floor(y * 100 + 0.5) / 100


def leaf_score(leaf: Leaf, data: pd.DataFrame) -> pd.Series:
    """Return the score of one leaf, not yet rounded."""
    full = leaf.full / 100
    first, *others = (data[column.name] for column in leaf.inputs)
    match leaf.kind:
        case Kind.RATE:
            return full * (first / others[0]).clip(upper=1)
        case Kind.BANDS:
            rate = first / others[0]
            bands = [(rate >= edge / 100, full * share / 100) for edge, share in BANDS]
            return pd.Series(0.0, index=data.index).case_when(bands)
        case Kind.CURVE:
            shares = np.interp(first, [edge for edge, _ in CURVE], [share for _, share in CURVE])
            return pd.Series(full * shares / 100, index=data.index)
        case Kind.STARTED:
            return (full - np.ceil((first / others[0] - 1).clip(lower=0) * 100) * OVER_POINT / 100).clip(lower=0)
        case Kind.BELOW:
            return (full - (1 - first / others[0]).clip(lower=0) * 100 * BELOW_POINT / 100).clip(lower=0)
        case Kind.TALLY:
            return (full - first * SMALL / 100 - others[0] * GREAT / 100).clip(lower=0)
        case Kind.CHECKS:
            return full / 3 * (first.astype(int) + others[0] + others[1])


def score(of: Rubric, data: pd.DataFrame) -> pd.DataFrame:
    """Return the totals and the grades."""
    scores = pd.DataFrame({leaf.code: half_up(leaf_score(leaf, data)) for leaf in of.leaves})
    groups = pd.DataFrame({g.code: scores[[leaf.code for leaf in g.parts]].sum(axis=1) for g in of.groups})
    parts = pd.DataFrame({p.code: groups[[group.code for group in p.parts]].sum(axis=1) for p in of.parts})
    total = half_up(parts.sum(axis=1))
    edges = [-np.inf, *(line * of.full / 10_000 for line in LINES), np.inf]
    return pd.DataFrame({"total": total, "grade": pd.cut(total, edges, right=False, labels=LETTERS)})
