"""The way in: a result, or one indicator of it, explained."""

from __future__ import annotations

from perfrules.evaluate.result import Result
from perfrules.evaluate.sections import full_code
from perfrules.explain.entity import explain_entity, explain_refused
from perfrules.explain.explanation import Explanation
from perfrules.explain.indicator import explain_indicator
from perfrules.explain.reading import read


def explain(result: Result, path: str | None = None) -> Explanation:
    """Explain one indicator by its code (short where that is unambiguous), or with None the whole entity.

    Of a refused entity there is only one explanation, whatever is asked for. KeyError for a code the ruleset has not,
    or has more than once.
    """
    reading = read(result)
    if reading is None:
        return explain_refused(result)
    if path is None:
        return explain_entity(result, reading)
    return explain_indicator(result, reading, full_code(result.plan, path))
