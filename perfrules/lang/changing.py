"""Frozen values with some fields changed, in half the time that `attrs.evolve` takes: it looks at every field anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import attrs

Value = TypeVar("Value")


def changed(value: Value, /, **changes: Any) -> Value:
    """Return *value* with the fields *changes*.

    >>> from perfrules.lang.kinds import Choice
    >>> changed(Choice(("a", "b")), options=("a",))
    Choice(options=('a',))
    """
    cls: Any = type(value)
    names, values = _fields_of(cls)
    made: Value = cls(**(dict(zip(names, values(value), strict=True)) | changes))
    return made


@cache
def _fields_of(cls: type[attrs.AttrsInstance]) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the names by which a class is given its fields, and what takes these from a value."""
    fields = [each for each in attrs.fields(cls) if each.init]
    if len(fields) == 1:
        one = attrgetter(fields[0].name)
        return (fields[0].alias or fields[0].name,), lambda value: (one(value),)
    return tuple(each.alias or each.name for each in fields), attrgetter(*(each.name for each in fields))
