"""A ruleset as a workbook with live formulas."""
