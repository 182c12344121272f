"""DuckDB: one query of four stages; its `round` rounds ties away from zero, its quotient of decimals is a double."""

from __future__ import annotations

from itertools import pairwise

from benchmarks.table.rubric import (
    BANDS,
    BELOW_POINT,
    CURVE,
    GRADES,
    GREAT,
    OVER_POINT,
    SMALL,
    Kind,
    Leaf,
    Node,
    Rubric,
)


def leaf_score(leaf: Leaf) -> str:
    """Return the score of one leaf in SQL, not yet rounded."""
    full = f"{leaf.full / 100:.2f}"
    first, *others = (column.name for column in leaf.inputs)
    match leaf.kind:
        case Kind.RATE:
            return f"{full} * least({first} / {others[0]}, 1)"
        case Kind.BANDS:
            bands = " ".join(f"when {first} / {others[0]} >= {e / 100} then {full} * {s / 100}" for e, s in BANDS)
            return f"case {bands} else 0 end"
        case Kind.CURVE:
            return " + ".join(
                f"(least(greatest({first}, {low}), {high}) - {low}) * {full} * {most - least} / {100 * (high - low)}"
                for (low, least), (high, most) in pairwise(CURVE)
            )
        case Kind.STARTED:
            return f"greatest({full} - ceil(greatest({first} / {others[0]} - 1, 0) * 100) * {OVER_POINT / 100}, 0)"
        case Kind.BELOW:
            return f"greatest({full} - greatest(1 - {first} / {others[0]}, 0) * {BELOW_POINT}, 0)"
        case Kind.TALLY:
            return f"greatest({full} - {first} * {SMALL / 100} - {others[0]} * {GREAT / 100}, 0)"
        case Kind.CHECKS:
            return f"{leaf.full / 300:.2f} * ({first}::int + {others[0]}::int + {others[1]}::int)"


def query(of: Rubric, number: str) -> str:
    """Return the query over a table `data`; scores are of the type *number*, DOUBLE or DECIMAL(9, 2)."""
    leaves = ", ".join(f"round({leaf_score(leaf)}, 2)::{number} as {leaf.code}" for leaf in of.leaves)
    grades = " ".join(f"when total >= {line * of.full / 10_000} then '{letter}'" for line, letter in GRADES[:-1])
    return f"""
        with leaves as (select {leaves} from data),
        groups as (select {", ".join(_sum(group) for group in of.groups)} from leaves),
        parts as (select {", ".join(_sum(part) for part in of.parts)} from groups),
        totals as (select round({" + ".join(part.code for part in of.parts)}, 2) as total from parts)
        select total, case {grades} else '{GRADES[-1][1]}' end as grade from totals
    """


def _sum(node: Node) -> str:
    return f"{' + '.join(part.code for part in node.parts)} as {node.code}"
