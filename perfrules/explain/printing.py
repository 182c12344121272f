"""A core expression printed back for people: with the titles of inputs, or with the values they had.

The author's own text of a rule is in the outline; this prints the parts of it that steps and changes speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from perfrules.evaluate.numbering import Placed, place
from perfrules.explain.reading import Reading, is_conversion
from perfrules.explain.statement import Listed, Part, Phrase, Statement, Term, statement, value_part
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CohortOp, CompareOp, Expr, LogicOp
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import Role
from perfrules.lang.kinds import Unknown, is_numeric
from perfrules.lang.rounding import Decimals, Rounding, Significant

_SIGNS: Final = {ArithOp.ADD: " + ", ArithOp.SUBTRACT: " − ", ArithOp.MULTIPLY: " × ", ArithOp.DIVIDE: " ÷ "}
_BINDING: Final = {ArithOp.ADD: 1, ArithOp.SUBTRACT: 1, ArithOp.MULTIPLY: 2, ArithOp.DIVIDE: 2, ArithOp.NEGATE: 3}
_NAMED: Final = {ArithOp.ABSOLUTE: "absolute", ArithOp.MINIMUM: "smallest", ArithOp.MAXIMUM: "largest"}
_KEYS: Final = {CohortOp.ALL: "across.all of"}
COMPARISONS: Final = {
    CompareOp.EQUAL: " = ",
    CompareOp.UNEQUAL: " ≠ ",
    CompareOp.LESS: " < ",
    CompareOp.AT_MOST: " ≤ ",
    CompareOp.GREATER: " > ",
    CompareOp.AT_LEAST: " ≥ ",
}


OWN_RESULTS: Final = (Role.TOTAL.value, Role.TOTAL_ROUNDED.value, Role.GRADE.value)


@frozen(eq=False)
class _Printer:
    """How to print: with titles, or (*valued*) with the values of this entity."""

    reading: Reading
    valued: bool
    tables: tuple[tuple[str, str], ...] = ()

    def field(self, expr: core.FieldOf) -> Part:
        """Return what people call a field of a record: its title, else its name."""
        table = self.reading.index.inputs.get(dict(self.tables).get(expr.variable, ""))
        found = next((each for each in (() if table is None else table.fields) if each.name == expr.name), None)
        return expr.name if found is None else field_name(found)


def in_words(reading: Reading, placed: Placed) -> Part:
    """Print an expression with the titles of what it reads."""
    return _print(placed, _Printer(reading, valued=False))


def with_values(reading: Reading, placed: Placed) -> Part:
    """Print an expression with the values of what it reads."""
    return _print(placed, _Printer(reading, valued=True))


def looked_at(reading: Reading, conditions: Sequence[Placed]) -> Part:
    """List what conditions looked at, each thing once, with its value."""
    found = (part for each in conditions for part in _looked_at(reading, each))
    return one_after_the_other(list(dict.fromkeys(_answer(reading, part) for part in found)))


def one_after_the_other(parts: Sequence[Part]) -> Part:
    """Join sentences that may hold lists themselves."""
    first, *others = parts
    for other in others:
        first = statement("why.and-next", first=first, other=other)
    return first


def _looked_at(reading: Reading, placed: Placed) -> Iterator[Placed]:
    if not reading.was_evaluated(placed) or isinstance(placed.expr, core.Const):
        return
    if isinstance(placed.expr, core.Logic | core.Compare | core.IsState):
        for part in placed.parts:
            yield from _looked_at(reading, part)
    else:
        yield placed


def says_more_than_its_value(placed: Placed) -> bool:
    """Tell whether printing an expression with values shows more than the value itself."""
    expr = placed.expr
    if is_conversion(expr):
        return False
    return isinstance(expr, core.Arith | core.Compare | core.Logic | core.Computed)


def rounding_in_words(rounding: Rounding) -> Statement:
    """Say how something is rounded."""
    mode = Term(rounding.mode.value)
    match rounding.target:
        case Decimals(1):
            return statement("rounding.decimal", mode=mode)
        case Decimals(count):
            return statement("rounding.decimals", count=str(count), mode=mode)
        case Significant(digits):
            return statement("rounding.significant", count=str(digits), mode=mode)
        case target:
            return statement("rounding.step", step=value_part(target.step, Unknown()), mode=mode)


def _print(placed: Placed, printer: _Printer) -> Part:
    expr = placed.expr
    if printer.valued and isinstance(expr, core.IsState):
        return _answer(printer.reading, placed.parts[0])
    if printer.valued and not says_more_than_its_value(placed):
        return printer.reading.part(placed)
    match expr:
        case core.Const():
            return value_part(expr.value, expr.kind)
        case core.StateConst():
            return Term(f"state-{expr.state.value}")
        case core.Input():
            return input_name(printer.reading, expr)
        case core.FieldOf():
            return printer.field(expr)
        case core.NodeRef():
            return node_name(printer.reading, expr)
        case core.Arith():
            return _arith(expr, placed, printer)
        case core.Compare():
            if printer.valued and not is_numeric(placed.parts[0].expr.kind):
                return _answers(placed, printer)
            left, right = (_print(part, printer) for part in placed.parts)
            return Phrase((left, COMPARISONS[expr.op], right))
        case core.Logic():
            return _logic(expr, placed, printer)
        case core.TableAggregate():
            return _aggregate(expr, printer)
        case _:
            return _construct(expr, placed, printer)


def field_name(field: InputDeclaration) -> Part:
    """Return what people call a field; of another ruleset's results the total and the grade are words of ours."""
    if field.external is not None and field.name in OWN_RESULTS and field.title is None:
        return Term(field.name)
    return field.title or field.name


