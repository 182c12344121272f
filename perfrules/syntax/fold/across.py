"""Expressions over all entities: from the grammar's rules to `ast.across`."""

from __future__ import annotations

from typing import Any

from perfrules.lang.exact import Exact
from perfrules.syntax.ast.across import Across, AcrossFunction, First, PercentileMethod, Ties
from perfrules.syntax.fold.expressions import Part, parts_once
from perfrules.syntax.fold.pieces import Children, Refused, exact_of, not_a_number, span_of, syntax_error, whole_of


def across(c: Children) -> Across:
    """`rank(total across entities, highest first, ties share best)`."""
    return _across(c, {"function": AcrossFunction[c[0].type], "body": c[2], "within": c[3]}, c[4:-1])


def across_count(c: Children) -> Across:
    """`count(across entities where x > 3)`."""
    if c[0].type != "COUNT":
        raise Refused(syntax_error(c[1], ("count",)))
    return _across(c, {"function": AcrossFunction.COUNT, "within": c[2]}, c[3:-1])


def apportionment(c: Children) -> Across:
    """`share(pool by weight across entities to 2 decimals largest remainder, ties by entity)`."""
    if c[0].type != "SHARE":
        raise Refused(syntax_error(c[3], ("across entities",)))
    parts = {"function": AcrossFunction.APPORTIONMENT, "pool": c[2], "body": c[4], "within": c[5]}
    return _across(c, parts, c[6:-1])


def _across(c: Children, fixed: dict[str, Any], parts: Children) -> Across:
    return Across(**fixed | {"within": tuple(fixed["within"])}, **parts_once(parts), span=span_of(c))


def part_present(c: Children) -> Part:
    """`among those present`."""
    return c[1], "present", True


def part_first(c: Children) -> Part:
    """`highest first`."""
    return c[1], "first", First[c[1].type.removesuffix("_FIRST")]


def part_ties(c: Children) -> Part:
    """`ties share best`."""
    return c[1], "ties", Ties[c[2].type]


def part_at(c: Children) -> Part:
    """`at 75%`."""
    return c[1], "at", c[2]


def part_method(c: Children) -> Part:
    """`nearest rank`."""
    return c[1], "method", PercentileMethod[c[1].type]


def part_decimal_step(c: Children) -> Part:
    """`to 2 decimals largest remainder`."""
    places = whole_of(c[3]) if c[2] is None else -whole_of(c[3])
    return c[1], "step", Exact(10) ** -places


def part_step(c: Children) -> Part:
    """`to 0.5 largest remainder`."""
    step = exact_of(c[2])
    if step <= 0:
        raise not_a_number(c[2])
    return c[1], "step", step / 100 if c[2].type == "PERCENTAGE" else step


def part_ties_by_entity(c: Children) -> Part:
    """`ties by entity`."""
    return c[1], "ties_by_entity", True
