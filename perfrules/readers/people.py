"""What people decided about one entity: judged marks within the limits of their level, and overrides of marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from attrs import evolve, frozen

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic, Word
from perfrules.ir.inputs import InputDeclaration, JudgedDeclaration, JudgedMark, Override
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Date, Level, Points, Text
from perfrules.lang.states import State
from perfrules.lang.units import UnitTable
from perfrules.readers.cells import read_cell
from perfrules.readers.headings import OVERRIDE_PARTS
from perfrules.readers.judged_limits import MarkLimits

Limits = Mapping[tuple[str, str], MarkLimits]


@frozen
class Given:
    """One cell of an indicator: which part it gives, what stands in it, and where."""

    code: str
    part: str
    cell: object
    place: DataPlace


@frozen
class JudgedRead:
    """The marks by indicator, and the problems of their cells."""

    marks: Mapping[str, JudgedMark]
    problems: tuple[Diagnostic, ...] = ()


@frozen
class OverridesRead:
    """The overrides by indicator, and the problems of their cells."""

    overrides: Mapping[str, Override]
    problems: tuple[Diagnostic, ...] = ()


def read_judged(judged: Iterable[JudgedDeclaration], given: Iterable[Given], limits: Limits) -> JudgedRead:
    """Read the judged marks; an indicator whose cells are all empty is still to be judged."""
    cells: dict[str, dict[str, Given]] = {}
    for each in given:
        cells.setdefault(each.code, {})[each.part] = each
    marks: dict[str, JudgedMark] = {}
    problems: list[Diagnostic] = []
    for declaration in judged:
        if declaration.code in cells:
            mark, found = _read_mark(declaration, cells[declaration.code], limits)
            problems += found
            if mark != JudgedMark():
                marks[declaration.code] = mark
    return JudgedRead(MappingProxyType(marks), tuple(problems))


def read_overrides(given: Iterable[Given]) -> OverridesRead:
    """Read the overrides: value, by and why together, or none of them."""
    cells: dict[str, dict[str, Given]] = {}
    for each in given:
        cells.setdefault(each.code, {})[each.part] = each
    overrides: dict[str, Override] = {}
    problems: list[Diagnostic] = []
    for code, parts in sorted(cells.items()):
        value, found = _number(f"{code}.override.value", parts.get("value"))
        by, why = (_text(f"{code}.override.{part}", parts.get(part)) for part in ("by", "why"))
        problems += found
        lacks = tuple(
            Word(f"override-{part}")
            for part, read in zip(OVERRIDE_PARTS, (value, by, why), strict=True)
            if read is None
        )
        if value is not None and by is not None and why is not None:
            overrides[code] = Override(value=value, by=by, why=why)
        elif not found and len(lacks) < len(OVERRIDE_PARTS):
            place = evolve(next(iter(parts.values())).place, column=None, value=None)
            args: dict[str, Argument] = {"name": code, "lacks": lacks}
            problems.append(Diagnostic(Code.DATA_OVERRIDE_INCOMPLETE, args=args, where=place))
    return OverridesRead(MappingProxyType(overrides), tuple(problems))


def _read_mark(
    declaration: JudgedDeclaration, parts: Mapping[str, Given], limits: Limits
) -> tuple[JudgedMark, list[Diagnostic]]:
    code = declaration.code
    level, problems = _level(declaration, parts.get("level"))
    mark, found = _number(f"{code}.mark", parts.get("mark"))
    problems += found
    if mark is not None and level is None and not problems:
        level = declaration.levels[0] if len(declaration.levels) == 1 else None
        if level is None:  # the level says between which limits the mark may lie
            place = parts["level"].place if "level" in parts else evolve(parts["mark"].place, column=None, value=None)
            problems.append(Diagnostic(Code.DATA_MISSING, args={"name": f"{code}.level"}, where=place))
    if mark is not None and level is not None:
        problems += _outside_limits(code, level, mark, limits, parts["mark"].place)
    by, reason = (_text(f"{code}.{part}", parts.get(part)) for part in ("by", "reason"))
    on, found = _date(f"{code}.on", parts.get("on"))
    problems += found
    return JudgedMark(level=level, mark=mark, by=by, reason=reason, on=on), problems


def _outside_limits(code: str, level: str, mark: Exact, limits: Limits, place: DataPlace) -> list[Diagnostic]:
    known = limits.get((code, level))
    if known is None or mark in known:
        return []
    ends = f"{as_text(known.low)}, {as_text(known.high)}"
    shown = f"{'[' if known.low_closed else '('}{ends}{']' if known.high_closed else ')'}"
    args = {"value": as_text(mark), "name": code, "range": shown, "level": level}
    return [Diagnostic(Code.DATA_JUDGED_OUTSIDE_LIMITS, args=args, where=evolve(place, value=as_text(mark)))]


def _level(declaration: JudgedDeclaration, given: Given | None) -> tuple[str | None, list[Diagnostic]]:
    if given is None:
        return None, []
    levels = declaration.levels
    asked = InputDeclaration(
        name=f"{declaration.code}.level", title=None, kind=Level(levels), options=levels, optional=True
    )
    read = read_cell(asked, given.cell, UnitTable(), given.place)
    found = read.value if isinstance(read.value, str) and not isinstance(read.value, State) else None
    return found, [*read.problems]


def _number(name: str, given: Given | None) -> tuple[Exact | None, list[Diagnostic]]:
    if given is None:
        return None, []
    asked = InputDeclaration(name=name, title=None, kind=Points(), unit_text="points", optional=True)
    read = read_cell(asked, given.cell, UnitTable(), given.place)
    return read.value if isinstance(read.value, Exact) else None, [*read.problems]


def _date(name: str, given: Given | None) -> tuple[date | None, list[Diagnostic]]:
    if given is None:
        return None, []
    asked = InputDeclaration(name=name, title=None, kind=Date(), optional=True)
    read = read_cell(asked, given.cell, UnitTable(), given.place)
    return read.value if isinstance(read.value, date) else None, [*read.problems]


def _text(name: str, given: Given | None) -> str | None:
    if given is None:
        return None
    asked = InputDeclaration(name=name, title=None, kind=Text(), optional=True)
    found = read_cell(asked, given.cell, UnitTable(), given.place).value
    return found if isinstance(found, str) and not isinstance(found, State) else None
