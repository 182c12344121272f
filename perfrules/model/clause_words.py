"""What messages call a clause: the words it begins with."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from perfrules.syntax.ast import clauses, declarations
from perfrules.syntax.ast.tree import Tree

WORDS: Final[Mapping[type, str]] = MappingProxyType(
    {
        clauses.Measure: "measure",
        clauses.ScoreClause: "score",
        clauses.Combine: "combine",
        clauses.WeightsRelative: "weights relative",
        clauses.Scale: "scale",
        clauses.ExcludedShare: "excluded share",
        clauses.Applies: "applies when",
        clauses.Missing: "missing",
        clauses.Round: "round",
        clauses.Lights: "lights",
        clauses.StatusWorst: "status worst of children",
        clauses.Veto: "veto",
        declarations.Effective: "effective",
        declarations.Entity: "entity",
        declarations.Total: "total",
        declarations.Grades: "grades",
        declarations.Holidays: "holidays",
    }
)


def clause_word(clause: Tree) -> str:
    """Return the words a clause begins with; of a rounding, with what it rounds."""
    match clause:
        case clauses.Round(subject=clauses.RoundSubject.MARKS):
            return "round"
        case clauses.Round(subject=subject):
            return f"round {subject.value}"
        case _:
            return WORDS[type(clause)]
