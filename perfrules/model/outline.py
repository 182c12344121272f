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


def outline_of(block: Block, worths: Mapping[str, Worth], sources: Mapping[str, SourceText]) -> OutlineItem:
    """Return the outline of one indicator with all inside it."""
    return OutlineItem(
        code=block.path,
        short=block.short,
        title=block.title,
        style=worths[block.path].style if block.path in worths else MarksStyle.NONE,
        amount_text=_written(block.amount, sources),
        children=tuple(outline_of(child, worths, sources) for child in block.children),
        rule_text=_written(block.first(ast.ScoreClause), sources) or _written(block.first(ast.Combine), sources),
        method=_method(block, worths),
        evidence=remarks(block, ast.RemarkWord.EVIDENCE),
        notes=remarks(block, ast.RemarkWord.NOTE),
        citations=remarks(block, ast.RemarkWord.CITE),
        missing_policy=_written(block.first(ast.Missing), sources),
        definition=_definition(block.defined),
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


def _definition(defined: ast.Defined | None) -> str | None:
    """Return which definition an indicator is made of, and of which version."""
    if defined is None or defined.version is None:
        return None if defined is None else defined.definition
    return f"{defined.definition} {defined.version}"


def _written(tree: Tree | None, sources: Mapping[str, SourceText]) -> str:
    source = None if tree is None else sources.get(tree.span.file)
    return "" if tree is None or source is None else source.span_text(tree.span)
