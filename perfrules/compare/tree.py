"""A comparison as values of JSON: every number a text, keys and codes, no words of a language, no file and no time."""

from __future__ import annotations

from typing import Any, TypeAlias

from perfrules.compare.comparison import Comparison, EntityCompared
from perfrules.compare.data_between import Given
from perfrules.compare.items import Item
from perfrules.compare.movement import Movement, Part
from perfrules.compare.outcome import Outcome
from perfrules.compare.said import said_tree
from perfrules.compare.sides import Side
from perfrules.explain.statement import canonical_interval
from perfrules.ir.inputs import JudgedMark, Override
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.states import State
from perfrules.writers.canonical import canonical_text

Tree: TypeAlias = dict[str, Any]
METHOD = "ordered-path"


def comparison_json(comparison: Comparison) -> str:
    """Write a comparison as canonical JSON: the same comparison is the same bytes."""
    return canonical_text(comparison_tree(comparison))


def comparison_tree(comparison: Comparison) -> Tree:
    """Return the rulesets, the changes, and with data the movement of each entity with its parts."""
    found: Tree = {
        "old": _ruleset(comparison.old),
        "new": _ruleset(comparison.new),
        "differs": comparison.differs,
        "changes": [
            {
                "item": _item(each.item),
                "how": each.how,
                "title": said_tree(each.title),
                "says": [said_tree(says) for says in each.says],
            }
            for each in comparison.changes
        ],
    }
    if comparison.with_data:
        found["method"] = METHOD
        found["order"] = [_item(item) for item in comparison.order]
        found["entities"] = [_entity(comparison, each) for each in comparison.entities]
    return found


def _ruleset(side: Side) -> Tree:
    return {"name": side.plan.name, "version": side.plan.version, "hash": side.plan.compiled_hash}


def _item(item: Item) -> Tree:
    return {"sort": item.sort.value, "name": item.name}


def _entity(comparison: Comparison, entity: EntityCompared) -> Tree:
    found: Tree = {
        "entity": entity.entity,
        "sort": entity.sort,
        "old": None if entity.old is None else _outcome(entity.old),
        "new": None if entity.new is None else _outcome(entity.new),
    }
    if entity.movement is not None:
        found |= _movement(comparison, entity.movement)
    elif entity.moved_within is not None:
        found["moved_within"] = canonical_interval(entity.moved_within)
    return found


def _outcome(outcome: Outcome) -> Tree:
    return {
        "status": outcome.status.value,
        "total": None if outcome.total is None else as_text(outcome.total),
        "possible": None if outcome.possible is None else canonical_interval(outcome.possible),
        "grades": list(outcome.grades),
        "follows": dict(outcome.follows),
        "problems": [each.code.value for each in outcome.problems],
    }


def _movement(comparison: Comparison, movement: Movement) -> Tree:
    return {
        "moved": _number(movement.moved),
        "parts": [_part(each) for each in movement.parts],
        "without": [
            {"item": _item(each.item), "total": _number(each.total), "grade": each.grade} for each in movement.without
        ],
        "decisive": [_item(item) for item in movement.decisive],
        "marks": {
            code: {"old": _number(before), "new": _number(after)}
            for code in {**movement.old.marks, **movement.new.marks}
            if (before := movement.old.marks.get(code)) != (after := movement.new.marks.get(code))
        },
        "data": [{"item": _item(each.item), **_given(each)} for each in in_order(comparison, movement.given)],
    }


def in_order(comparison: Comparison, given: tuple[Given, ...]) -> tuple[Given, ...]:
    """Put differences of data in the order in which they are applied."""
    return tuple(sorted(given, key=lambda each: comparison.order.index(each.item)))


def _part(part: Part) -> Tree:
    return {
        "items": [_item(item) for item in part.items],
        "moved": as_text(part.moved),
        "total": _number(part.total),
        "grade_before": part.grade_before,
        "grade": part.grade,
        "marks": {code: as_text(value) for code, value in part.marks.items()},
    }


def _given(given: Given) -> Tree:
    return {"old": _value(given.old), "new": _value(given.new)}


def _value(value: object) -> object:
    match value:
        case State():
            return {"state": value.value}
        case bool() | None | str():
            return value
        case Exact():
            return as_text(value)
        case JudgedMark(level=level, mark=mark):
            return {"level": level, "mark": _number(mark)}
        case Override(value=number, by=by, why=why):
            return {"value": as_text(number), "by": by, "why": why}
        case tuple():
            return [{name: _value(each) for name, each in record.items()} for record in value]
    return str(value)


def _number(value: Exact | None) -> str | None:
    return None if value is None else as_text(value)
