"""Compare rulesets by everything in them, also what takes no part in equality: kinds, origins, places."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any

import attrs

from perfrules import api
from perfrules.cache.later import LaterSources, LaterTuple
from perfrules.ir.asked_for import AskedFor


def everything_in(value: Any) -> Any:
    """Return *value* as plain tuples that name its classes and hold all its fields."""
    if isinstance(value, LaterTuple):
        value = value.whole()
    if isinstance(value, AskedFor):
        value = str(value)
    if isinstance(value, Enum):
        return repr(value)
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return (type(value).__qualname__, *((each.name, everything_in(getattr(value, each.name))) for each in fields))
    if isinstance(value, Mapping):
        known = (MappingProxyType, LaterSources)
        kind = "dict" if isinstance(value, known) else type(value).__qualname__
        return (kind, *((key, everything_in(each)) for key, each in value.items()))
    if isinstance(value, tuple):
        return tuple(everything_in(each) for each in value)
    if isinstance(value, frozenset):
        return ("frozenset", *sorted(everything_in(each) for each in value))
    return (type(value).__qualname__, value)


def all_of(compiled: api.Compiled) -> Any:
    """Return everything that was made of a text."""
    return everything_in(compiled)
