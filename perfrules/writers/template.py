"""Blank data sheets for a plan: the headings, and under them the captions with titles, units and ranges."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.readers.captions import captions_of
from perfrules.readers.headings import JUDGED_PARTS, OVERRIDE_PARTS, Target, indicators_of
from perfrules.writers.rubric_codes import codes_of


@frozen(kw_only=True)
class TemplateOptions:
    """What a template asks for besides the inputs, and in which language its captions speak."""

    language: str = "en"
    judged: bool = True
    overrides: bool = False


@frozen
class TemplateColumn:
    """A column: its heading, its caption, and the input it gives (None: the entity, or a person's decision)."""

    heading: str
    caption: str
    declared: InputDeclaration | None = None
    levels: tuple[str, ...] = ()


@frozen
class TemplateSheet:
    """One sheet or file: the data (*table* is None) or one table of records."""

    table: InputDeclaration | None
    columns: tuple[TemplateColumn, ...]


def template_sheets(plan: Plan, options: TemplateOptions) -> tuple[TemplateSheet, ...]:
    """Return the data sheet, then one for each table."""
    inputs = [each for each in plan.data_inputs if not each.fields]
    people = [
        *(_judged_targets(plan) if options.judged else ()),
        *(_override_targets(plan) if options.overrides else ()),
    ]
    data = TemplateSheet(None, _columns(plan, inputs, people, options.language))
    tables = (each for each in plan.data_inputs if each.fields)
    return (data, *(TemplateSheet(each, _columns(plan, each.fields, (), options.language)) for each in tables))


def template_csv(plan: Plan, options: TemplateOptions) -> Mapping[str, bytes]:
    """Return the template as CSV files by file name: `data.csv`, and one for each table."""
    sheets = template_sheets(plan, options)
    return {f"{each.table.name if each.table else 'data'}.csv": _csv_bytes(each.columns) for each in sheets}


def _csv_bytes(columns: Sequence[TemplateColumn]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[each.heading for each in columns], [each.caption for each in columns]])
    return text.getvalue().encode("utf-8-sig")


def _columns(
    plan: Plan, inputs: Sequence[InputDeclaration], people: Iterable[Target], language: str
) -> tuple[TemplateColumn, ...]:
    targets = [Target(plan.entity_name, is_entity=True), *(Target(each.name) for each in inputs), *people]
    captions = captions_of(plan, targets, inputs, language)
    declared = {each.name: each for each in inputs}
    levels = {each.code: each.levels for each in plan.judged}
    return tuple(
        TemplateColumn(
            _heading(plan, target),
            caption,
            None if target.is_entity or target.part else declared[target.name],
            levels[target.name] if target.part == "level" else (),
        )
        for target, caption in zip(targets, captions, strict=True)
    )


def _judged_targets(plan: Plan) -> Iterable[Target]:
    return (Target(each.code, part) for each in plan.judged for part in JUDGED_PARTS)


def _override_targets(plan: Plan) -> Iterable[Target]:
    return (Target(code, part, is_override=True) for code in codes_of(plan) for part in OVERRIDE_PARTS)


def _heading(plan: Plan, target: Target) -> str:
    """Return the heading; an indicator goes by its short code where no other indicator has that."""
    if not target.part:
        return target.name
    items = list(indicators_of(plan.outline))
    short = next(item.short for item in items if item.code == target.name)
    alone = sum(short in (item.short, item.code) for item in items) == 1
    code = short if alone else target.name
    return f"{code}.override.{target.part}" if target.is_override else f"{code}.{target.part}"
