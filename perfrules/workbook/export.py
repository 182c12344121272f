"""Exporting a ruleset as a workbook with live formulas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.util import find_spec

from perfrules.api import Result, Ruleset
from perfrules.workbook.book import Request, workbook_bytes


def export_workbook(
    ruleset: Ruleset,
    results: Iterable[Result] = (),
    *,
    language: str = "en",
    as_of: date | None = None,
    one: bool = False,
) -> bytes:
    """Return a workbook (xlsx) whose formulas recompute every score of *results* as the engine does.

    Without results its rows are blank. *language* is `en` or `zh`; *as_of* decides dated parameters, as it did when
    the results were scored. *one*: the values of a single entity below one another, statistics across entities as
    constants. Needs `perfrules[excel]`.

    >>> from perfrules import loads
    >>> rules = loads('''
    ... ruleset demo "Demo" version "1" {
    ...   input done : count in [0, 1000]
    ...   total 10 points
    ...   indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
    ... }
    ... ''')
    >>> content = export_workbook(rules, rules.score_all([{"entity": "Finance", "done": 945}]))
    >>> content[:2], content == export_workbook(rules, rules.score_all([{"entity": "Finance", "done": 945}]))
    (b'PK', True)
    """
    if find_spec("xlsxwriter") is None:
        raise ImportError("XlsxWriter is not installed: workbooks need `pip install 'perfrules[excel]'`")
    found = tuple(results)
    if one and len(found) != 1:
        raise ValueError("a workbook of one entity needs one result")
    plan = ruleset.plan
    request = Request(plan=plan, results=found, language=language, as_of=as_of or plan.as_of_default, one=one)
    return workbook_bytes(request)
