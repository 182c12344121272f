"""Units a ruleset declares, in any order, and the kind that a written type stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.lang import kinds
from perfrules.lang.exact import Exact, as_text
from perfrules.lang.kinds import Kind, Quantity
from perfrules.lang.units import UnitTable, divide_units
from perfrules.methods.misplaced import unstated
from perfrules.model.collector import Problems
from perfrules.model.unknown_names import find_unit
from perfrules.syntax.ast.declarations import (
    ChoiceType,
    InputType,
    PlainType,
    TypeWord,
    UnitDeclaration,
    UnitType,
)
from perfrules.syntax.ast.expressions import Number
from perfrules.syntax.ast.expressions import Quantity as QuantityTree
from perfrules.syntax.ast.tree import Name, Text

_PLAIN: Final[dict[PlainType, Kind]] = {
    PlainType.NUMBER: kinds.Number(),
    PlainType.PERCENT: kinds.Percent(),
    PlainType.PERCENTAGE_POINTS: kinds.PercentagePoints(),
    PlainType.POINTS: kinds.Points(),
    PlainType.YES_NO: kinds.YesNo(),
    PlainType.TEXT: kinds.Text(),
    PlainType.DATE: kinds.Date(),
}


def declared_units(trees: Sequence[UnitDeclaration], problems: Problems) -> UnitTable:
    """Return the built-in units and the declared ones; a declaration may use one that stands below it."""
    table, waiting = UnitTable(), list(trees)
    while waiting:
        later: list[UnitDeclaration] = []
        for tree in waiting:
            base = _base(tree)
            if base is not None and table.find(base.text) is None and table.base_of(base.text) is None:
                later.append(tree)
            else:
                table = _declare(table, tree, base, problems)
        if len(later) == len(waiting):
            for tree in later:
                base = _base(tree)
                assert base is not None
                find_unit(base, table, problems)
            return table
        waiting = later
    return table


def kind_of_type(tree: InputType, units: UnitTable, problems: Problems) -> Kind:
    """Return the kind a type stands for; unknown, reported, where its unit is."""
    match tree:
        case TypeWord():
            return _PLAIN[tree.plain]
        case ChoiceType():
            return kinds.Choice(tuple(option_text(option) for option in tree.options))
    unit = find_unit(tree.unit, units, problems)
    per = None if tree.per is None else find_unit(tree.per, units, problems)
    if unit is None or (tree.per is not None and per is None):
        return kinds.Unknown()
    if per is None:
        return Quantity(unit)
    quotient = divide_units(unit, per).unit
    return kinds.Ratio() if quotient.is_dimensionless else Quantity(quotient)


def unit_text(tree: InputType) -> str:
    """Return the type as written, for people; empty for plain numbers and for what has no unit."""
    match tree:
        case UnitType(per=None):
            return tree.unit.text
        case UnitType():
            return f"{tree.unit.text}/{tree.per.text}" if tree.per else tree.unit.text
        case TypeWord(plain=PlainType.PERCENT | PlainType.PERCENTAGE_POINTS | PlainType.POINTS):
            return tree.plain.value
    return ""


def option_text(tree: Name | Text) -> str:
    """Return an option as it is compared."""
    return tree.text if isinstance(tree, Name) else tree.value


def _base(tree: UnitDeclaration) -> Name | None:
    return tree.factor.unit if isinstance(tree.factor, QuantityTree) else tree.base


def _declare(table: UnitTable, tree: UnitDeclaration, base: Name | None, problems: Problems) -> UnitTable:
    name = tree.name.text
    amount = tree.factor.value if isinstance(tree.factor, QuantityTree | Number) else Exact(1)
    taken = table.find(name) is not None and table.multiplier_of(name) is None
    if taken or (base is None and table.base_of(name) is not None):
        problems.report(Diagnostic(Code.DUPLICATE_NAME, tree.name.span, args={"kind": Word("unit"), "name": name}))
        return table
    if tree.factor is not None and base is None:
        problems.report(unstated("unit", name, f"unit {name} = {as_text(amount)} …", tree.factor.span))
        return table
    if amount <= 0:
        args: dict[str, Argument] = {"clause": as_text(amount), "inside": Word("unit-factor"), "places": ()}
        problems.report(Diagnostic(Code.WRONG_PLACE, tree.factor.span if tree.factor else tree.span, args=args))
        return table
    of = None
    if base is not None:
        dimension = table.base_of(base.text)
        of = base.text if table.find(base.text) is not None or dimension is None else dimension.name
    return table.declare(name, of, amount)
