"""Which module expands which form; everything else is kept, and what is inside it expanded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeVar

from perfrules.compose import bodies, calls, declared, indicators
from perfrules.compose.meaning import Meaning
from perfrules.compose.rewrite import with_children
from perfrules.compose.work import Work
from perfrules.syntax.ast import clauses, declarations, scoring
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.across import Across
from perfrules.syntax.ast.tree import Name, Text, Tree

AnyTree = TypeVar("AnyTree", bound=Tree)
Handler = Callable[[Work, Meaning, Any], Tree]

_EVERYWHERE: Final[Mapping[type[Tree], Handler]] = {
    ast.Call: calls.call,
    clauses.Indicator: indicators.indicator,
    clauses.Slot: indicators.slot,
    ast.Reserved: bodies.reserved,
    declarations.Parameter: declared.parameter,
    declarations.Holidays: declared.file_of,
}
_OF_RULESETS: Final[Mapping[type[Tree], Handler]] = {**_EVERYWHERE, ast.Reference: declared.reference}
_OF_BODIES: Final[Mapping[type[Tree], Handler]] = {
    **_EVERYWHERE,
    ast.Reference: bodies.reference,
    ast.Previous: bodies.previous,
    ast.Aggregate: bodies.aggregate,
    ast.Quantity: bodies.quantity,
    declarations.UnitType: bodies.unit_type,
    declarations.UnitDeclaration: bodies.unit_declaration,
    scoring.TallyLine: bodies.tally_line,
    Across: bodies.across,
    clauses.Amount: bodies.amount,
    clauses.Let: bodies.let,
}


_WITHOUT_PARTS: Final = frozenset({Name, Text, ast.Number, ast.DateLiteral, ast.YesNo, ast.ColourWord})
"""Forms that have nothing inside: most of any text."""


def rewrite(work: Work, here: Meaning, tree: AnyTree) -> AnyTree:
    """Return *tree* with every definition in it expanded, its names meant as *here* says."""
    if type(tree) in _WITHOUT_PARTS:
        return tree
    handlers = _OF_RULESETS if here.file is None else _OF_BODIES
    handler = handlers.get(type(tree))
    work.levels += 1
    try:
        if handler is None:
            return rewrite_inside(work, here, tree)
        return handler(work, here, tree)  # type: ignore[return-value]  # an expression stays one, a clause too
    finally:
        work.levels -= 1


def rewrite_inside(work: Work, here: Meaning, tree: AnyTree) -> AnyTree:
    """Return *tree* with what is inside it expanded."""
    return with_children(tree, partial(rewrite, work, here), _WITHOUT_PARTS)