def input_name(reading: Reading, expr: core.Input) -> Part:
    """Return what people call an input: its title, else its name."""
    declaration = reading.index.inputs.get(expr.name)
    return (declaration.title if declaration else expr.origin.title) or expr.name


def node_name(reading: Reading, expr: core.NodeRef) -> Part:
    """Return what people call what a node holds."""
    node = reading.index.nodes.get(expr.id)
    if node is None:
        return expr.id
    match node.role:
        case Role.MEASURE | Role.FULL | Role.LIGHT:
            return statement(f"of-indicator.{node.role.value}", indicator=_indicator_name(reading, node.indicator))
        case Role.LET | Role.PARAMETER | Role.ALERT | Role.OUTPUT | Role.DECISION | Role.FLAG:
            return expr.origin.title or node.origin.title or node.id.split(".")[-1]
        case Role.TOTAL | Role.TOTAL_ROUNDED | Role.GRADE:
            return Term(node.role.value)
        case Role.COHORT if isinstance(node.expr, core.CohortAggregate):
            return across_in_words(reading, node.expr)
    return _indicator_name(reading, node.indicator) if node.indicator else node.id


def across_in_words(reading: Reading, expr: core.CohortAggregate) -> Part:
    """Print a statistic across entities: what it is of, among whom."""

    def words(part: Expr | None) -> Part:
        node = reading.index.nodes[part.id] if isinstance(part, core.NodeRef) else None
        return "" if node is None else in_words(reading, place(_unguarded(node.expr)))

    whom = statement("across.all")
    if expr.groups:
        whom = statement("across.group", group=Listed(tuple(words(group) for group in expr.groups)))
    if expr.where is not None:
        whom = statement("across.where", where=words(expr.where), whom=whom)
    args: dict[str, Part] = {"whom": whom}
    for name, part in (("of", expr.body), ("pool", expr.pool), ("at", expr.at)):
        if part is not None:
            args[name] = words(part)
    return statement(_KEYS.get(expr.op, f"across.{expr.op.value}"), **args)


def _unguarded(expr: Expr) -> Expr:
    """Return what a statistic is of, without the condition of who is asked."""
    if expr.origin.construct != "across entities":
        return expr
    match expr:
        case core.Select(cases=((_, value),)) | core.Logic(operands=(_, value)):
            return value
    return expr


