"""Cases in words: what each gives, and the first one that holds."""

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Step
from perfrules.explain.narrate.narration import Narration, expr_part
from perfrules.explain.printing import in_words, with_values
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, Statement, statement
from perfrules.ir import expressions as core


def narrate(reading: Reading, placed: Placed, code: str) -> Narration:
    """Say what each case gives, and which holds."""
    assert isinstance(placed.expr, core.Select)
    conditions, values = placed.parts[:-1:2], placed.parts[1:-1:2]
    rule = [_line(reading, when, then) for when, then in zip(conditions, values, strict=True)]
    rule.append(statement("cases.otherwise", marks=expr_part(reading, placed.parts[-1].expr)))
    return Narration(rule=(statement("cases.rule"), *rule), steps=_chosen(reading, placed))


def case_name(reading: Reading, placed: Placed) -> Part:
    """Return the case that was taken: the author's title, else its condition, else that none held."""
    chosen = chosen_case(reading, placed)
    if chosen is None:
        return statement("cases.none-held")
    when, then = chosen
    return then.expr.origin.title or in_words(reading, when)


def chosen_case(reading: Reading, placed: Placed) -> tuple[Placed, Placed] | None:
    """Return condition and value of the case that was taken; None where it was `otherwise`."""
    pairs = zip(placed.parts[:-1:2], placed.parts[1:-1:2], strict=True)
    return next(((when, then) for when, then in pairs if reading.value(when) is True), None)


def _chosen(reading: Reading, placed: Placed) -> tuple[Step, ...]:
    if reading.exact(placed) is None:
        return ()
    chosen = chosen_case(reading, placed)
    if chosen is None:
        says = statement("cases.chosen-otherwise", marks=reading.part(placed))
    else:
        when, _ = chosen
        says = statement(
            "cases.chosen",
            condition=in_words(reading, when),
            marks=reading.part(placed),
            values=with_values(reading, when),
        )
    return (Step(construct="case", says=says),)


def _line(reading: Reading, when: Placed, then: Placed) -> Statement:
    return statement("cases.line", condition=in_words(reading, when), marks=expr_part(reading, then.expr))
