"""Values as they stand in a record: numbers and dates are texts, a state says which, nothing is null."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from perfrules.evaluate.trace import NotEvaluated
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.states import State

Tree: TypeAlias = object


def value_tree(value: object) -> Tree:
    """Return a value, a step or a table as texts, booleans, lists and mappings; None where nothing was evaluated.

    >>> value_tree(Exact(1, 3)), value_tree(State.PENDING), value_tree(True)
    ('1/3', {'state': 'pending'}, True)
    """
    match value:
        case None | NotEvaluated():
            return None
        case bool() | str():
            return value
        case State():
            return {"state": value.value}
        case Exact():
            return as_text(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): value_tree(each) for name, each in value.items()}
        case tuple():
            return [value_tree(each) for each in value]
    raise TypeError(f"no value of a record: {type(value)}")
