"""Bare names and texts that mean an option of a choice, a grade, a level or a light."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.lang.kinds import Choice, Grade, Kind, Level, Lights
from perfrules.lang.names import suggest
from perfrules.model.unknown_names import unknown_name
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.tree import Name, Text

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering

_WITH_OPTIONS: Final = frozenset({Choice, Grade, Level, Lights})
LIGHTS: Final = ("red", "yellow", "blue", "green")


def options_of(kind: Kind) -> tuple[str, ...] | None:
    """Return what a value of *kind* can be, None where that is not a list of names."""
    match kind:
        case Choice(options):
            return options
        case Grade(names) | Level(names):
            return names
        case Lights():
            return LIGHTS
        case _:
            return None


def bare_name(tree: ast.Expression | Name | Text) -> Name | None:
    """Return *tree* as a name where it could be an option's: a single name or a text."""
    match tree:
        case ast.Reference(path=(name,), attribute=None):
            return name
        case Name():
            return tree
        case Text():
            return Name(text=tree.value, span=tree.span)
        case _:
            return None


def option(lowering: Lowering, tree: ast.Expression | Name | Text, kind: Kind) -> Expr | None:
    """Return the option that *tree* means; a name that is none of them, and nothing else, is reported."""
    options = options_of(kind) if type(kind) in _WITH_OPTIONS else None
    name = None if options is None else bare_name(tree)
    if options is None or name is None:
        return None
    if name.text in options:
        return core.Const(name.text, kind=kind, origin=Origin("literal", "option", name.span))
    if not isinstance(tree, Text | Name) and lowering.scope.names_value(name.text):
        return None
    word = {Grade: "grade", Level: "level"}.get(type(kind), "option")
    near = tuple(suggest(name.text, options)) or (options if len(options) <= 6 else ())
    return lowering.broken(unknown_name(name, word, near), name.span)


def near(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return what *name* may have been meant to be."""
    return tuple(suggest(name, known))
