"""Comparing rulesets and data."""
