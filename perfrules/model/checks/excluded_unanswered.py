"""excluded-unanswered: where a child can be excluded, its parent says what becomes of its marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from perfrules.diagnostics import Code, Diagnostic, Labelled
from perfrules.ir.plan import MarksStyle
from perfrules.model.block import Block, all_blocks
from perfrules.model.worth import REDISTRIBUTING, Worth, combine_op, is_expression
from perfrules.syntax.ast import clauses as ast
from perfrules.text import Span


def excluded_unanswered(
    root: Block, worths: Mapping[str, Worth], excludable: Collection[str], has_base: bool
) -> Iterable[Diagnostic]:
    """Report the first such child of each node that combines marks and does not say."""
    for block in all_blocks(root):
        answered = block.first(ast.ExcludedShare) is not None or is_expression(block) or (has_base and not block.path)
        if not block.marked or answered:
            continue
        children = tuple(worths[child.path] for child in block.marked)
        counted = [child for child in children if child.style is not MarksStyle.BONUS and child.full is not None]
        # Where only one child counts, nobody is left to take its share: the parent is excluded with it.
        if len(counted) < 2 or combine_op(block, children) not in REDISTRIBUTING:
            continue
        silent = next((child for child in counted if child.block.path in excludable), None)
        if silent is not None:
            yield _unanswered(block, silent.block)


def _unanswered(block: Block, child: Block) -> Diagnostic:
    return Diagnostic(
        Code.EXCLUDED_UNANSWERED,
        at=block.span,
        args={"part": child.short, "code": block.name},
        others=[Labelled(_cause(child), "can-be-excluded")],
    )


def _cause(child: Block) -> Span:
    """Return the clause that excludes, or the child itself where one of its own parts does."""
    applies, missing = child.first(ast.Applies), child.first(ast.Missing)
    if applies is not None and applies.otherwise is ast.Fallback.EXCLUDED:
        return applies.span
    if missing is not None and missing.policy is ast.Fallback.EXCLUDED:
        return missing.span
    return child.span