def _indicator_name(reading: Reading, code: str | None) -> Part:
    item = reading.index.items.get(code or "")
    return (item.title or item.short) if item else (code or "")


def _arith(expr: core.Arith, placed: Placed, printer: _Printer) -> Part:
    if is_conversion(expr):
        return _print(placed.parts[0], printer)
    if expr.op in _NAMED:
        shown = tuple(_print(part, printer) for part in placed.parts)
        of = _bound(placed, 0, printer) if expr.op is ArithOp.ABSOLUTE else Listed(shown)
        return statement(f"expression.{_NAMED[expr.op]}", of=of)
    if expr.op is ArithOp.NEGATE:
        return Phrase(("−", _bound(placed, 0, printer)))
    if expr.op is ArithOp.POWER:
        base, exponent = (_bound(placed, position, printer) for position in (0, 1))
        return Phrase((base, " ^ ", exponent))
    parts: list[Part] = []
    for position, _ in enumerate(placed.parts):
        parts += ([_SIGNS[expr.op]] if position else []) + [_bound(placed, position, printer)]
    return Phrase(tuple(parts))


def _bound(placed: Placed, position: int, printer: _Printer) -> Part:
    """Print an operand, in brackets where it would otherwise read differently."""
    part = placed.parts[position]
    shown = _print(part, printer)
    around = placed.expr.op if isinstance(placed.expr, core.Arith) else ArithOp.POWER
    inside = part.expr.op if isinstance(part.expr, core.Arith) and not is_conversion(part.expr) else None
    if inside is None or inside not in _BINDING:
        return Phrase(("(", shown, ")")) if _is_phrase(part, printer) and around in _BINDING else shown
    strict = position > 0 and around in (ArithOp.SUBTRACT, ArithOp.DIVIDE)
    needs = _BINDING[inside] < _BINDING.get(around, 4) or (strict and _BINDING[inside] == _BINDING.get(around, 4))
    return Phrase(("(", shown, ")")) if needs else shown


def _is_phrase(part: Placed, printer: _Printer) -> bool:
    """Tell whether an operand is printed as words of which it is not plain where they end."""
    expr = part.expr
    if isinstance(expr, core.Arith) and expr.op in _NAMED:
        return True
    node = printer.reading.index.nodes.get(expr.id) if isinstance(expr, core.NodeRef) else None
    is_cohort = node is not None and node.role is Role.COHORT
    return not printer.valued and (is_cohort or isinstance(expr, core.TableAggregate))


def _answers(placed: Placed, printer: _Printer) -> Part:
    """Print what a comparison of answers looked at: `grade: 中`."""
    reading = printer.reading
    asked = [part for part in placed.parts if not isinstance(part.expr, core.Const)]
    return Listed(tuple(_answer(reading, part) for part in asked))


def _answer(reading: Reading, placed: Placed) -> Statement:
    return statement("expression.answer", of=in_words(reading, placed), value=reading.part(placed))


def _logic(expr: core.Logic, placed: Placed, printer: _Printer) -> Part:
    if expr.op is LogicOp.NOT:
        return _negated(placed.parts[0], printer)
    seen = [part for part in placed.parts if not printer.valued or printer.reading.was_evaluated(part)]
    if printer.valued and all(_is_answer(part) for part in seen):
        return Listed(tuple(dict.fromkeys(_print_answer(part, printer) for part in seen)))
    parts: list[Part] = []
    for part in seen:
        shown = _operand(part, printer)
        if printer.valued and shown in parts:
            continue
        nested = isinstance(part.expr, core.Logic) and part.expr.op not in (expr.op, LogicOp.NOT)
        joined: list[Part] = [" ", Term(expr.op.value), " "] if parts else []
        parts += [*joined, Phrase(("(", shown, ")")) if nested else shown]
    return Phrase(tuple(parts))


