"""Expressions over all entities: what they are made of, who counts, and how ties and absence are answered."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from perfrules.lang.exact import Exact
from perfrules.syntax.ast.tree import Name, Tree
from perfrules.text import Span

if TYPE_CHECKING:
    from perfrules.syntax.ast.expressions import Expression, StateWord, Trim


class AcrossFunction(StrEnum):
    """What is made of the values of all entities; the words of `AggregateFunction` mean what they mean there."""

    SUM = "sum"
    COUNT = "count"
    COUNT_DISTINCT = "count distinct"
    MEAN = "mean"
    MIN = "min"
    MAX = "max"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed mean"
    SHARE = "share"
    ANY = "any"
    ALL = "all"
    STANDARD_DEVIATION_POPULATION = "population standard deviation"
    STANDARD_DEVIATION_SAMPLE = "sample standard deviation"
    RANK = "rank"
    PERCENTILE = "percentile"
    PERCENTILE_RANK = "percentile rank"
    APPORTIONMENT = "apportionment"


class Ties(StrEnum):
    """`ties share best` (1, 2, 2, 4), `worst` (1, 3, 3, 4), `mean` (1, 2.5, 2.5, 4), `dense` (1, 2, 2, 3)."""

    BEST = "best"
    WORST = "worst"
    MEAN = "mean"
    DENSE = "dense"


class First(StrEnum):
    """Which value has rank 1."""

    HIGHEST = "highest first"
    LOWEST = "lowest first"


class PercentileMethod(StrEnum):
    """Of `percentile`: the value at a place; of `percentile rank`: which share of the entities counts."""

    NEAREST_RANK = "nearest rank"
    INTERPOLATED = "interpolated"
    STRICTLY_BELOW = "strictly below"
    AT_OR_BELOW = "at or below"
    MIDPOINT = "midpoint"


@frozen(kw_only=True)
class Across(Tree):
    """`mean(A1.measure across entities within district where eligible, among those present)`.

    `count(across entities where COND)` has no body. `rank(total across entities, highest first, ties share best)`.
    `percentile(x across entities at 75%, nearest rank)`: the value at that place of the sorted values;
    `percentile rank(x across entities, midpoint)`: where this entity's value lies, from 0 to 1.
    `share(pool by weight across entities to 2 decimals largest remainder, ties by entity)` is the APPORTIONMENT of
    *pool* in proportion to *body* (the weight) in whole multiples of *step* that add up to the pool.
    *used_at* has the calls of the definitions that it was written in, the outermost first, once those are expanded.
    *within* names inputs or lets: entities with equal values are one group. *present* (`among those present`): entities
    whose value is missing, excluded or refused do not count. *empty* answers what holds where no entity counts.
    """

    function: AcrossFunction
    body: Expression | None = None
    where: Expression | None = None
    within: tuple[Name, ...] = ()
    present: bool = False
    trim: Trim | None = None
    ties: Ties | None = None
    first: First | None = None
    at: Expression | None = None
    method: PercentileMethod | None = None
    pool: Expression | None = None
    step: Exact | None = None
    ties_by_entity: bool = False
    empty: Expression | StateWord | None = None
    used_at: tuple[Span, ...] = ()
