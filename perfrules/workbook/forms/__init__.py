"""Formulas for core expressions: one module per family, and the table that names them."""

from perfrules.workbook.forms.table import FORMS

__all__ = ["FORMS"]
