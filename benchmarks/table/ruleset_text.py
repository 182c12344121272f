"""The rubric as a ruleset; run as a program, it writes `benchmarks/rulesets/thirty_five.perfrules`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from benchmarks.table.rubric import (
    BANDS,
    BELOW_POINT,
    CURVE,
    GRADES,
    GREAT,
    OVER_POINT,
    SMALL,
    Column,
    Kind,
    Leaf,
    Node,
    Rubric,
    Unit,
    rubric,
)

FILE = Path(__file__).parents[1] / "rulesets" / "thirty_five.perfrules"


def ruleset_text(of: Rubric, whole: bool = False) -> str:
    """Write the ruleset; *whole*: for data in whole numbers, money in 百元 instead of 万元 and ‰ instead of %."""
    lines = [
        "# A synthetic rubric for benchmarks: the kinds of rules are those of real ones, names and marks are made up.",
        f"# Written by `python -m benchmarks.table.ruleset_text`, {len(of.leaves)} indicators.",
        "",
        'ruleset benchmark.rubric "A rubric for benchmarks (synthetic)" version "1" {',
        "  entity department",
        *(["  unit 百元 = 100 元"] if whole else []),
        f"  total {_points(of.full)}",
        "  round leaves to 2 decimals half up",
        "  round total to 2 decimals half up",
        "",
        *(f"  input {column.name} : {_type(column, whole)}" for column in of.columns),
        "",
        *(line for part in of.parts for line in _indicator(part, whole)),
        "",
        "  grades of rounded total {",
        *(f"    {letter} >= {_number(line * of.full // 100)}" for line, letter in GRADES[:-1]),
        f"    {GRADES[-1][1]} otherwise",
        "  }",
        "}",
    ]
    return "\n".join(lines) + "\n"


def _type(column: Column, whole: bool) -> str:
    match column.unit:
        case Unit.MONEY if whole:
            return f"百元 decimals 0 in [{column.low * 100}, {column.high * 100}]"
        case Unit.MONEY:
            return f"万元 decimals 2 in [{column.low}, {column.high}]"
        case Unit.PERCENT if whole:
            return "number decimals 0 in [0, 1000]"
        case Unit.PERCENT:
            return "% decimals 1 in [0%, 100%] written as percent"
        case Unit.COUNT:
            return f"count in [{column.low}, {column.high}]"
        case Unit.YES_NO:
            return "yes/no"


def _indicator(node: Node | Leaf, whole: bool, depth: int = 1) -> Iterator[str]:
    indent = "  " * depth
    yield f"{indent}indicator {node.code} {_points(node.full)} {{"
    if isinstance(node, Leaf):
        yield from (f"{indent}  {line}" for line in _clauses(node, whole))
    else:
        for part in node.parts:
            yield from _indicator(part, whole, depth + 1)
    yield f"{indent}}}"


def _clauses(leaf: Leaf, whole: bool) -> list[str]:
    first, *rest = (column.name for column in leaf.inputs)
    match leaf.kind:
        case Kind.RATE:
            return [f"measure {first} / {rest[0]}", "score curve of measure {", "  0% -> 0", "  100% -> full", "}"]
        case Kind.BANDS:
            bands = [f"  >= {edge}% -> {_of_full(share)}" for edge, share in BANDS]
            return [f"measure {first} / {rest[0]}", "score bands of measure {", *bands, "  otherwise -> 0", "}"]
        case Kind.CURVE:
            points = [f"  {edge * 10 if whole else f'{edge}%'} -> {_of_full(share)}" for edge, share in CURVE]
            return [f"score curve of {first} {{", *points, "}"]
        case Kind.STARTED:
            lost = f"  measure above 100%: less {_points(OVER_POINT)} per started 1pp"
            return [f"measure {first} / {rest[0]}", "score tally from full {", lost, "}"]
        case Kind.BELOW:
            lost = f"  measure below 100%: less {_points(BELOW_POINT)} per exact 1pp"
            return [f"measure {first} / {rest[0]}", "score tally from full {", lost, "}"]
        case Kind.TALLY:
            small, great = (f"less {_points(each)} each" for each in (SMALL, GREAT))
            return ["score tally from full {", f"  {first}: {small}", f"  {rest[0]}: {great}", "}"]
        case Kind.CHECKS:
            each = f"  {', '.join([first, *rest])}: plus {_points(leaf.full // 3)} each"
            return ["score tally from 0 {", each, "}"]


def _of_full(share: int) -> str:
    return {0: "0", 100: "full"}.get(share, f"{share}% of full")


def _number(hundredths: int) -> str:
    return f"{(Decimal(hundredths) / 100).normalize():f}"


def _points(hundredths: int) -> str:
    return f"{_number(hundredths)} {'point' if hundredths == 100 else 'points'}"


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(ruleset_text(rubric()), encoding="utf-8")
