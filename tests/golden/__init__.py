"""Whole rulesets against figures that were published or worked out by hand."""
