"""The tests an author wrote in the file, ready to run."""

from __future__ import annotations

from attrs import frozen

from perfrules.ir.expressions import Expr
from perfrules.ir.inputs import Facts
from perfrules.lang.interval import Interval
from perfrules.text import Span


@frozen(kw_only=True)
class ExamplePlace:
    """Where an expectation stands in a file of examples; rows are counted from 1, headings included."""

    file: str
    row: int
    column: str | None = None


@frozen(kw_only=True)
class Expected:
    """One expectation: *condition* must come out true over the test's node values.

    *subject* is the node whose value to show when it does not; without, what the condition, or what it denies, comes
    to is shown for *name*. With *enclosure*, a provisional subject must be
    enclosed exactly so, and a final one must lie inside. *text* is what the author wrote, in a file at *place*.
    """

    condition: Expr
    text: str
    span: Span
    subject: str | None = None
    name: str | None = None
    enclosure: Interval | None = None
    place: ExamplePlace | None = None


@frozen(kw_only=True)
class RuleTest:
    """`test "…" { given … expect … }`.

    Those that share a *cohort* (the rows of one file, the entities of one test) are scored together.
    """

    title: str
    facts: Facts
    expected: tuple[Expected, ...]
    span: Span
    cohort: Span | None = None
