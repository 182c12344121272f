"""Rubrics as people publish them: a ruleset as a document, a table in Excel as the skeleton of a ruleset."""

from perfrules.rubrics.importing import RubricUnreadable, import_rubric
from perfrules.rubrics.publish import document_html, document_word
from perfrules.rubrics.skeleton import Finding, Skeleton

__all__ = ["Finding", "RubricUnreadable", "Skeleton", "document_html", "document_word", "import_rubric"]
