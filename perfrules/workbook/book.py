"""A ruleset and its results → the bytes of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from attrs import define, frozen

from perfrules.diagnostics.catalogue import Translator, translator
from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan
from perfrules.readers.sheet_names import sheet_name
from perfrules.workbook.columns import Columns
from perfrules.workbook.compiled import Compiled, compile_columns
from perfrules.workbook.layout import Place
from perfrules.workbook.lines import Cell, Line
from perfrules.workbook.names import ALL
from perfrules.workbook.paper import Paper
from perfrules.workbook.sheets.calculation import calculation_lines, line_of
from perfrules.workbook.sheets.calendar import write_calendar
from perfrules.workbook.sheets.check import Checked, write_check
from perfrules.workbook.sheets.data import data_line, data_lines, fit_formulas, fit_of_record
from perfrules.workbook.sheets.results import result_lines
from perfrules.workbook.sheets.rubric import write_rubric
from perfrules.workbook.sheets.writing import widths_of, write_columns, write_rows
from perfrules.workbook.shown import as_given, as_shown
from perfrules.workbook.values import Entity
from perfrules.workbook.wording import DOMAIN

_BLANK, _BLANK_RECORDS = 30, 100
_HEADINGS = ("group", "what", "detail", "name", "value", "formula")


@frozen(kw_only=True)
class Request:
    """What a workbook is made of; *one*: values below one another, for a single entity."""

    plan: Plan
    results: Sequence[Result]
    language: str
    as_of: date | None
    one: bool


def workbook_bytes(request: Request) -> bytes:
    """Return the bytes of the workbook; the same for the same ruleset and data."""
    words = translator(request.language, DOMAIN)
    entities = [
        Entity(request.plan, result.facts, result.trace)
        for result in request.results
        if result.facts is not None and result.trace is not None
    ]
    compiled = compile_columns(request.plan, entities, words, as_of=request.as_of, one=request.one)
    paper = Paper(request.language, request.plan.title or request.plan.name)
    _Book(request, compiled, entities, paper, {}).write(words)
    return paper.done()


@define(eq=False)
class _Book:
    request: Request
    compiled: Compiled
    entities: Sequence[Entity]
    paper: Paper
    places: dict[str, Place]

    @property
    def columns(self) -> Columns:
        return self.compiled.columns

    @property
    def blank(self) -> int:
        return 0 if self.request.results else _BLANK

    def write(self, words: Translator) -> None:
        columns, plan = self.columns, self.request.plan
        say = columns.words.say
        entity_name = columns.names.free(plan.entity_name)
        write_rubric(self.paper, plan, columns.words, say("sheet.rubric"), self._about())
        data = [self._entity_line(entity_name), self._number_line(entity_name)]
        data += data_lines(columns, self.entities, self.blank)
        chunks, fits = self._fit_lines(entity_name)
        self._lines(say("sheet.data"), [*data, *chunks], say("data.note-one" if self.request.one else "data.note"), 2)
        for table in columns.key_names:
            self._table(table, entity_name)
        note = say("calculation.note-one" if self.request.one else "calculation.note")
        calculation = calculation_lines(columns, self.entities, self.blank, entity_name)
        self._lines(say("sheet.calculation"), calculation, note, 0, with_entity=entity_name)
        results = result_lines(columns, self.entities, self.blank, fits, entity_name)
        self._lines(say("sheet.results"), results, say("results.note"), 0, with_entity=entity_name)
        write_calendar(self.paper, columns, say("sheet.calendar"))
        told = Checked(
            compiled=self.compiled,
            places=self.places,
            entities=self.entities,
            refused=self._refused(),
            about=[self._labelled(text) for text in self._about()],
        )
        write_check(self.paper, say("sheet.check"), told)
        self._define_names(words)

    def _labelled(self, text: str) -> tuple[str, str]:
        label, _, rest = text.partition("\t")
        return label, rest

    def _about(self) -> list[str]:
        plan, say = self.request.plan, self.columns.words.say
        version = "" if plan.version is None else plan.version
        lines = [
            say("about.ruleset", name=plan.name, version=version),
            say("about.hash", hash=plan.compiled_hash),
        ]
        if self.request.as_of is not None:
            lines.append(say("about.as-of", day=self.request.as_of.isoformat()))
        return lines

    def _entity_line(self, name: str) -> Line:
        plan, say = self.request.plan, self.columns.words.say
        names: list[Cell] = [entity.facts.entity for entity in self.entities]
        return Line(
            group=say("data.entity"),
            title=plan.entity_title or plan.entity_name,
            detail="",
            name=name,
            cells=names or [None] * self.blank,
            number_format="@",
        )

    def _number_line(self, entity_name: str) -> Line:
        say = self.columns.words.say
        first = 1 if self.request.one else None
        formula = None if first else f'IF({entity_name}="","",ROW()-{6})' if self.blank else f"ROW()-{6}"
        numbers: list[Cell] = [place + 1 for place in range(len(self.entities))]
        return Line(
            group=say("data.entity"),
            title=say("data.number"),
            detail="",
            name=self.columns.number,
            cells=numbers or [""] * self.blank,
            formula=formula,
            look="formula",
        )

    def _fit_lines(self, entity_name: str) -> tuple[list[Line], str]:
        """Return the lines that count what does not fit, and the name of the last, which counts all."""
        say, lines = self.columns.words.say, []
        formulas = list(fit_formulas(self.columns))
        names = [self.columns.names.free(say("name.misfits")) for _ in formulas]
        if len(names) > 1:
            formulas.append("+".join(names))
            names.append(self.columns.names.free(say("name.misfits")))
        for name, formula in zip(names, formulas, strict=True):
            written = f'IF({entity_name}="","",{formula})' if self.blank else formula
            lines.append(
                Line(
                    group=say("data.fits"),
                    title=say("data.misfits"),
                    detail=say("data.misfits-told"),
                    name=name,
                    cells=[0] * len(self.entities) or [""] * self.blank,
                    formula=written,
                    look="formula",
                )
            )
        return lines, names[-1]

    def _lines(self, name: str, lines: list[Line], note: str, frozen: int, with_entity: str = "") -> None:
        words, plan = self.columns.words, self.request.plan
        count = len(self.entities) or self.blank
        title = f"{plan.title or plan.name}　{name}"
        if self.request.one:
            sheet = self.paper.sheet(name, repeat=(5, 5))
            write_rows(
                self.paper,
                sheet,
                lines,
                title=title,
                note=note,
                headings=[words.say(f"heading.{each}") for each in _HEADINGS],
            )
        else:
            if with_entity:
                lines = [self._repeated(with_entity), *lines]
            sheet = self.paper.sheet(name, repeat=(2, 5), columns=1, width=sum(widths_of(lines)))
            write_columns(self.paper, sheet, lines, count, title=title, note=note, frozen=max(frozen, 1))
        for index, line in enumerate(lines):
            if line.name:
                self.places[line.name] = Place(name, index, count, self.request.one)

    def _repeated(self, entity_name: str) -> Line:
        line = self._entity_line(entity_name)
        formula = f'IF({entity_name}="","",{entity_name})' if self.blank else entity_name
        cells: list[Cell] = [cell or "" for cell in line.cells]
        return Line(
            group=line.group,
            title=line.title,
            detail="",
            cells=cells,
            formula=formula,
            look="formula",
        )

    def _table(self, table: str, entity_name: str) -> None:
        columns, say = self.columns, self.columns.words.say
        declared = next(each for each in columns.plan.inputs if each.name == table)
        rows = [
            (place, entity, record) for place, entity in enumerate(self.entities) for record in entity.records(table)
        ]
        blank = 0 if self.request.results else _BLANK_RECORDS
        count = len(rows) or blank or 1
        empty: list[Cell] = [None] * (count - len(rows))
        owner = columns.names.free(f"{table}.{entity_name}")
        owners: list[Cell] = [entity.facts.entity for _, entity, _ in rows]
        lines = [
            Line(
                group=say("data.entity"),
                title=self.request.plan.entity_title or self.request.plan.entity_name,
                detail="",
                name=owner,
                cells=[*owners, *empty],
                number_format="@",
            ),
            self._key_line(table, owner, entity_name, [place + 1 for place, _, _ in rows], len(empty)),
        ]
        for column in columns.data.values():
            if column.table == table:
                given = [as_given(record[column.source], columns.words) for _, _, record in rows]
                lines.append(data_line(column, columns.words, [*given, *empty]))
        fit = self._record_fit(table, len(rows), len(empty))
        lines.append(self._guarded(fit, owner) if empty else fit)
        for step in columns.columns:
            if step.table == table:
                shown = [as_shown(entity.show(step, record), columns.words) for _, entity, record in rows]
                line = line_of(step, columns, [*shown, *([""] * len(empty))], 0, "")
                lines.append(self._guarded(line, owner) if empty else line)
        name = self._sheet_of(declared.title or table)
        sheet = self.paper.sheet(name, repeat=(2, 5), columns=1, width=sum(widths_of(lines)))
        write_columns(self.paper, sheet, lines, count, title=declared.title or table, note=say("table.note"), frozen=1)
        for index, line in enumerate(lines):
            self.places[line.name] = Place(name, index, count)

    def _record_fit(self, table: str, count: int, empty: int) -> Line:
        columns, say = self.columns, self.columns.words.say
        return Line(
            group=say("data.fits"),
            title=say("data.misfits"),
            detail=say("data.misfits-of-record"),
            name=columns.misfits[table],
            cells=[*([0] * count), *([""] * empty)],
            formula=fit_of_record(columns, table),
            look="formula",
        )

    def _guarded(self, line: Line, owner: str) -> Line:
        from attrs import evolve

        return line if line.formula is None else evolve(line, formula=f'IF({owner}="","",{line.formula})')

    def _key_line(self, table: str, owner: str, entity_name: str, keys: list[int], empty: int) -> Line:
        columns, say = self.columns, self.columns.words.say
        columns.whole.add(entity_name)
        found = f"SUMPRODUCT(EXACT({entity_name}{ALL},{owner})*1,{columns.number_all})"
        formula = f'IF({owner}="","",{found})' if empty else found
        return Line(
            group=say("data.entity"),
            title=say("data.number"),
            detail=say("table.key"),
            name=columns.key_names[table],
            cells=[*keys, *([""] * empty)],
            formula=formula,
            look="formula",
        )

    def _sheet_of(self, title: str) -> str:
        taken = {place.sheet.casefold() for place in self.places.values()}
        taken |= {
            self.columns.words.say(f"sheet.{key}").casefold()
            for key in ("rubric", "data", "calculation", "results", "calendar", "check")
        }
        name, count = sheet_name(title), 1
        while name.casefold() in taken:
            count += 1
            name = f"{sheet_name(title)[:27]} {count}"
        return name

    def _define_names(self, _: Translator) -> None:
        workbook: Any = self.paper.workbook
        for name, place in self.places.items():
            workbook.define_name(name, place.named())
            if name in self.columns.whole:
                workbook.define_name(name + ALL, place.named_all())

    def _refused(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for result in self.request.results:
            if result.facts is None or result.trace is None:
                codes = dict.fromkeys(str(problem.code.value) for problem in result.problems)
                found.append((result.entity, ", ".join(codes)))
        return found
