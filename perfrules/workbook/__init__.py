"""A ruleset as a workbook: the rubric, the data, live formulas that recompute every score, and their check.

`export_workbook` is the way in. Formulas are written from the core expressions of the plan (`forms`), with what is
proved about binary numbers (`near`, `proof`); cells are called by name (`names`, `layout`).
"""

from perfrules.workbook.export import export_workbook

__all__ = ["export_workbook"]
