"""twice-stated: a clause that can only hold once stands once in its block."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Final

from perfrules.diagnostics import Code, Diagnostic, Edit, Fix, Labelled
from perfrules.model.block import Block, all_blocks
from perfrules.model.clause_words import clause_word
from perfrules.syntax.ast import clauses, declarations
from perfrules.syntax.ast.composition import Replaceable
from perfrules.text import Span

_ONCE: Final = (
    clauses.Measure,
    clauses.ScoreClause,
    clauses.Combine,
    clauses.WeightsRelative,
    clauses.Scale,
    clauses.ExcludedShare,
    clauses.Applies,
    clauses.Missing,
    clauses.Round,
    clauses.Lights,
    clauses.StatusWorst,
    declarations.Effective,
    declarations.Entity,
    declarations.Total,
    declarations.Grades,
    declarations.Holidays,
)


def twice_stated(root: Block) -> Iterable[Diagnostic]:
    """Report the second of two clauses of a kind, and a light of one's own beside that of the children."""
    for block in all_blocks(root):
        first: dict[Hashable, Span] = {}
        for clause in block.clauses:
            if isinstance(clause, _ONCE):
                key = clause.subject if isinstance(clause, clauses.Round) else _slot(type(clause))
                if key in first:
                    replaces = isinstance(clause, Replaceable) and clause.span.file != first[key].file
                    yield _twice(clause_word(clause), clause.span, first[key], replaces=replaces)
                else:
                    first[key] = clause.span


def _slot(kind: type) -> type:
    return clauses.Lights if kind is clauses.StatusWorst else kind


def _twice(word: str, at: Span, first: Span, *, replaces: bool) -> Diagnostic:
    """Report a clause; what stands in another file, a template, can be replaced."""
    fix = None
    if replaces:
        fix = Fix("insert", [Edit(Span(at.file, at.start, at.start), "replace ")], args={"new": "replace"})
    others = [Labelled(first, "first-stated-here")]
    return Diagnostic(Code.TWICE_STATED, at=at, args={"clause": word}, others=others, fix=fix)
