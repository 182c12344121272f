"""What follows from a result: decisions with their deadlines, alerts, outputs."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.evaluate.numbering import Placed
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.printing import in_words
from perfrules.explain.statement import value_part
from perfrules.ir import expressions as core
from perfrules.ir.plan import Deadline, ResultOutline
from perfrules.rubrics.document.speaker import Speaker


def consequences(speaker: Speaker) -> Iterator[str]:
    plan = speaker.plan
    for outline in plan.decisions:
        yield _decision(speaker, outline)
    for outline in plan.alerts:
        yield speaker.word(
            "consequence.alert", lights=_lights(speaker, outline.node), title=outline.title or outline.name
        )
    for outline in plan.outputs:
        title, value = outline.title or outline.name, speaker.node(outline.node)
        key = "consequence.output-plain" if value == title else "consequence.output"
        yield speaker.word(key, title=title, value=value)


def _decision(speaker: Speaker, outline: ResultOutline) -> str:
    condition = speaker.node(outline.node)
    title = outline.title or outline.name
    said = speaker.word("consequence.decision", condition=condition, title=title)
    return said if outline.deadline is None else said + _deadline(speaker, outline.deadline)


def _deadline(speaker: Speaker, deadline: Deadline) -> str:
    length = deadline.length
    within = deadline.written if length is None else speaker.tell(value_part(length.value, length.kind))
    return speaker.word("consequence.deadline", event=deadline.event, otherwise=deadline.otherwise, within=within)


def _lights(speaker: Speaker, node: str) -> str:
    root = speaker.reading.root(node)
    if not isinstance(root.expr, core.Select):
        return speaker.tell(in_words(speaker.reading, root))
    pairs = zip(root.parts[:-1:2], root.parts[1:-1:2], strict=True)
    said = [
        speaker.word("light.when", condition=speaker.tell(in_words(speaker.reading, when)), light=_light(speaker, then))
        for when, then in pairs
    ]
    rest = speaker.word("light.otherwise", light=_light(speaker, root.parts[-1]))
    return speaker.word("light.between").join((*said, rest))


def _light(speaker: Speaker, placed: Placed) -> str:
    return speaker.tell(expr_part(speaker.reading, placed.expr))
