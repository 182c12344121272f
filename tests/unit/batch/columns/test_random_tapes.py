"""Random tapes on rows at and beside boundaries: float64, int64 and recomputed cells give what fractions give."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import isfinite

import pytest

from perfrules.batch.columns.program import maker_of, program_of
from perfrules.batch.columns.proofs import Proof
from perfrules.batch.lowered import Lowered, NodeColumns, Shape
from perfrules.batch.results import CodeCells, NodeCells, RatioCells, ScaledCells
from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Do, Type
from perfrules.ir.expressions import AggregateOp, IrrationalFunction
from tests.support.array_block import ArrayBlock
from tests.support.random_tapes import TABLE, Writer, kinds_of, written, written_irrational, written_with_records

LONG_FACTOR = 2734
"""A tape on which all quotients that a factor of more than 64 bits scales are zero."""


def differences(writer: Writer) -> tuple[list[str], Counter[Proof], int]:
    """Return the cells that differ from the fractions, the proofs used, and how many cells were computed again."""
    tape = writer.tape
    nodes = {
        str(place): NodeColumns(place, None, Shape.NUMBER if op.type is Type.NUMBER else Shape.TRUTH)
        for place, op in enumerate(tape.ops)
        if op.table is None
    }
    lowered = Lowered(tape=tape, nodes=nodes, aside=(), texts=(), unsupported={})
    most = {TABLE: max(writer.counts)} if writer.counts else {}
    counted = {table: NumberFacts(low=Fraction(0), high=Fraction(number), scale=1) for table, number in most.items()}
    facts = {**writer.facts, **counted}
    maker = maker_of(lowered, lambda read: facts[read.name], lambda table: most[table])
    program = program_of(lowered, maker, list(nodes), most)
    result = program.run(ArrayBlock(writer.rows, writer.data, {TABLE: writer.counts}))
    wrong = []
    for name, cells in result.nodes.items():
        found = shown(cells)
        for row, expected in enumerate(writer.values[int(name)]):
            if expected is not None and found[row] != expected:
                wrong.append(f"op {name} row {row}: {found[row]} is not {expected} ({tape.ops[int(name)].do})")
    return wrong, Counter(d.proof for d in maker.decisions.values()), sum(result.recomputed.values())


def shown(cells: NodeCells) -> list[Fraction | bool]:
    """Return the cells as exact numbers or truths."""
    match cells.values:
        case ScaledCells(raw, scale):
            return [
                Fraction(int(each) if isinstance(each, int) or isfinite(each) else 0, scale) for each in raw.tolist()
            ]
        case RatioCells(above, below):
            return [Fraction(int(a), int(b)) for a, b in zip(above, below, strict=True)]
        case CodeCells(codes):
            return [bool(each) for each in codes]
    raise AssertionError(cells)


@pytest.mark.parametrize("start", range(0, 800, 100))
def test_columns_are_what_fractions_are(start: int) -> None:
    proofs: Counter[Proof] = Counter()
    recomputed = 0
    for seed in range(start, start + 100):
        wrong, found, again = differences(written(seed))
        assert not wrong, (seed, wrong[:5])
        proofs += found
        recomputed += again
    assert set(proofs) == set(Proof)
    assert recomputed > 0


def test_columns_of_irrational_functions_are_what_the_evaluator_rounds() -> None:
    kinds = set[object]()
    for seed in range(150):
        writer = written_irrational(seed)
        wrong, _, _ = differences(writer)
        assert not wrong, (seed, wrong[:5])
        kinds |= kinds_of(writer.tape.ops)
    assert kinds >= {*IrrationalFunction, Do.GEOMETRIC_MEAN}


@pytest.mark.parametrize("irrational", [False, True])
def test_columns_made_of_records_are_what_fractions_are(irrational: bool) -> None:
    kinds, recomputed = set[object](), 0
    for seed in (*range(100 if irrational else 300), LONG_FACTOR):
        writer = written_with_records(seed, irrational=irrational)
        wrong, _, again = differences(writer)
        assert not wrong, (seed, wrong[:5])
        kinds |= kinds_of(writer.tape.ops)
        recomputed += again
    assert kinds >= {Do.SPREAD, Do.TOTAL, Do.LEAST, Do.GREATEST, Do.ANY, AggregateOp.MEDIAN, AggregateOp.TRIMMED_MEAN}
    assert kinds >= {AggregateOp.COUNT_DISTINCT, AggregateOp.DEVIATION_POPULATION, AggregateOp.DEVIATION_SAMPLE}
    assert recomputed > 0
