"""Rubrics as people publish them: a ruleset as a document, a table in Excel as the skeleton of a ruleset."""