def _is_answer(part: Placed) -> bool:
    """Tell whether all that there is to see of a condition is an answer, and no comparison of numbers."""
    expr = part.expr
    if isinstance(expr, core.Logic):
        return expr.op is LogicOp.NOT and _is_answer(part.parts[0])
    return not isinstance(expr, core.Compare) or not is_numeric(part.parts[0].expr.kind)


def _print_answer(part: Placed, printer: _Printer) -> Part:
    expr = part.expr
    if isinstance(expr, core.IsState | core.Compare | core.Logic):
        return _print(part, printer)
    return _answer(printer.reading, part)


def _negated(part: Placed, printer: _Printer) -> Part:
    """Print that something does not hold; with values, what was looked at."""
    expr = part.expr
    if isinstance(expr, core.IsState) and not printer.valued:
        return statement(f"expression.is-not-{expr.state.value}", of=_print(part.parts[0], printer))
    if printer.valued and not says_more_than_its_value(part):
        return _print(part, printer) if isinstance(expr, core.IsState) else _answer(printer.reading, part)
    return statement("expression.not", of=_print(part, printer))


def _operand(part: Placed, printer: _Printer) -> Part:
    """Print one side of `and` or `or`; with values, a plain answer with its name."""
    tells = not printer.valued or says_more_than_its_value(part)
    return _print(part, printer) if tells else _answer(printer.reading, part)


def _aggregate(expr: core.TableAggregate, printer: _Printer) -> Part:
    name = expr.table.name if isinstance(expr.table, core.Input) else ""
    inside = _Printer(printer.reading, valued=False, tables=(*printer.tables, (expr.variable, name)))
    table = _print(place(expr.table), inside)
    shown = statement("expression.records", table=table)
    if expr.where is not None:
        shown = statement("expression.records-where", table=table, where=_print(place(expr.where), inside))
    if expr.body is None:
        made = statement(f"aggregate.{expr.op.value}", records=shown)
    else:
        made = statement(f"aggregate.{expr.op.value}", of=_print(place(expr.body), inside), records=shown)
    return statement("expression.quorum", of=made, count=str(expr.quorum)) if expr.quorum else made


def _construct(expr: Expr, placed: Placed, printer: _Printer) -> Part:
    """Print what has no sign of its own by a phrase of the catalogue."""
    parts = placed.parts
    match expr:
        case core.Select():
            shown = _print(parts[-1], printer)
            for position in range(len(expr.cases) - 1, -1, -1):
                when, then = (_print(part, printer) for part in parts[2 * position : 2 * position + 2])
                shown = statement("expression.if", condition=when, otherwise=shown, then=then)
            return shown
        case core.IsState():
            return statement(f"expression.is-{expr.state.value}", of=_print(parts[0], printer))
        case core.Round():
            return statement("expression.rounded", how=rounding_in_words(expr.rounding), of=_print(parts[0], printer))
        case core.Irrational():
            return Phrase((f"{expr.function.value}(", Listed(tuple(_print(part, printer) for part in parts)), ")"))
        case core.Computed():
            shown_parts = tuple(part for each in parts for part in (", ", _print(each, printer)))
            return Phrase((f"{expr.function.name}(", *shown_parts[1:], ")"))
        case core.DateDifference():
            key = "expression.workdays" if expr.workdays else "expression.days"
            return statement(key, start=_print(parts[0], printer), end=_print(parts[1], printer))
        case core.Parts():
            distance, step = (_print(part, printer) for part in parts)
            return statement(f"expression.parts-{expr.rule.value}", distance=distance, step=step)
        case core.Recover() | core.Overridable() | core.Clamp():
            return _print(parts[0], printer)
        case core.Steps() | core.Lines():
            schedule = expr.origin.title or expr.origin.role
            if expr.origin.construct == "schedule" and schedule:
                return statement("expression.schedule", of=_print(parts[0], printer), schedule=schedule)
            return statement("expression.table-of", of=_print(parts[0], printer))
        case core.Dated():
            return Term("dated-value")
    return Term("expression")
