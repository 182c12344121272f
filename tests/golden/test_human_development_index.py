"""The Human Development Index: who is ranked, by what, and that equal printed values share a rank."""

from __future__ import annotations

from functools import cache

import pytest

from perfrules.api import Results, load
from perfrules.lang.states import State
from tests.golden.figures import RULESETS, rows_of

FOLDER = RULESETS / "undp" / "human_development_index"
RANKS = [1, 2, 3, 4, 5, 6, 7, 7, 9, 10, 11]


@cache
def scored(order: int) -> Results:
    return load(FOLDER / "human_development_index.perfrules").score_all(rows_of(FOLDER / "data" / "2021.csv")[::order])


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_the_rows_does_not_change_the_ranks(order: int) -> None:
    ranked = [each.outputs["country_rank"] for each in scored(order)][::order]
    assert ranked == [*RANKS, State.EXCLUDED]


def test_an_aggregate_has_a_value_but_no_rank_and_takes_no_place() -> None:
    world = scored(1)["World"]
    assert world.status.value == "final"
    assert world.outputs["country_rank"] is State.EXCLUDED
    below = [
        each for each in scored(1) if each.total is not None and world.total is not None and each.total < world.total
    ]
    assert [each.entity for each in below] == ["South Sudan"]
    assert below[0].outputs["country_rank"] == 11


def test_countries_that_print_alike_rank_alike() -> None:
    belgium, new_zealand = scored(1)["Belgium"], scored(1)["New Zealand"]
    assert belgium["I"].score != new_zealand["I"].score
    assert belgium.total == new_zealand.total
    assert belgium.outputs["country_rank"] == new_zealand.outputs["country_rank"] == 7
