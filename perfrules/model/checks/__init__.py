"""Checks on a whole ruleset, one file per mistake."""
