"""The tests an author wrote in the file, ready to run."""

from __future__ import annotations

from attrs import frozen

from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import Facts
from perfrules.lang.interval import Interval
from perfrules.text import Span


@frozen(kw_only=True)
class Expected:
    """One expectation: *condition* must come out true over the test's node values.

    *subject* is the node whose value to show when it does not. With *enclosure*, a provisional subject must be
    enclosed exactly so, and a final one must lie inside. *text* is what the author wrote.
    """

    condition: Expr
    text: str
    span: Span
    subject: str | None = None
    enclosure: Interval | None = None


@frozen(kw_only=True)
class RuleTest:
    """`test "…" { given … expect … }`; those that share a *cohort* (the rows of one file) are scored together."""

    title: str
    facts: Facts
    expected: tuple[Expected, ...]
    span: Span
    cohort: Span | None = None
