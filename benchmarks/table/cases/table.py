"""The cases by name; `rubric-10` is ten times the rubric."""

from __future__ import annotations

from importlib import import_module

from benchmarks.table.cases.thirty_five import thirty_five
from benchmarks.table.competitor import Case

RUBRIC = "rubric"
SHAPES = ("pinghu", "thirds", "hdi", "projects")


def case_of(name: str) -> Case:
    """Return the case of a name."""
    if name in SHAPES:
        found = import_module(f"benchmarks.table.cases.{name}").CASE
        assert isinstance(found, Case)
        return found
    kind, _, copies = name.partition("-")
    assert kind == RUBRIC
    return thirty_five(int(copies or 1))
