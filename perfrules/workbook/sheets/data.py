"""The sheet of data: what the ruleset reads, with units and ranges, and whether each entity's data fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfrules.evaluate.trace import Value
from perfrules.ir.facts_check import range_text
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.exact import Exact, decimal_places
from perfrules.lang.kinds import Choice, Date, Grade, Level, Percent, Points, YesNo, is_numeric
from perfrules.lang.states import State
from perfrules.prove.declared import step_of
from perfrules.prove.enclosure import Enclosure
from perfrules.readers.judged_limits import limits_of
from perfrules.workbook import literals
from perfrules.workbook.columns import Columns, DataColumn
from perfrules.workbook.lines import Cell, Line
from perfrules.workbook.shown import as_given
from perfrules.workbook.values import Entity
from perfrules.workbook.wording import Wording

DAY = "yyyy-mm-dd"
_LONGEST_LIST = 255
_LONGEST_FIT = 3000
_MOST_PLACES = 12


def data_lines(columns: Columns, entities: Sequence[Entity], blank: int) -> list[Line]:
    """Return the lines of what is read, for *entities*, or for so many *blank* rows."""
    words = columns.words
    lines: list[Line] = []
    for column in columns.data.values():
        if column.table is None:
            given = [as_given(_given(column, entity), words) for entity in entities] or [None] * blank
            lines.append(data_line(column, words, given))
    return lines


def data_line(column: DataColumn, words: Wording, given: Sequence[Cell]) -> Line:
    """Return the line of one input, field, or mark that a person gives."""
    declared = column.declared
    title = words.datum_title(column)
    return Line(
        group=words.datum_group(column),
        title=title,
        detail=_detail(column, words),
        name=column.name,
        cells=given,
        look="data",
        number_format=number_format(declared),
        validation=_validation(column, words),
        comment="" if declared is None or declared.source is None else words.say("data.source", source=declared.source),
    )


def _given(column: DataColumn, entity: Entity) -> Value:
    facts = entity.facts
    if not column.part:
        return facts.values.get(column.source, State.MISSING)
    if column.part == "override":
        override = facts.overrides.get(column.source)
        return State.MISSING if override is None else override.value
    judged = facts.judged.get(column.source)
    found = None if judged is None else (judged.level if column.part == "level" else judged.mark)
    return State.MISSING if found is None else found


def number_format(declared: InputDeclaration | None) -> str:
    """Return how numbers of an input are shown."""
    if declared is None:
        return ""
    match declared.kind:
        case Date():
            return DAY
        case Percent():
            places = 2 if declared.decimals is None else declared.decimals
            return "0." + "0" * places + "%" if places else "0%"
    if is_numeric(declared.kind) and declared.decimals is not None:
        return (
            "#,##0." + "#" * declared.decimals
            if declared.decimals > 2
            else ("#,##0" + ("." + "0" * declared.decimals if declared.decimals else ""))
        )
    return "" if is_numeric(declared.kind) else "@"


def _detail(column: DataColumn, words: Wording) -> str:
    declared = column.declared
    if declared is None:
        return words.say("data.judged") if column.part != "override" else words.say("data.override")
    parts: list[str] = []
    if declared.unit_text:
        unit = words.say("data.points") if isinstance(declared.kind, Points) else declared.unit_text
        parts.append(words.say("data.unit", unit=unit))
    if declared.bounds is not None:
        parts.append(words.say("data.range", range=range_text(declared.bounds, declared.kind)))
    if declared.decimals is not None:
        key = "data.decimals" if declared.decimals else "data.whole"
        parts.append(words.say(key, decimals=declared.decimals))
    if declared.options:
        parts.append(" / ".join(declared.options))
    if isinstance(declared.kind, YesNo):
        parts.append(f"{words.yes} / {words.no}")
    if declared.optional:
        parts.append(words.say("data.optional"))
    if declared.external is not None:
        parts.append(words.say("data.external", name=declared.external.ruleset))
    return "\n".join(parts)


def _validation(column: DataColumn, words: Wording) -> dict[str, object] | None:
    about: dict[str, object] = {"error_type": "warning", "error_title": words.say("data.not-allowed")}
    declared = column.declared
    options = column.levels or (declared.options if declared else ())
    if declared is not None and isinstance(declared.kind, YesNo):
        return {"validate": "list", "source": [words.yes, words.no], **about}
    if options:
        fits = len(",".join(options)) <= _LONGEST_LIST and not any("," in each for each in options)
        return {"validate": "list", "source": list(options), **about} if fits else None
    if declared is None or declared.bounds is None or not is_numeric(declared.kind):
        return None
    low, high = (_end(end) for end in (declared.bounds.low, declared.bounds.high))
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high, **about}


def _end(x: Exact) -> str:
    return literals.number(x) if literals.is_short(x) else f"={literals.number(x)}"


def fit_formulas(columns: Columns) -> Iterator[str]:
    """Yield formulas that together count what does not fit its declaration, each short enough for a cell."""
    waiting: list[str] = []
    for misfit in _misfits(columns):
        waiting.append(misfit)
        if sum(map(len, waiting)) > _LONGEST_FIT:
            yield "+".join(waiting)
            waiting = []
    yield "+".join(waiting) or "0"


def fit_of_record(columns: Columns, table: str) -> str:
    """Return the formula that counts what does not fit in a record."""
    fields = [column for column in columns.data.values() if column.table == table]
    known = columns.inputs[table].records
    parts = [
        _misfit(column, column.declared, known.fields[column.source], columns.words)
        for column in fields
        if column.declared is not None and known is not None
    ]
    return "+".join(parts) or "0"


def _misfits(columns: Columns) -> Iterator[str]:
    for column in columns.data.values():
        if column.table is None and column.declared is not None:
            yield _misfit(column, column.declared, columns.inputs[column.source], columns.words)
        elif column.part == "mark":
            yield from _outside_levels(column, columns)
    for table, name in columns.misfits.items():
        yield f"SUMIFS({columns.all_of_name(name)},{columns.key(table)},{columns.number})"
    for check in columns.plan.checks:
        if not check.warning:
            yield f"IF({columns.nodes[check.node].text}=FALSE,1,0)"


def _outside_levels(column: DataColumn, columns: Columns) -> Iterator[str]:
    """Yield for each level whose limits are constants whether a mark of that level lies outside them."""
    level, x = columns.datum(column.source, "level").name, column.name
    for (code, name), limits in limits_of(columns.plan).items():
        if code == column.source:
            low = f"{x}{'>=' if limits.low_closed else '>'}{literals.number(limits.low)}"
            high = f"{x}{'<=' if limits.high_closed else '<'}{literals.number(limits.high)}"
            yield f'IF(OR({x}="",{level}<>{literals.text(name)}),0,IF(AND({low},{high}),0,1))'


def _misfit(column: DataColumn, declared: InputDeclaration, known: Enclosure, words: Wording) -> str:
    x = column.name
    match declared.kind:
        case YesNo():
            fits = f"OR({x}={literals.text(words.yes)},{x}={literals.text(words.no)})"
        case Choice() | Grade() | Level() if declared.options:
            fits = "OR(" + ",".join(f"{x}={literals.text(option)}" for option in declared.options) + ")"
        case kind if is_numeric(kind) or isinstance(kind, Date):
            fits = f"IF(ISNUMBER({x}),{_inside(x, declared)},FALSE)"
        case _:
            fits = f'{x}<>""'
    wrong = f"IF({fits},0,1)"
    if State.PENDING in known.states:
        wrong = f"IF({x}={literals.text(words.state(State.PENDING))},0,{wrong})"
    return f'IF({x}="",0,{wrong})' if State.MISSING in known.states else wrong


def _inside(x: str, declared: InputDeclaration) -> str:
    """Tell whether a number is in its range and on its decimals."""
    bounds, tests = declared.bounds, []
    is_date = isinstance(declared.kind, Date)
    if bounds is not None:
        shift = literals.DAYS_BEFORE if is_date else 0
        low, high = literals.number(bounds.low - shift), literals.number(bounds.high - shift)
        tests = [f"{x}{'>=' if bounds.low_closed else '>'}{low}", f"{x}{'<=' if bounds.high_closed else '<'}{high}"]
    step = None if is_date else step_of(declared)
    places = None if step is None else decimal_places(step)
    if places is not None and places <= _MOST_PLACES:
        tests.append(f"ROUND({x},{places})={x}")
    return f"AND({','.join(tests)})" if tests else "TRUE"
