"""Explain a result: what went in, each step, where marks were lost, and what would raise them.

First data (`explain`), then words (`text`) in English or Chinese, or values of JSON (`to_dict`).
"""

from perfrules.explain.canonical import to_dict
from perfrules.explain.explain import explain
from perfrules.explain.explanation import EntityExplanation, Explanation, IndicatorExplanation
from perfrules.explain.text import text

__all__ = ["EntityExplanation", "Explanation", "IndicatorExplanation", "explain", "text", "to_dict"]
