"""Calls with too few or too many values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument
from perfrules.ir.expressions import Expr
from perfrules.syntax.ast import expressions as ast

if TYPE_CHECKING:
    from perfrules.model.lowering import Lowering


def wrong_count(lowering: Lowering, tree: ast.Call, expected: str) -> Expr:
    """Report a call with too few or too many values."""
    args: dict[str, Argument] = {"function": tree.function.text, "expected": expected, "found": len(tree.arguments)}
    return lowering.broken(Diagnostic(Code.WRONG_NUMBER_OF_VALUES, tree.span, args=args), tree.span)
