"""What a rubric is computed from: data to be supplied, parameters, terms, checks of the data."""

from __future__ import annotations

from collections.abc import Iterator

from perfrules.evaluate.numbering import Placed
from perfrules.explain.narrate.narration import expr_part
from perfrules.explain.printing import COMPARISONS, OWN_RESULTS, field_name, in_words
from perfrules.explain.reasons import is_by_group
from perfrules.explain.statement import Term
from perfrules.explain.words import words_of
from perfrules.ir import expressions as core
from perfrules.ir.facts_check import range_text
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import CheckOutline, Node, Role
from perfrules.lang.kinds import Date, Points, Text, YesNo
from perfrules.rubrics.document.page import Cell, Look, Section, Table, line
from perfrules.rubrics.document.speaker import Speaker
from perfrules.rubrics.document.statistics import statistics_section


def data_sections(speaker: Speaker) -> Iterator[Section]:
    """Make the sections on terms, statistics, parameters, inputs and checks, those that have something to say."""
    terms = [node for node in speaker.plan.nodes if node.role is Role.LET]
    if terms:
        yield Section(speaker.word("section.terms"), tables=(_terms(speaker, terms),))
    statistics = statistics_section(speaker)
    if statistics is not None:
        yield statistics
    parameters = [node for node in speaker.plan.nodes if node.role is Role.PARAMETER]
    if parameters:
        yield Section(speaker.word("section.parameters"), tables=(_parameters(speaker, parameters),))
    if speaker.plan.inputs:
        yield Section(speaker.word("section.inputs"), tables=tuple(_inputs(speaker)))
    if speaker.plan.checks:
        checks = tuple(_check(speaker, check) for check in speaker.plan.checks)
        yield Section(speaker.word("section.checks"), checks, numbered=True)


def _terms(speaker: Speaker, nodes: list[Node]) -> Table:
    order = {code: position for position, code in enumerate(speaker.reading.index.items, start=1)}
    rows = tuple(
        (line(_term(speaker, node), Look.LEVEL), line(speaker.node(node.id)))
        for node in sorted(nodes, key=lambda node: (order.get(node.indicator or "", 0), _place(node)))
    )
    return Table((speaker.word("column.term"), speaker.word("column.definition")), (22, 78), rows)


def _term(speaker: Speaker, node: Node) -> str:
    """Name a term; one of an indicator, which others may have by the same name, with that indicator."""
    item = speaker.reading.index.items.get(node.indicator or "")
    return _name(node) if item is None else speaker.word("term.of", name=_name(node), owner=speaker.name(item))


def _parameters(speaker: Speaker, nodes: list[Node]) -> Table:
    headings = tuple(speaker.word(f"column.{key}") for key in ("parameter", "value", "citation"))
    rows = []
    for node in sorted(nodes, key=_place):
        values = tuple(_values(speaker, speaker.reading.root(node.id)))
        cited = dict.fromkeys(part for part in _citations(node) if part)
        rows.append((line(_name(node), Look.LEVEL), Cell(values), line(speaker.listed(cited))))
    return Table(headings, (30, 45, 25), tuple(rows))


def _values(speaker: Speaker, placed: Placed) -> Iterator[str]:
    """Write the value of a parameter; where it changes with time or by group, a line for each."""
    if isinstance(placed.expr, core.Dated):
        for (start, _), part in zip(placed.expr.entries, placed.parts, strict=True):
            for value in _values(speaker, part):
                yield speaker.word("parameter.from", start=start.isoformat(), value=value)
    elif is_by_group(placed):
        for when, then in zip(placed.parts[:-1:2], placed.parts[1:-1:2], strict=True):
            condition = speaker.tell(in_words(speaker.reading, when))
            yield speaker.word("parameter.when", condition=condition, value=_value(speaker, then))
        yield speaker.word("parameter.otherwise", value=_value(speaker, placed.parts[-1]))
    else:
        yield _value(speaker, placed)


