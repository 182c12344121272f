"""Two rulesets, or two sets of data: what changed, and for whom.

First data (`compare_rules`, `compare_results`), then words (`text`) in English or Chinese, a page (`comparison_html`),
a table (`comparison_csv`) or values of JSON (`comparison_json`).
"""

from perfrules.compare.changes import Change
from perfrules.compare.comparison import Comparison, EntityCompared, compare_results, compare_rules
from perfrules.compare.items import Item, Sort
from perfrules.compare.movement import Movement, Part
from perfrules.compare.page import comparison_html
from perfrules.compare.table import comparison_csv
from perfrules.compare.text import WIDTH, text
from perfrules.compare.tree import comparison_json, comparison_tree

__all__ = [
    "WIDTH",
    "Change",
    "Comparison",
    "EntityCompared",
    "Item",
    "Movement",
    "Part",
    "Sort",
    "compare_results",
    "compare_rules",
    "comparison_csv",
    "comparison_html",
    "comparison_json",
    "comparison_tree",
    "text",
]
