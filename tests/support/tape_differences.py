"""Where the columns of a random tape are not what fractions are."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import isfinite

from perfrules.batch.columns.program import maker_of, program_of
from perfrules.batch.columns.proofs import Proof
from perfrules.batch.lowered import Lowered, NodeColumns, Shape
from perfrules.batch.results import CodeCells, NodeCells, RatioCells, ScaledCells
from perfrules.batch.source import NumberFacts
from perfrules.batch.tape import Type
from tests.support.array_block import ArrayBlock
from tests.support.random_tapes import TABLE, Writer


def differences(writer: Writer, *, joined: bool) -> tuple[list[str], Counter[Proof], int]:
    """Return the cells that differ from the fractions, the proofs used, and how many cells were computed again.

    *joined*: with machine code.
    """
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
    result = program.run(ArrayBlock(writer.rows, writer.data, {TABLE: writer.counts}), joined=joined)
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
