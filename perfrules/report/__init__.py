"""Results as pages that people read: of one entity, of a cohort.

Each page is one HTML file that needs nothing else, or a PDF of it. What it says comes from `perfrules.explain`.
"""

from perfrules.report.file_names import address_of, file_names
from perfrules.report.pdf import pdf
from perfrules.report.reports import cohort_report, entity_report

__all__ = ["address_of", "cohort_report", "entity_report", "file_names", "pdf"]
