"""Every built-in function."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from perfrules.functions import dates, extremes, irrational
from perfrules.functions.signature import Function

FUNCTIONS: Final = (
    extremes.MAX,
    extremes.MIN,
    extremes.SUM,
    extremes.MEAN,
    extremes.ABS,
    irrational.LN,
    irrational.EXP,
    irrational.SQRT,
    irrational.ROOT,
    dates.DAYS,
    dates.WORKDAYS,
)
_BY_NAME: Final = MappingProxyType(
    {name: function for function in FUNCTIONS for name in (function.name, function.chinese)}
)


def find_function(name: str) -> Function | None:
    """Return the function of that name, English or Chinese.

    >>> find_function("最大") is find_function("max")
    True
    """
    return _BY_NAME.get(name)


def function_names() -> tuple[str, ...]:
    """Return every name of every function, for did-you-mean."""
    return tuple(_BY_NAME)
