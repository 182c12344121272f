"""The result for one entity: status, total, grade, and every indicator, read off the trace.

What is asked for is made when it is first looked at; the trace holds it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from attrs import field, frozen

from perfrules.diagnostics import Diagnostic
from perfrules.evaluate import sections
from perfrules.evaluate.provisional import Enclosures, Settled, enclosures_of
from perfrules.evaluate.sections import AppliedVeto, IndicatorResult
from perfrules.evaluate.trace import Trace, Value
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang.exact import Exact

__all__ = ["AppliedVeto", "IndicatorResult", "Result", "Status"]


class Status(StrEnum):
    """Whether the figures stand: all of them, all but what a person has yet to decide, or none."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    REFUSED = "refused"


@frozen(kw_only=True, eq=False)
class Result:
    """What a ruleset says about one entity; `result["A.A1"]` or, where it is unambiguous, `result["A1"]`.

    A refused entity has problems and no trace, and no value of any kind.
    """

    entity: str
    plan: Plan = field(repr=False)
    facts: Facts | None = field(default=None, repr=False)
    trace: Trace | None = field(default=None, repr=False)
    problems: tuple[Diagnostic, ...] = ()

    def __getitem__(self, code: str) -> IndicatorResult:
        return self.indicators[sections.full_code(self.plan, code)]

    @cached_property
    def status(self) -> Status:
        """Whether the entity is final, provisional or refused."""
        if self.trace is None:
            return Status.REFUSED
        return Status.PROVISIONAL if sections.is_provisional(self.plan, self.trace) else Status.FINAL

    @cached_property
    def total(self) -> Exact | None:
        """The total, rounded if the ruleset rounds it; None while it has no value."""
        return sections.first_number(self._values, "rounded total", "total")

    @cached_property
    def total_unrounded(self) -> Exact | None:
        """The total before rounding, after vetoes."""
        return sections.first_number(self._values, "total")

    @cached_property
    def grade(self) -> str | None:
        """The grade after vetoes; None while it is open, and where there are no grades."""
        return sections.words(self._values, "grade")

    @cached_property
    def indicators(self) -> Mapping[str, IndicatorResult]:
        """Every indicator by its full code, in the order of the rubric."""
        if self.trace is None or self.facts is None:
            return MappingProxyType({})
        return sections.Indicators(self.plan, self.facts, self.trace)

    @cached_property
    def decisions(self) -> Mapping[str, bool | None]:
        """Each decision; None while it is open."""
        return self._by_name(self.plan.decisions, sections.yes_or_no)

    @cached_property
    def alerts(self) -> Mapping[str, str | None]:
        """The light of each alert; None while it is open or does not apply."""
        return self._by_name(self.plan.alerts, sections.words)

    @cached_property
    def outputs(self) -> Mapping[str, Value | None]:
        """The value of each output, states included."""
        return self._by_name(self.plan.outputs, sections.anything)

    @cached_property
    def flags(self) -> Mapping[str, bool | None]:
        """Each flag; None while it is open."""
        return MappingProxyType(sections.flags(self.plan, self._values) if self._values else {})

    @cached_property
    def vetoes(self) -> tuple[AppliedVeto, ...]:
        """The vetoes whose condition holds."""
        return () if self.trace is None else sections.applied_vetoes(self.plan, self.trace)

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """The codes that left the denominator because they do not apply."""
        return () if self.trace is None else sections.left_out(self.plan, self.trace)

    @cached_property
    def enclosures(self) -> Enclosures:
        """For a provisional result: where each value that is still open will lie, by node id."""
        if self.facts is None or self.trace is None or self.status is not Status.PROVISIONAL:
            return MappingProxyType({})
        return enclosures_of(self.plan, self.facts, self.trace)

    @cached_property
    def _values(self) -> sections.Values:
        """The values of all nodes; none of a refused entity."""
        if self.trace is None:
            return MappingProxyType({})
        return Settled(self.trace, lambda: self.enclosures)

    def _by_name(
        self, outlines: sections.Outlines, read: sections.Reader[sections.Read]
    ) -> Mapping[str, sections.Read]:
        values = self._values
        return MappingProxyType({item.name: read(values, item.node) for item in outlines} if values else {})
