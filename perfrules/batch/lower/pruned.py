"""A tape without the operations that nothing asks for."""

from __future__ import annotations

from attrs import evolve

from perfrules.batch.lowered import Lowered
from perfrules.batch.tape import Tape


def pruned(lowered: Lowered) -> Lowered:
    """Keep what nodes and conditions are made of, in the same order."""
    columns = [place for node in lowered.nodes.values() for place in (node.value, node.state) if place is not None]
    needed = {*columns, *(each.condition for each in lowered.aside)}
    ops = lowered.tape.ops
    for place in reversed(range(len(ops))):
        if place in needed:
            needed.update(ops[place].operands)
    tape = Tape()
    moved: dict[int, int] = {}
    for place in sorted(needed):
        op = ops[place]
        operands = (moved[operand] for operand in op.operands)
        moved[place] = tape.add(op.do, *operands, type=op.type, param=op.param, table=op.table)
    nodes = {
        name: evolve(
            node,
            value=None if node.value is None else moved[node.value],
            state=None if node.state is None else moved[node.state],
        )
        for name, node in lowered.nodes.items()
    }
    aside = tuple(evolve(each, condition=moved[each.condition]) for each in lowered.aside)
    return evolve(lowered, tape=tape, nodes=nodes, aside=aside)
