"""What would raise an indicator's mark, every claim evaluated before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perfrules.explain.again import Changed, evaluate_again
from perfrules.explain.chain import Chain
from perfrules.explain.changes.facts import changed_facts
from perfrules.explain.changes.inputs import input_change, least_changes, numbers_behind
from perfrules.explain.changes.table import targets_of
from perfrules.explain.changes.target import Target
from perfrules.explain.explanation import Change, InputChange
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading, kind_of
from perfrules.explain.reasons import is_statistic
from perfrules.explain.statement import Figure, difference
from perfrules.ir import expressions as core
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.exact import Exact

JUST_BEYOND: Final = Exact(1, 10**12)
"""How far beyond a threshold that has to be passed a claim about passing it is evaluated."""
MOST_CHANGES: Final = 8


def changes_for(reading: Reading, marks_chain: Chain, node: str, code: str) -> tuple[Change, ...]:
    """Return the changes that raise the mark of an indicator; none where it has no mark."""
    score = reading.number_of(node)
    if score is None:
        return ()
    found: list[Change] = []
    for target in targets_of(reading, marks_chain.heart):
        change = claim(reading, target, node, code, score)
        if change is not None and not any(_same(change, other) for other in found):
            found.append(change)
    known = {by.name for change in found for by in change.by}
    found += [change for change in changed_facts(reading, node, score) if change.by[0].name not in known]
    return tuple(found[:MOST_CHANGES])


def claim(reading: Reading, target: Target, node: str, code: str, score: Exact) -> Change | None:
    """Evaluate a target: the change it is, if the mark is higher then."""
    if is_statistic(reading, target.subject):
        return None  # what the others have is not for this entity to change
    then = score_at(reading, target, node, code)
    if then is None or then <= score:
        return None
    kind = kind_of(reading, target.subject)
    inputs = tuple(_inputs(reading, target, node, then))
    if not inputs and len(numbers_behind(reading, target.subject.expr)) == 1:
        return None  # the one number it depends on cannot say so: outside its range or precision, or it moves more
    return Change(
        construct=target.construct,
        on=in_words(reading, target.subject),
        now=Figure(target.now, kind),
        to=Figure(target.to, kind),
        beyond=target.beyond,
        upward=target.upward,
        difference=difference(target.to - target.now, kind),
        gain=then - score,
        score=then,
        by=inputs,
    )


def score_at(reading: Reading, target: Target, node: str, code: str) -> Exact | None:
    """Return the mark with the subject at its target, all else as it is; None where it is no number."""
    value = target.to
    if target.beyond:
        value += JUST_BEYOND if target.upward else -JUST_BEYOND
    expr = target.subject.expr
    if isinstance(expr, core.NodeRef):
        changed = Changed(nodes={expr.id: value})
    elif isinstance(expr, core.Input):
        changed = Changed(facts={expr.name: value})
    else:
        within = frozenset(each.id for each in reading.plan.nodes if each.indicator == code)
        changed = Changed(subject=expr, value=value, within=within)
    then = evaluate_again(reading, node, changed)
    return then if isinstance(then, Exact) else None


def _inputs(reading: Reading, target: Target, node: str, at_least: Exact) -> Iterator[InputChange]:
    """Yield the single inputs that bring the target about, if the mark is then as high as claimed."""
    for declaration, to in least_changes(reading, target):
        then = evaluate_again(reading, node, Changed(facts={declaration.name: to}))
        if isinstance(then, Exact) and then >= at_least:
            yield _change(reading, declaration, to)


def _change(reading: Reading, declaration: InputDeclaration, to: Exact) -> InputChange:
    now = reading.facts.values[declaration.name]
    assert isinstance(now, Exact)
    return input_change(declaration, now, to)


def _same(one: Change, other: Change) -> bool:
    return (one.on, one.to, one.beyond) == (other.on, other.to, other.beyond)
