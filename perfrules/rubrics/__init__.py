"""Rubrics as people publish them: a ruleset as a document, a table in Excel as the skeleton of a ruleset."""

from perfrules.rubrics.publish import document_html, document_word

__all__ = ["document_html", "document_word"]
