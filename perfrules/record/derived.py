"""Members that follow from others: statistics of the cohort, results by entity, the trace as a table.

They are for reading; whoever verifies a record makes them again from the leaves and compares.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from perfrules.record.values import Tree
from perfrules.writers.canonical import canonical_text

_HEADINGS: Final = (
    "entity",
    "node",
    "role",
    "indicator",
    "step",
    "does",
    "before_rounding",
    "value",
    "written_at",
)
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_ROUNDING: Final = "round to "


def cohort_bytes(leaves: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the statistics across entities: each different value of each, and how many entities have it."""
    found: dict[str, dict[str, list[Any]]] = {}
    for leaf in leaves:
        for node, fact in leaf["statistics"].items():
            known = found.setdefault(node, {}).setdefault(canonical_text(fact), [fact, 0])
            known[1] += 1
    tree = {
        node: [{**fact, "entities": str(number)} for _, (fact, number) in sorted(of_node.items())]
        for node, of_node in found.items()
    }
    return canonical_text(tree).encode("utf-8")


def results_in_order(leaves: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Return the results in the order of the data."""
    return [leaf["result"] for leaf in sorted(leaves, key=lambda leaf: int(leaf["position"]))]


def trace_bytes(nodes: Mapping[str, Any], leaves: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a table that Excel opens: a row for the value of each node, one for each rounding on the way to it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for leaf in leaves:
        for about, values in zip(nodes["nodes"], leaf["nodes"], strict=False):
            writer.writerows(_rows(leaf["entity"], about, values))
    return text.getvalue().encode("utf-8-sig")


def _rows(entity: str, about: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[list[str]]:
    steps, known = about.get("steps", []), values.get("steps", [])
    head = [entity, about["id"], about["role"], about.get("indicator", "")]
    for place, (step, value) in enumerate(zip(steps[:-1], known, strict=False)):
        if step["does"].startswith(_ROUNDING):
            before = _before(steps, known, place)
            yield _cells([*head, str(place + 1), step["does"], before, value, step.get("at", "")])
    last = steps[-1]["does"] if steps else about.get("does", "")
    before = _before(steps, known, len(steps) - 1) if last.startswith(_ROUNDING) else None
    yield _cells([*head, "", last, before, values["value"], about.get("at", "")])


def _before(steps: Sequence[Mapping[str, Any]], known: Sequence[Any], place: int) -> Any:
    """Return the value that the rounding at *place* was given: that of the step before it, not one beside a value."""
    place -= 1
    while place > 0 and steps[place].get("beside"):
        place -= 1
    return known[place] if 0 <= place < len(known) else None


def _cells(row: Sequence[Tree]) -> list[str]:
    return [safe_cell(shown(each)) for each in row]


def shown(value: Tree) -> str:
    """Return a value as a cell of a table has it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case {"state": str() as state}:
            return state
    return canonical_text({"": value})[len('{"":') : -len("}\n")]


def safe_cell(text: str) -> str:
    """Put an apostrophe before what Excel would take for a formula or a day."""
    number = text.removeprefix("-").replace(".", "", 1)
    is_number = number.isascii() and number.isdigit()
    parts = number.split("/")
    is_quotient = len(parts) == 2 and all(part.isascii() and part.isdigit() for part in parts)
    return f"'{text}" if is_quotient or (text.startswith(_FORMULA_STARTS) and not is_number) else text
