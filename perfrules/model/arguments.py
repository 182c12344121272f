"""Arguments of definitions: meant where their user wrote them, and of the kind that the parameter says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from perfrules.diagnostics import Labelled
from perfrules.ir import expressions as core
from perfrules.ir.conversion import in_kind
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.origin import Given
from perfrules.lang.exact import Exact
from perfrules.lang.interval import make_interval, scale
from perfrules.lang.kinds import Clash, Kind, Quantity, Unknown, is_numeric
from perfrules.lang.units import Unit, UnitTable
from perfrules.model import options
from perfrules.model.clashes import clash_diagnostic, kind_word
from perfrules.model.constants import constant_in
from perfrules.model.units import kind_of_type
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.composition import TableType
from perfrules.syntax.ast.declarations import ChoiceType, TypeWord, UnitType
from perfrules.syntax.ast.tree import Tree

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

_TYPES: Final = (TypeWord, UnitType, ChoiceType)


def argument(lowering: Lowering, tree: ast.Argument) -> Expr:
    """Lower what was given for a parameter; one of another kind is reported where it was written."""
    if not tree.parameter:
        return core.Broken(kind=Unknown(), origin=Origin("broken", span=tree.span))
    there = lowering if tree.place is None else lowering.inside(tree.place)
    wanted = _kind(there, tree.type)
    found = options.option(there, tree.value, wanted)
    value = there.lower(tree.value, wanted) if found is None else found
    if _is_any_unit_of(value.kind, wanted, tree.type):
        return _as_given(there, tree, value, wanted)
    fitted = in_kind(value, wanted)
    if isinstance(fitted, Clash):
        where = f"{tree.definition}({tree.parameter}: …)"
        problem = clash_diagnostic(fitted, where, (value, None), tree.value.span)
        return lowering.broken(evolve(problem, others=(*problem.others, _wants(tree, wanted))), tree.value.span)
    return _as_given(there, tree, fitted, wanted)


def _as_given(lowering: Lowering, tree: ast.Argument, value: Expr, wanted: Kind) -> Expr:
    """Note for which parameter *value* stands, where the definition was checked for a range of it only."""
    if tree.range is None or not is_numeric(wanted):
        return value
    units, problems = lowering.declared.units, lowering.problems
    low, high = (constant_in(end, wanted, units, problems) for end in (tree.range.low, tree.range.high))
    whole = None
    if low is not None and high is not None:
        whole = make_interval(low, high, tree.range.low_closed, tree.range.high_closed)
    if whole is None:
        return value
    given = Given(
        definition=tree.definition,
        parameter=tree.parameter,
        range=scale(whole, _factor(wanted, value.kind)),
        span=tree.value.span,
        declared=tree.range.span,
    )
    return evolve(value, origin=evolve(value.origin, given=(*value.origin.given, given)))


def _factor(from_: Kind, to: Kind) -> Exact:
    """Return what a number in one unit is to be multiplied by in another of the same dimension."""
    if isinstance(from_, Quantity) and isinstance(to, Quantity):
        return from_.unit.factor / to.unit.factor
    return Exact(1)


def _wants(tree: ast.Argument, wanted: Kind) -> Labelled:
    """Point at the type of the parameter; a dimension is named as written, and no unit of it."""
    takes = tree.type.unit.text if isinstance(tree.type, UnitType) and tree.type.per is None else kind_word(wanted)
    return Labelled(tree.type.span, "parameter-takes", args={"name": tree.parameter, "kind": takes})


def _kind(lowering: Lowering, tree: Tree) -> Kind:
    if isinstance(tree, TableType) or not isinstance(tree, _TYPES):
        return Unknown()
    base = _base_of_dimension(tree, lowering.declared.units)
    return kind_of_type(tree, lowering.declared.units, lowering.problems) if base is None else Quantity(base)


def _base_of_dimension(tree: Tree, units: UnitTable) -> Unit | None:
    """Return the first unit of the dimension that a type names; None where it names a unit or is something else."""
    if not isinstance(tree, UnitType) or tree.per is not None or units.find(tree.unit.text) is not None:
        return None
    return units.base_of(tree.unit.text)


def _is_any_unit_of(found: Kind, wanted: Kind, type_: Tree) -> bool:
    """Tell whether a quantity is of the dimension that is wanted, where no unit of it is named."""
    if not (isinstance(found, Quantity) and isinstance(wanted, Quantity) and isinstance(type_, UnitType)):
        return False
    return found.unit.dimensions == wanted.unit.dimensions and type_.unit.text != wanted.unit.name
