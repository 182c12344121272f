"""One value of a result as a fact: a number, a word, a date, or why there is none.

What is still open is pending. What has no value in a final result (it did not apply, data were missing) is missing for
whoever reads it, which the checker has answered.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from attrs import evolve

from perfrules.ir.facts_check import Fitted, Refusal, fit_option, fit_value, range_text, within
from perfrules.ir.inputs import FactValue, InputDeclaration
from perfrules.ir.result_shape import ENTITY, GRADE, ROUNDED_TOTAL, TOTAL
from perfrules.lang.exact import Exact, parse_exact
from perfrules.lang.kinds import Date, Grade, Lights, is_numeric
from perfrules.lang.states import State
from perfrules.readers.results_file import PROVISIONAL, ResultTree

_KEYS: Final = {ENTITY: "entity", TOTAL: "total_unrounded", ROUNDED_TOTAL: "total", GRADE: "grade"}
_SECTIONS: Final = {"output": "outputs", "decision": "decisions", "alert": "alerts", "flag": "flags"}
_OF_INDICATOR: Final = {"": "score", "measure": "measure", "light": "light"}


def fact_of(declared: InputDeclaration, tree: ResultTree) -> FactValue | Refusal:
    """Return what *declared* reads of one entity's result, which was not refused."""
    assert declared.external is not None
    found = _found(declared.external.reads, tree)
    undecided = isinstance(found, list) or (isinstance(found, dict) and "state" not in found)
    if undecided or (found is None and tree["status"] == PROVISIONAL and _opens_silently(declared)):
        return State.PENDING
    if isinstance(found, dict) and found["state"] == State.PENDING.value:
        return State.PENDING
    if found is None or isinstance(found, dict):
        return State.MISSING if declared.optional else Refusal("data-missing", {"name": declared.name})
    # What people set in place of a computed mark may lie beyond what rules can give.
    return _value(evolve(declared, bounds=None) if _is_overridden(tree) else declared, found)


def _is_overridden(tree: ResultTree) -> bool:
    return any(each.get("override") is not None for each in tree["indicators"].values())


def _found(reads: str, tree: ResultTree) -> object:
    """Return what stands at the place; None where an earlier ruleset had no such thing."""
    if reads in _KEYS:
        return tree.get(_KEYS[reads])
    section, _, name = reads.partition(".")
    if section in _SECTIONS and name in tree[_SECTIONS[section]]:
        return tree[_SECTIONS[section]][name]
    code, _, stage = reads.partition("/")
    indicator = tree["indicators"].get(code)
    return None if indicator is None else indicator.get(_OF_INDICATOR[stage])


def _opens_silently(declared: InputDeclaration) -> bool:
    """Tell whether a value that is still open is written as nothing: a decision or a flag, which have no interval."""
    return declared.external is not None and declared.external.reads.startswith(("decision.", "flag."))


def _value(declared: InputDeclaration, found: object) -> FactValue | Refusal:
    if is_numeric(declared.kind):
        return _number(declared, found)
    if isinstance(declared.kind, Date):
        found = _day(found)
    if isinstance(declared.kind, Grade | Lights):
        fitted = fit_option(declared, str(found))
    else:
        fitted = fit_value(declared, found if isinstance(found, bool | date) else str(found))
    return fitted.value if isinstance(fitted, Fitted) else fitted


def _number(declared: InputDeclaration, found: object) -> FactValue | Refusal:
    value = _exact(found) if isinstance(found, str) else None
    if value is None:
        return Refusal("data-not-a-number", {"name": declared.name, "value": str(found)})
    if declared.bounds is not None and not within(value, declared.bounds):
        told = range_text(declared.bounds, declared.kind)
        return Refusal("data-outside-range", {"name": declared.name, "value": str(found), "range": told})
    return value


def _exact(text: str) -> Exact | None:
    """Read a number as results write it.

    >>> _exact("1/3"), _exact("-2.5"), _exact("a")
    (Fraction(1, 3), Fraction(-5, 2), None)
    """
    above, stroke, below = text.partition("/")
    numerator, denominator = parse_exact(above), parse_exact(below) if stroke else Exact(1)
    return None if numerator is None or not denominator else numerator / denominator


def _day(found: object) -> object:
    try:
        return date.fromisoformat(str(found))
    except ValueError:
        return found
