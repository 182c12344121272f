"""Blocks of results become the same columns as the results of their entities."""

from __future__ import annotations

from random import Random

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules.evaluate import reference
from perfrules.evaluate.result import Status
from perfrules.tables.results.asked import asked_nodes, with_asked_nodes
from perfrules.tables.results.chosen import chosen_columns
from perfrules.tables.results.forms import declared_forms
from perfrules.tables.results.from_block import BlockReader
from perfrules.tables.results.from_results import stored_results
from perfrules.tables.results.layout import Layout, merged
from tests.strategies.rulesets import AS_OF, valid_ruleset
from tests.support.block_results import block_of

MODEST = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@MODEST
@given(random=st.integers(0, 2**32).map(Random), size=st.integers(1, 20))
def test_a_block_becomes_the_columns_of_its_entities(random: Random, size: int) -> None:
    written, ruleset, _ = valid_ruleset(random, compares=False)
    plan, name = ruleset.plan, ruleset.plan.entity_name
    assert asked_nodes(plan).unsupported == {}
    as_of = random.choice(AS_OF)
    data = [{name: f"entity {number}", **written.row(random)} for number in range(size)]
    overrides = any(".override." in heading for row in data for heading in row)
    results = ruleset.score_all(data, as_of=as_of)
    usual = [result.status is Status.FINAL and not result.problems and random.random() < 0.8 for result in results]
    if not any(usual):
        return
    columns = chosen_columns(plan, declared_forms(plan, as_of), name, overrides=overrides)
    layout = Layout(plan, pa.field(name, pa.string()), columns)
    texts = ["some", "texts", "that", "nobody", "uses"]
    reader = BlockReader(plan, layout.columns, lambda code: texts[code])
    extended = with_asked_nodes(plan)
    first = next(result for result, is_usual in zip(results, usual, strict=True) if is_usual)
    rows = [
        {node: trace[node] for node in reader.nodes()}
        for result, is_usual in zip(results, usual, strict=True)
        for trace in [reference.evaluate_nodes(extended, result.facts if is_usual else first.facts)]
    ]
    block = block_of(rows, [not each for each in usual], texts, random)
    aside = np.flatnonzero(block.aside)
    others = stored_results(layout.columns, [results[int(place)] for place in aside])
    entities = pa.array([result.entity for result in results])
    found = layout.batch(entities, merged(reader.stored(block), aside, others, size))
    expected = layout.batch(entities, stored_results(layout.columns, results.all))
    found.validate(full=True)
    assert found.to_pydict() == expected.to_pydict()
    assert _bytes(found) == _bytes(expected)


def _bytes(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return sink.getvalue().to_pybytes()
