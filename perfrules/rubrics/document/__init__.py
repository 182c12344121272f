"""A ruleset as the document a bureau publishes: first data (`make`), then HTML or Word with the same words."""

from perfrules.rubrics.document.make import rubric_document
from perfrules.rubrics.document.page import Document

__all__ = ["Document", "rubric_document"]
