"""Random tapes on rows at and beside boundaries: float64, int64 and recomputed cells give what fractions give."""

from __future__ import annotations

from collections import Counter

import pytest

from perfrules.batch.columns.proofs import Proof
from perfrules.batch.tape import Do
from perfrules.ir.expressions import AggregateOp, IrrationalFunction
from tests.support.random_tapes import kinds_of, written, written_irrational, written_with_records
from tests.support.tape_differences import differences

LONG_FACTOR = 2734
"""A tape on which all quotients that a factor of more than 64 bits scales are zero."""


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("start", range(0, 800, 100))
def test_columns_are_what_fractions_are(start: int, joined: bool) -> None:
    proofs: Counter[Proof] = Counter()
    recomputed = 0
    for seed in range(start, start + 100):
        wrong, found, again = differences(written(seed), joined=joined)
        assert not wrong, (seed, wrong[:5])
        proofs += found
        recomputed += again
    assert set(proofs) == set(Proof)
    assert recomputed > 0


@pytest.mark.parametrize("joined", [False, True])
def test_columns_of_irrational_functions_are_what_the_evaluator_rounds(joined: bool) -> None:
    kinds = set[object]()
    for seed in range(150):
        writer = written_irrational(seed)
        wrong, _, _ = differences(writer, joined=joined)
        assert not wrong, (seed, wrong[:5])
        kinds |= kinds_of(writer.tape.ops)
    assert kinds >= {*IrrationalFunction, Do.GEOMETRIC_MEAN}


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("irrational", [False, True])
def test_columns_made_of_records_are_what_fractions_are(irrational: bool, joined: bool) -> None:
    kinds, recomputed = set[object](), 0
    for seed in (*range(100 if irrational else 300), LONG_FACTOR):
        writer = written_with_records(seed, irrational=irrational)
        wrong, _, again = differences(writer, joined=joined)
        assert not wrong, (seed, wrong[:5])
        kinds |= kinds_of(writer.tape.ops)
        recomputed += again
    assert kinds >= {Do.SPREAD, Do.TOTAL, Do.LEAST, Do.GREATEST, Do.ANY, AggregateOp.MEDIAN, AggregateOp.TRIMMED_MEAN}
    assert kinds >= {AggregateOp.COUNT_DISTINCT, AggregateOp.DEVIATION_POPULATION, AggregateOp.DEVIATION_SAMPLE}
    assert recomputed > 0
