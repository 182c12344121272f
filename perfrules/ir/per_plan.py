"""Remember what is derived from a plan for as long as that plan lives.

By identity: comparing two plans would cost more than most of what is remembered.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from perfrules.ir.plan import Plan

Derived = TypeVar("Derived")


def per_plan(derive: Callable[[Plan], Derived]) -> Callable[[Plan], Derived]:
    """Make *derive* run once for each plan."""
    known: dict[int, tuple[ref[Plan], Derived]] = {}

    @wraps(derive)
    def derived(plan: Plan) -> Derived:
        found = known.get(id(plan))
        if found is not None:
            return found[1]
        key = id(plan)
        result = derive(plan)
        known[key] = (ref(plan, lambda _: known.pop(key, None)), result)
        return result

    return derived
