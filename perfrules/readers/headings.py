"""What the columns of a file are headed by: an input's name or title, the entity, a judged mark, an override.

A name goes before a title; a title that several inputs have is refused, an unknown heading too, unless the caller
leaves it aside. Indicators are named by full code or, where it is unambiguous, by short code: `A3.level`,
`A.A3.override.value`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeAlias

from attrs import evolve, frozen

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic
from perfrules.diagnostics.did_you_mean import nearest
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.per_plan import per_plan
from perfrules.ir.plan import OutlineItem, Plan
from perfrules.readers.raw import ReadOptions, heading_text

JUDGED_PARTS: Final = ("level", "mark", "by", "on", "reason")
OVERRIDE_PARTS: Final = ("value", "by", "why")


@frozen
class Target:
    """What a column gives: the input *name*; the part of an indicator's judged mark or override; the entity."""

    name: str
    part: str = ""
    is_override: bool = False
    is_entity: bool = False

    def __str__(self) -> str:
        middle = ".override" if self.is_override else ""
        return f"{self.name}{middle}.{self.part}" if self.part else self.name


@frozen
class Headings:
    """Which targets a heading can mean, names and titles apart."""

    by_name: Mapping[str, tuple[Target, ...]]
    by_title: Mapping[str, tuple[Target, ...]]

    def find(self, heading: str) -> tuple[Target, ...]:
        """Return all that *heading* can mean."""
        return self.by_name.get(heading) or self.by_title.get(heading, ())

    def known(self) -> Iterator[str]:
        """Go through what a heading may say, for did-you-mean."""
        yield from self.by_name
        yield from self.by_title


@frozen
class Resolved:
    """What each column gives, None for one that is left aside or refused."""

    targets: tuple[Target | None, ...]
    problems: tuple[Diagnostic, ...] = ()


_Pair: TypeAlias = tuple[str, Target]


@per_plan
def headings_of(plan: Plan) -> Headings:
    """Return what the columns of the data sheet may be headed by."""
    entity = Target(plan.entity_name, is_entity=True)
    names: list[_Pair] = [(plan.entity_name, entity), *((each.name, Target(each.name)) for each in plan.data_inputs)]
    names += _of_indicators(plan)
    titles = [(each.title, Target(each.name)) for each in plan.data_inputs if each.title]
    if plan.entity_title:
        titles.append((plan.entity_title, entity))
    return Headings(_index(names), _index(titles))


def headings_of_table(plan: Plan, table: InputDeclaration, *, with_entity: bool) -> Headings:
    """Return what the columns of a table may be headed by; *with_entity* where it is a sheet or file of its own."""
    entity = Target(plan.entity_name, is_entity=True)
    names = [(each.name, Target(each.name)) for each in table.fields]
    titles = [(each.title, Target(each.name)) for each in table.fields if each.title]
    if with_entity:
        names.insert(0, (plan.entity_name, entity))
        titles += [(plan.entity_title, entity)] if plan.entity_title else []
    return Headings(_index(names), _index(titles))


def headings_of_tables(plan: Plan) -> Headings:
    """Return what the tables of *plan* may be called."""
    tables = [each for each in plan.data_inputs if each.fields]
    names = [(each.name, Target(each.name)) for each in tables]
    return Headings(_index(names), _index([(each.title, Target(each.name)) for each in tables if each.title]))


def resolve(headings: Sequence[str], known: Headings, options: ReadOptions, where: DataPlace) -> Resolved:
    """Find what each of *headings* gives; *where* is the place of the row of headings."""
    ignored = {heading_text(each) for each in options.ignore}
    targets: list[Target | None] = []
    problems: list[Diagnostic] = []
    for heading in headings:
        text = heading_text(heading)
        if text in ignored:
            targets.append(None)
            continue
        found = known.find(text)
        targets.append(found[0] if len(found) == 1 else None)
        if len(found) == 1:
            continue
        place = evolve(where, column=f"{where.column}.{heading}" if where.column else heading)
        if found:
            args: dict[str, Argument] = {"column": heading, "names": tuple(str(each) for each in found)}
            problems.append(Diagnostic(Code.DATA_AMBIGUOUS_COLUMN, args=args, where=place))
        elif not options.ignore_unknown:
            problems.append(_unknown(heading, known, place))
    return Resolved(tuple(targets), (*problems, *_twice(headings, targets, where)))


def indicators_of(outline: Iterable[OutlineItem]) -> Iterator[OutlineItem]:
    """Go through an outline, parents first."""
    for item in outline:
        yield item
        yield from indicators_of(item.children)


def _of_indicators(plan: Plan) -> Iterator[_Pair]:
    judged = {each.code for each in plan.judged}
    for item in indicators_of(plan.outline):
        for code in dict.fromkeys((item.code, item.short)):
            if item.code in judged:
                yield from ((f"{code}.{part}", Target(item.code, part)) for part in JUDGED_PARTS)
            yield from ((f"{code}.override.{part}", Target(item.code, part, True)) for part in OVERRIDE_PARTS)


def _index(pairs: Iterable[_Pair]) -> Mapping[str, tuple[Target, ...]]:
    found: dict[str, list[Target]] = {}
    for text, target in pairs:
        known = found.setdefault(heading_text(text), [])
        if target not in known:
            known.append(target)
    return MappingProxyType({text: tuple(targets) for text, targets in found.items()})


def _unknown(heading: str, known: Headings, place: DataPlace) -> Diagnostic:
    args: dict[str, Argument] = {"column": heading, "suggestions": nearest(heading, known.known())}
    return Diagnostic(Code.DATA_UNKNOWN_COLUMN, args=args, where=place)


def _twice(headings: Sequence[str], targets: Sequence[Target | None], where: DataPlace) -> Iterator[Diagnostic]:
    seen: set[Target] = set()
    for heading, target in zip(headings, targets, strict=True):
        if target is not None and target in seen:
            place = evolve(where, column=heading)
            yield Diagnostic(Code.DATA_DUPLICATE_COLUMN, args={"name": str(target)}, where=place)
        if target is not None:
            seen.add(target)
