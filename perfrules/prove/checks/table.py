"""The checks by proof, one for each mistake."""

from collections.abc import Callable, Iterator
from typing import Final

from perfrules.diagnostics import Diagnostic
from perfrules.prove.checks.absent_unanswered import absent_unanswered
from perfrules.prove.checks.amounts_can_be_negative import amounts_can_be_negative
from perfrules.prove.checks.arguments_outside_range import arguments_outside_range
from perfrules.prove.checks.band_holes import band_holes
from perfrules.prove.checks.band_overlaps import band_overlaps
from perfrules.prove.checks.checks_decided import checks_decided
from perfrules.prove.checks.context import Context
from perfrules.prove.checks.curves_not_increasing import curves_not_increasing
from perfrules.prove.checks.empty_shares import empty_shares
from perfrules.prove.checks.excluded_unanswered import excluded_unanswered
from perfrules.prove.checks.geometric_means_negative import geometric_means_negative
from perfrules.prove.checks.irrational_domains import irrational_domains
from perfrules.prove.checks.missing_unanswered import missing_unanswered
from perfrules.prove.checks.never_changes_total import never_change_total
from perfrules.prove.checks.outside_calendar import outside_calendar
from perfrules.prove.checks.parts_of_events import parts_of_events
from perfrules.prove.checks.plugin_ranges import plugin_ranges
from perfrules.prove.checks.scores_leave_their_range import scores_leave_their_range
from perfrules.prove.checks.share_weights_negative import share_weights_negative
from perfrules.prove.checks.tally_limits import tallies_can_pass_full, tallies_saturate
from perfrules.prove.checks.unreachable_cases import unreachable_cases
from perfrules.prove.checks.zero_denominators import zero_denominators
from perfrules.prove.checks.zero_shares import zero_shares

Check = Callable[[Context], Iterator[Diagnostic]]

POSSIBLE: Final[tuple[Check, ...]] = (
    zero_denominators,
    zero_shares,
    band_holes,
    band_overlaps,
    curves_not_increasing,
    parts_of_events,
    amounts_can_be_negative,
    scores_leave_their_range,
    missing_unanswered,
    excluded_unanswered,
    irrational_domains,
    geometric_means_negative,
    tallies_saturate,
    tallies_can_pass_full,
    outside_calendar,
    absent_unanswered,
    empty_shares,
    share_weights_negative,
    plugin_ranges,
    arguments_outside_range,
)
"""What some data can show."""

SURE: Final[tuple[Check, ...]] = (unreachable_cases, never_change_total, checks_decided)
"""What no data can change."""
