"""Cases in words: what each gives, and the first one that holds."""

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration, expr_part
from perfrules.explain.printing import in_words, looked_at, with_values
from perfrules.explain.reading import Reading
from perfrules.explain.reasons import is_formula, taken, worked_out
from perfrules.explain.statement import Part, Statement, statement
from perfrules.ir import expressions as core

_NAMED = (core.Input, core.NodeRef, core.FieldOf)
"""What has a title of its own, which is none of the case."""


def narrate(reading: Reading, placed: Placed, code: str) -> Narration:
    """Say what each case gives, and which holds."""
    assert isinstance(placed.expr, core.Select)
    conditions, values = placed.parts[:-1:2], placed.parts[1:-1:2]
    rule = [_line(reading, when, then) for when, then in zip(conditions, values, strict=True)]
    rule.append(statement("cases.otherwise", marks=_given(reading, placed.parts[-1])))
    return Narration(rule=(statement("cases.rule"), *rule), steps=_chosen(reading, placed))


def _chosen(reading: Reading, placed: Placed) -> tuple[Step, ...]:
    if reading.exact(placed) is None:
        return ()
    found = taken(reading, placed)
    if found is None:
        return ()
    result: Part = reading.part(placed)
    if is_formula(found.value):
        result = statement("cases.worked-out", formula=worked_out(reading, found.value), marks=result)
    if found.holds:
        when = found.conditions[0]
        args = {"condition": in_words(reading, when), "values": with_values(reading, when)}
        return (Step(construct="case", says=statement("cases.chosen", marks=result, **args)),)
    says = statement("cases.chosen-otherwise", marks=result, values=looked_at(reading, found.conditions))
    return (Step(construct="case", says=says),)


def _line(reading: Reading, when: Placed, then: Placed) -> Statement:
    args = {"condition": in_words(reading, when), "marks": _given(reading, then)}
    called = next((each.expr.origin.title for each in (when, then) if not isinstance(each.expr, _NAMED)), None)
    return statement("cases.line", **args) if called is None else statement("cases.line-called", called=called, **args)


def _given(reading: Reading, value: Placed) -> Part:
    """Return what a case gives: the formula where it is one, else the marks."""
    return in_words(reading, value) if is_formula(value) else expr_part(reading, value.expr)
