"""What was written of a result is read again as the value it was, and lies in the range that was proven for it."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules import api
from perfrules.evaluate.provisional import Settled
from perfrules.evaluate.result import Status
from perfrules.ir.inputs import External, InputDeclaration
from perfrules.ir.result_shape import ENTITY, Readable
from perfrules.lang.states import State
from perfrules.model.options import options_of
from perfrules.prove.result_shape import result_shape
from perfrules.readers.result_values import fact_of
from perfrules.readers.results_file import KnownResults, parse_results
from perfrules.writers.canonical import canonical_json
from tests.strategies.rulesets import valid_ruleset

SEEDS = st.integers(min_value=0, max_value=10**9)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SEEDS)
def test_every_value_of_a_result_is_read_again(seed: int) -> None:
    random = Random(seed)
    written, ruleset, _ = valid_ruleset(random)
    rows = [{ruleset.plan.entity_name: f"e{number}", **written.row(random)} for number in range(3)]
    results = ruleset.score_all(rows)
    known = parse_results(canonical_json(ruleset.plan, results).encode())
    assert isinstance(known, KnownResults)
    for result in results:
        if result.status is not Status.REFUSED:
            for readable in result_shape(ruleset.plan).readables:
                found = fact_of(declared(readable), known.by_entity[result.entity])
                assert found in expected(result, readable), readable


def expected(result: api.Result, readable: Readable) -> set[object]:
    """Return the value itself; what does not apply is missing for whoever reads it, what is open is pending.

    What is open but can come out in one way only may be read as either.
    """
    if readable.reads == ENTITY:
        return {result.entity}
    assert result.trace is not None
    value = result.trace[readable.reads]
    if value is State.PENDING:
        settled = Settled(result.trace, lambda: result.enclosures)[readable.reads]
        return {State.PENDING, State.MISSING if settled is State.EXCLUDED else settled}
    return {State.MISSING if value is State.EXCLUDED else value}


def declared(readable: Readable) -> InputDeclaration:
    return InputDeclaration(
        name=readable.name,
        title=None,
        kind=readable.kind,
        bounds=readable.bounds,
        optional=readable.optional,
        options=options_of(readable.kind) or (),
        external=External(alias="x", ruleset="x", reads=readable.reads),
    )
