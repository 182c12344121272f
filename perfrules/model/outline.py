"""The rubric as people read it: codes, titles, amounts and rules in the author's own words."""

from __future__ import annotations

from collections.abc import Mapping

from perfrules.ir.plan import MarksStyle, OutlineItem
from perfrules.methods.table import method_of
from perfrules.model.block import Block
from perfrules.model.worth import Worth, combine_op, is_expression
from perfrules.syntax.ast import clauses as ast
from perfrules.syntax.ast.tree import Tree
from perfrules.text import SourceText


def outline_of(block: Block, worths: Mapping[str, Worth], source: SourceText) -> OutlineItem:
    """Return the outline of one indicator with all inside it."""
    return OutlineItem(
        code=block.path,
        short=block.short,
        title=block.title,
        style=worths[block.path].style if block.path in worths else MarksStyle.NONE,
        amount_text=_written(block.amount, source),
        children=tuple(outline_of(child, worths, source) for child in block.children),
        rule_text=_written(block.first(ast.ScoreClause), source) or _written(block.first(ast.Combine), source),
        method=_method(block, worths),
        evidence=remarks(block, ast.RemarkWord.EVIDENCE),
        notes=remarks(block, ast.RemarkWord.NOTE),
        citations=remarks(block, ast.RemarkWord.CITE),
        missing_policy=_written(block.first(ast.Missing), source),
        span=block.span,
    )


def remarks(block: Block, word: ast.RemarkWord) -> tuple[str, ...]:
    """Return the texts of all remarks that begin with *word*, in the order written."""
    return tuple(remark.text.value for remark in block.every(ast.Remark) if remark.word is word)


def _method(block: Block, worths: Mapping[str, Worth]) -> str:
    clause = block.first(ast.ScoreClause)
    if block.marked:
        if is_expression(block):
            return "formula"
        return combine_op(block, tuple(worths[child.path] for child in block.marked)).value
    return method_of(clause.score).word if clause is not None else ""


def _written(tree: Tree | None, source: SourceText) -> str:
    return "" if tree is None else source.span_text(tree.span)
