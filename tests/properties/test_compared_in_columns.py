"""Tables whose entities are compared: columns say what the evaluator of single entities says, in any order of rows."""

from __future__ import annotations

from random import Random
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import api
from perfrules.tables.across import comparing
from perfrules.tables.options import TableOptions
from perfrules.tables.score_table import scored_batches
from tests.strategies.rulesets import AS_OF, valid_ruleset
from tests.support.table_results import differences

MODEST = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
seeds = st.integers(0, 2**32).map(Random)
Rows = list[dict[str, object]]


def random_case(random: Random, size: int) -> tuple[api.Ruleset, Rows]:
    """Return a ruleset that compares entities, and rows for it, some of which have a cell that nobody can read."""
    written, ruleset, _ = valid_ruleset(random, compares=True)
    name = ruleset.plan.entity_name
    rows = [{name: f"entity {number}", **written.row(random)} for number in range(size)]
    headings = list(dict.fromkeys(heading for row in rows for heading in row))
    if random.random() < 0.3:
        random.choice(rows)[random.choice(headings[1:] or headings)] = "nobody knows"
    return ruleset, [{heading: row.get(heading) for heading in headings} for row in rows]


def frame_of(rows: Rows) -> Any:
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in rows[0]})


def scored(ruleset: api.Ruleset, rows: Rows, options: TableOptions) -> pa.Table:
    schema, batches = scored_batches(ruleset.plan, lambda read: ruleset.score_rows(read).all, frame_of(rows), options)
    return pa.Table.from_batches(list(batches), schema)


@MODEST
@given(random=seeds, size=st.integers(1, 9))
def test_a_table_agrees_with_its_entities(random: Random, size: int) -> None:
    ruleset, rows = random_case(random, size)
    as_of = random.choice(AS_OF)
    expected = ruleset.score_all(rows, as_of=as_of)
    options = TableOptions(as_of=as_of, threads=random.choice((1, 2)), block_rows=random.choice((2, 5, 100)))
    assert differences(ruleset.plan, scored(ruleset, rows, options), expected) == []


@MODEST
@given(random=seeds, size=st.integers(2, 9))
def test_the_order_of_the_rows_does_not_matter(random: Random, size: int) -> None:
    ruleset, rows = random_case(random, size)
    options = TableOptions(as_of=random.choice(AS_OF), threads=1)
    order = random.sample(range(size), size)
    found = scored(ruleset, rows, options).to_pylist()
    assert scored(ruleset, [rows[place] for place in order], options).to_pylist() == [found[place] for place in order]


# --- groups, conditions, the absent and the refused, against the evaluator of single entities

EVERYTHING = api.loads("""
ruleset everything "Everything" version "1" {
  entity town "Town"
  input county : one of (north, south, east)
  input asked  : yes/no
  input x : number decimals 1 in [0, 9]
  input w : number decimals 0 in [0, 5]
  input y : number decimals 1 in [0, 9] optional
  input d : number decimals 1 in [1, 9]
  let q = x / d
  let m = mean(q across entities within county)
  output o_sum    : number = sum(x across entities within county where asked)
  output o_mean   : number = mean(q across entities within (county, asked))
  output o_median : number = median(q across entities within county)
  output o_kinds  : count  = count distinct(q across entities)
  output o_towns  : count  = count(across entities within county where x > 4)
  output o_share  : %      = share(asked across entities within county)
  output o_trim   : number = trimmed mean(q across entities within county drop 1 high 1 low when at least 3)
  output o_spread : number = sample standard deviation(x across entities within county empty -> 0)
  output o_y      : number = mean(y across entities within county, among those present, empty -> 0)
  output o_above  : count  = count(across entities where x > m)
  output r_best   : number = rank(q across entities within county, highest first, ties share best)
  output r_mean   : number = rank(x across entities within county, lowest first, ties share mean)
  output r_dense  : number = rank(q across entities, highest first, ties share dense)
  output p_near   : number = percentile(q across entities at 40%, nearest rank)
  output p_inter  : number = percentile(x across entities within county at 40%, interpolated)
  output p_mid    : %      = percentile rank(q across entities within county, midpoint)
  output a_part   : number = share(7 by w across entities to 0.5 largest remainder, ties by entity, empty -> 0)
}
""")


tenths = st.integers(0, 90).map(lambda n: n / 10) | st.integers(0, 3)
towns = st.fixed_dictionaries(
    {
        "county": st.sampled_from(["north", "south", "east"]),
        "asked": st.booleans(),
        "x": tenths | st.sampled_from([10, "?"]),
        "w": st.integers(0, 5),
        "y": tenths | st.none(),
        "d": st.integers(10, 90).map(lambda n: n / 10) | st.just(3),
    }
)


@settings(max_examples=60, deadline=None)
@given(data=st.lists(towns, min_size=1, max_size=12))
def test_every_statistic_is_told_by_columns(data: list[dict[str, object]]) -> None:
    rows: Rows = [{"Town": f"town {place:02}", **row} for place, row in enumerate(data)]
    results = EVERYTHING.score_all(rows)
    assert differences(EVERYTHING.plan, scored(EVERYTHING, rows, TableOptions(block_rows=5)), results) == []


def test_columns_do_it_without_evaluating_single_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    compared = comparing.compared

    def watched(*arguments: Any, **options: Any) -> Any:
        seen.append(compared(*arguments, **options))
        return seen[-1]

    monkeypatch.setattr(comparing, "compared", watched)
    random = Random(0)
    rows: Rows = [
        {"Town": str(place), "county": "north", "asked": True, "x": random.randint(0, 9), "w": 1, "y": 1, "d": 3}
        for place in range(50)
    ]
    found = scored(EVERYTHING, rows, TableOptions())
    [run] = seen
    assert found.num_rows == 50
    assert not run.aside.any()
