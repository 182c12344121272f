"""zen-engine: a decision graph of expression nodes and one decision table, evaluated row by row; 28-digit decimals."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import zen

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

KEY = "rubric"


def leaf_score(leaf: Leaf) -> str:
    """Return the score of one leaf as an expression, not yet rounded."""
    full = leaf.full / 100
    first, *others = (column.name for column in leaf.inputs)
    match leaf.kind:
        case Kind.RATE:
            return f"{full} * min([{first} / {others[0]}, 1])"
        case Kind.BANDS:
            bands = "".join(f"{first} / {others[0]} >= {e / 100} ? {full} * {s / 100} : (" for e, s in BANDS)
            return f"{bands}0{')' * len(BANDS)}"
        case Kind.CURVE:
            return " + ".join(
                f"(min([max([{first}, {low}]), {high}]) - {low}) * {full} * {most - least} / {100 * (high - low)}"
                for (low, least), (high, most) in pairwise(CURVE)
            )
        case Kind.STARTED:
            return f"max([{full} - ceil(max([{first} / {others[0]} - 1, 0]) * 100) * {OVER_POINT / 100}, 0])"
        case Kind.BELOW:
            return f"max([{full} - max([1 - {first} / {others[0]}, 0]) * {BELOW_POINT}, 0])"
        case Kind.TALLY:
            return f"max([{full} - {first} * {SMALL / 100} - {others[0]} * {GREAT / 100}, 0])"
        case Kind.CHECKS:
            return f"{leaf.full / 300} * (number({first}) + number({others[0]}) + number({others[1]}))"


def graph(of: Rubric) -> dict[str, Any]:
    """Return the rubric as a JSON Decision Model."""
    stages = [
        _expressions("leaves", [(leaf.code, f"floor(({leaf_score(leaf)}) * 100 + 0.5) / 100") for leaf in of.leaves]),
        _expressions("groups", [_sum(group) for group in of.groups]),
        _expressions("parts", [_sum(part) for part in of.parts]),
        _expressions("totals", [("total", " + ".join(part.code for part in of.parts))]),
        _grades(of),
    ]
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        *stages,
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": f"{a['id']}-{b['id']}", "sourceId": a["id"], "targetId": b["id"], "type": "edge"}
        for a, b in pairwise(nodes)
    ]
    return {"nodes": nodes, "edges": edges}


def _expressions(name: str, named: list[tuple[str, str]]) -> dict[str, Any]:
    rows = [{"id": key, "key": key, "value": value} for key, value in named]
    return {"id": name, "name": name, "type": "expressionNode", "content": {"expressions": rows, "passThrough": True}}


def _sum(node: Node) -> tuple[str, str]:
    return node.code, " + ".join(part.code for part in node.parts)


def _grades(of: Rubric) -> dict[str, Any]:
    rules = [
        {"_id": letter, "i": f">= {line * of.full / 10_000}" if line else "", "o": f'"{letter}"', "t": "total"}
        for line, letter in GRADES
    ]
    content = {
        "hitPolicy": "first",
        "rules": rules,
        "inputs": [{"id": "i", "name": "Total", "field": "total"}],
        "outputs": [{"id": "o", "name": "Grade", "field": "grade"}, {"id": "t", "name": "Total", "field": "total"}],
    }
    return {"id": "grades", "name": "grades", "type": "decisionTableNode", "content": content}


def engine(of: Rubric) -> zen.ZenEngine:
    """Return an engine that knows the rubric."""
    return zen.ZenEngine({"loader": {"type": "static", "content": {KEY: graph(of)}}})


def score(made: zen.ZenEngine, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the total and the grade of each row."""
    answers = made.evaluate_batch([{"key": KEY, "context": row} for row in rows])
    return [answer["data"]["result"] for answer in answers]