def _value(speaker: Speaker, placed: Placed) -> str:
    return speaker.tell(expr_part(speaker.reading, placed.expr))


def _citations(node: Node) -> Iterator[str | None]:
    if isinstance(node.expr, core.Dated):
        yield from (value.origin.title for _, value in node.expr.entries)
    else:
        yield node.expr.origin.title


def _inputs(speaker: Speaker) -> Iterator[Table]:
    """List the inputs, then the fields of each table of records."""
    plan = speaker.plan
    single = [each for each in plan.inputs if not each.fields]
    if single:
        yield _input_table(speaker, single, speaker.word("column.input"))
    for table in plan.inputs:
        if table.fields:
            title = table.title or table.name
            yield _input_table(speaker, list(table.fields), speaker.word("column.field", table=title))


def _input_table(speaker: Speaker, inputs: list[InputDeclaration], heading: str) -> Table:
    keys = ("name", "unit", "range", "decimals", "source")
    headings = (heading, *(speaker.word(f"column.input-{key}") for key in keys))
    rows = tuple(
        (
            line(speaker.tell(field_name(each))),
            line(each.name, Look.LEVEL),
            line(_unit(speaker, each), Look.FIGURE),
            line(_range(speaker, each), Look.FIGURE),
            line("" if each.decimals is None else str(each.decimals), Look.FIGURE),
            line(_source(speaker, each)),
        )
        for each in inputs
    )
    return Table(headings, (30, 16, 12, 16, 6, 20), rows)


def _unit(speaker: Speaker, declared: InputDeclaration) -> str:
    match declared.kind:
        case YesNo():
            return speaker.word("kind.yes-no")
        case Date():
            return speaker.word("kind.date")
        case Text():
            return speaker.word("kind.text")
        case Points():
            return speaker.word("kind.points")
    if declared.options:
        return " / ".join(declared.options)
    known = words_of(speaker.language).template(f"unit-name.{declared.unit_text}")
    if known is not None:
        return known.removesuffix("-") or speaker.word("kind.count")
    return declared.unit_text or speaker.word("kind.number")


def _range(speaker: Speaker, declared: InputDeclaration) -> str:
    bounds = range_text(declared.bounds, declared.kind) if declared.bounds else ""
    if not declared.optional:
        return bounds
    optional = speaker.word("input.optional")
    return speaker.word("input.range-optional", range=bounds, optional=optional) if bounds else optional


def _source(speaker: Speaker, declared: InputDeclaration) -> str:
    if declared.external is None:
        return declared.source or ""
    external = declared.external
    if not external.alias:
        return speaker.word("input.previous", reads=_reads(speaker, external.reads))
    return speaker.word("input.results", reads=_reads(speaker, external.reads), ruleset=external.ruleset)


def _reads(speaker: Speaker, reads: str) -> str:
    """Name a result that is read as people do."""
    if reads in OWN_RESULTS:
        return speaker.tell(Term(reads))
    return reads.removeprefix("output.")


def _check(speaker: Speaker, check: CheckOutline) -> str:
    condition = _compared(speaker, check)
    key = "check.warning" if check.warning else "check.refuses"
    return speaker.word(key, condition=condition, title=check.title)


def _compared(speaker: Speaker, check: CheckOutline) -> str:
    """Write what a check asks for; of a comparison with both sides as they are made."""
    expr = speaker.reading.index.nodes[check.node].expr
    if check.left is None or check.right is None or not isinstance(expr, core.Compare):
        return speaker.node(check.node)
    return f"{speaker.node(check.left)}{COMPARISONS[expr.op]}{speaker.node(check.right)}"


def _name(node: Node) -> str:
    return node.origin.title or node.id.split(".")[-1]


def _place(node: Node) -> tuple[str, int]:
    span = node.origin.span
    return ("", 0) if span is None else (span.file, span.start)
