"""The words under the headings of a template: titles, units, ranges. A row of nothing else is no data.

The template writer writes them, the readers know them again, in either language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.diagnostics.catalogue import LANGUAGES, translator
from perfrules.ir.facts_check import range_text
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.kinds import Date, YesNo
from perfrules.readers.headings import Target, indicators_of
from perfrules.readers.raw import heading_text, is_blank

DOMAIN: Final = "template"


def input_caption(declared: InputDeclaration, language: str) -> str:
    """Return the title of an input with its unit and range: `Staff in post (persons, [0, 5000])`."""
    words = translator(language, DOMAIN)
    unit = declared.unit_text
    if isinstance(declared.kind, YesNo | Date):
        unit = words.text("caption.yes-no" if isinstance(declared.kind, YesNo) else "caption.date")
    bounds = range_text(declared.bounds, declared.kind) if declared.bounds else ""
    options = " / ".join(declared.options)
    optional = words.text("caption.optional") if declared.optional else ""
    about = words.text("caption.separator").join(part for part in (unit or options, bounds, optional) if part)
    title = declared.title or declared.name
    return words.text("caption.about", {"title": title, "about": about}) if about else title


def indicator_caption(title: str, target: Target, language: str) -> str:
    """Return what a column of a judged mark or an override asks for."""
    key = f"caption.override-{target.part}" if target.is_override else f"caption.{target.part}"
    return translator(language, DOMAIN).text(key, {"title": title})


def captions_of(
    plan: Plan, targets: Sequence[Target | None], fields: Sequence[InputDeclaration], language: str
) -> tuple[str, ...]:
    """Return the caption of each column; *fields* are the inputs, or the fields of the table."""
    inputs = {each.name: each for each in fields}
    titles = _indicator_titles(plan) if any(each is not None and each.part for each in targets) else {}
    return tuple(_caption(plan, target, inputs, titles, language) for target in targets)


def is_caption_row(
    plan: Plan, targets: Sequence[Target | None], fields: Sequence[InputDeclaration], cells: Sequence[object]
) -> bool:
    """Tell whether *cells* repeat the captions of a template: the entity's, and no cell that says anything else."""
    written = [heading_text(cell) for cell in cells]
    entity = heading_text(plan.entity_title or plan.entity_name)
    columns = [text for text, each in zip(written, targets, strict=True) if each is not None and each.is_entity]
    if columns != [entity]:
        return False
    for language in LANGUAGES:
        captions = [heading_text(each) for each in captions_of(plan, targets, fields, language)]
        if all(is_blank(cell) or cell == caption for cell, caption in zip(written, captions, strict=True)):
            return True
    return False


def _caption(
    plan: Plan,
    target: Target | None,
    inputs: dict[str, InputDeclaration],
    titles: dict[str, str],
    language: str,
) -> str:
    if target is None:
        return ""
    if target.is_entity:
        return plan.entity_title or plan.entity_name
    if target.part:
        return indicator_caption(titles.get(target.name, target.name), target, language)
    return input_caption(inputs[target.name], language)


def _indicator_titles(plan: Plan) -> dict[str, str]:
    return {item.code: item.title or item.code for item in indicators_of(plan.outline)}
