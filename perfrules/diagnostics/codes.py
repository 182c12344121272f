"""The public names of everything perfrules can report, and how severe each is.

A code is a name and is never reused: it is the value here, the key in the message catalogues and the page in
the reference. The arguments of each code are the placeholders of its message in
``perfrules/locale/en/LC_MESSAGES/diagnostics.po``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Severity(StrEnum):
    """How much a problem matters: an error stops the use of a ruleset or of an entity's data."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(StrEnum):
    """The kinds of problem, by public name."""

    # The text itself.
    SYNTAX_ERROR = "syntax-error"
    UNCLOSED_BLOCK = "unclosed-block"
    UNEXPECTED_CHARACTER = "unexpected-character"
    INVISIBLE_CHARACTER = "invisible-character"
    UNSUPPORTED_LINE_END = "unsupported-line-end"
    NOT_UTF_8 = "not-utf-8"
    FILE_TOO_LARGE = "file-too-large"
    NESTING_TOO_DEEP = "nesting-too-deep"
    NUMBER_WITH_COMMA = "number-with-comma"
    BARE_ROUNDING_DIRECTION = "bare-rounding-direction"
    NAME_NEEDS_BRACKETS = "name-needs-brackets"
    RESERVED_WORD = "reserved-word"
    WRONG_PLACE = "wrong-place"
    TWICE_STATED = "twice-stated"
    MISSING_CLAUSE = "missing-clause"

    # Names.
    UNKNOWN_NAME = "unknown-name"
    AMBIGUOUS_NAME = "ambiguous-name"
    DUPLICATE_NAME = "duplicate-name"
    LOOK_ALIKE_NAMES = "look-alike-names"
    CYCLE = "cycle"

    # Units and kinds.
    KINDS_DIFFER = "kinds-differ"
    PERCENT_WITH_PERCENTAGE_POINTS = "percent-with-percentage-points"
    PER_PERCENT_AMBIGUOUS = "per-percent-ambiguous"
    NUMBER_WITH_PERCENT = "number-with-percent"
    WRONG_NUMBER_OF_VALUES = "wrong-number-of-values"
    TYPE_MISMATCH_IN_TEST = "type-mismatch-in-test"
    ENTITY_UNNAMED = "entity-unnamed"

    # Marks and weights.
    MARKS_DO_NOT_ADD_UP = "marks-do-not-add-up"
    WEIGHTS_NOT_WHOLE = "weights-not-whole"
    MIXED_AMOUNTS = "mixed-amounts"
    WEIGHT_NOT_POSITIVE = "weight-not-positive"
    CEILING_UNSTATED = "ceiling-unstated"

    # Scoring rules.
    PART_UNIT_UNSTATED = "part-unit-unstated"
    NEGATIVE_AMOUNT = "negative-amount"
    ROUNDING_AMBIGUOUS = "rounding-ambiguous"
    BAND_HOLE = "band-hole"
    BAND_OVERLAP = "band-overlap"
    UNREACHABLE_CASE = "unreachable-case"
    CURVE_NOT_INCREASING = "curve-not-increasing"
    ZERO_DENOMINATOR = "zero-denominator"
    SCORE_LEAVES_ITS_RANGE = "score-leaves-its-range"
    IRRATIONAL_DOMAIN = "irrational-domain"
    GEOMETRIC_MEAN_NEGATIVE = "geometric-mean-negative"
    EMPTY_RANGE = "empty-range"

    # Cases the author has to answer.
    MISSING_UNANSWERED = "missing-unanswered"
    EXCLUDED_UNANSWERED = "excluded-unanswered"
    EMPTY_UNANSWERED = "empty-unanswered"
    PARAMETER_UNANSWERED = "parameter-unanswered"
    DATES_OUT_OF_ORDER = "dates-out-of-order"
    AS_OF_NEEDED = "as-of-needed"
    CALENDAR_NEEDED = "calendar-needed"
    OUTSIDE_CALENDAR = "outside-calendar"

    # Stages and grades.
    STAGE_UNSTATED = "stage-unstated"
    UNKNOWN_STAGE = "unknown-stage"
    GRADE_ORDER = "grade-order"

    # Files that build on one another.
    LIBRARY_NOT_FOUND = "library-not-found"
    HEADER_MISMATCH = "header-mismatch"
    VERSION_CONFLICT = "version-conflict"
    FILE_CYCLE = "file-cycle"
    SLOT_UNFILLED = "slot-unfilled"
    OVERLAY_BASE_MOVED = "overlay-base-moved"
    DEFINITION_NOT_CLOSED = "definition-not-closed"
    EXPANSION_TOO_LARGE = "expansion-too-large"
    PLUGIN_NOT_INSTALLED = "plugin-not-installed"
    PLUGIN_NOT_ALLOWED = "plugin-not-allowed"
    PLUGIN_FAULT = "plugin-fault"

    # Across entities, other results.
    ABSENT_UNANSWERED = "absent-unanswered"
    TIES_UNANSWERED = "ties-unanswered"
    PERCENTILE_OUT_OF_RANGE = "percentile-out-of-range"
    POOL_NOT_SHARED = "pool-not-shared"
    POOL_NOT_WHOLE = "pool-not-whole"
    SHARE_WEIGHT_NEGATIVE = "share-weight-negative"
    COHORT_NEEDED = "cohort-needed"
    STATISTIC_REFUSED = "statistic-refused"
    NO_COMMON_BASE = "no-common-base"
    STATISTIC_DIFFERS = "statistic-differs"
    STATISTIC_UNEXPECTED = "statistic-unexpected"
    RESULTS_NEEDED = "results-needed"
    RESULTS_OF_ANOTHER = "results-of-another"
    RESULTS_REFUSED = "results-refused"

    # Worth a look.
    AMOUNT_CAN_BE_NEGATIVE = "amount-can-be-negative"
    TALLY_SATURATES = "tally-saturates"
    TALLY_CAN_PASS_FULL = "tally-can-pass-full"
    UNUSED_INPUT = "unused-input"
    UNUSED_NAME = "unused-name"
    INPUT_WITHOUT_RANGE = "input-without-range"
    NEVER_CHANGES_TOTAL = "never-changes-total"
    PARAMETER_OLDER_THAN_PERIOD = "parameter-older-than-period"
    OVERLAY_CHANGES_NOTHING = "overlay-changes-nothing"
    CHECK_DECIDED = "check-decided"
    ARGUMENT_OUTSIDE_RANGE = "argument-outside-range"

    # The ruleset's own tests.
    TEST_FAILS = "test-fails"

    # Data.
    DATA_MISSING = "data-missing"
    DATA_UNKNOWN_COLUMN = "data-unknown-column"
    DATA_DUPLICATE_COLUMN = "data-duplicate-column"
    DATA_AMBIGUOUS_COLUMN = "data-ambiguous-column"
    DATA_NO_ENTITY_COLUMN = "data-no-entity-column"
    DATA_UNKNOWN_ENTITY = "data-unknown-entity"
    DATA_DUPLICATE_ENTITY = "data-duplicate-entity"
    DATA_NOT_A_NUMBER = "data-not-a-number"
    DATA_OUTSIDE_RANGE = "data-outside-range"
    DATA_MISPLACED_MULTIPLIER = "data-misplaced-multiplier"
    DATA_TOO_FINE = "data-too-fine"
    DATA_WRONG_UNIT = "data-wrong-unit"
    DATA_BARE_NUMBER_IN_PERCENT = "data-bare-number-in-percent"
    DATA_NOT_AN_OPTION = "data-not-an-option"
    DATA_NOT_A_DATE = "data-not-a-date"
    DATA_NOT_YES_NO = "data-not-yes-no"
    DATA_UNREADABLE = "data-unreadable"
    DATA_UNIT_CONVERTED = "data-unit-converted"
    DATA_JUDGED_OUTSIDE_LIMITS = "data-judged-outside-limits"
    DATA_OVERRIDE_INCOMPLETE = "data-override-incomplete"
    DATA_TOO_LARGE = "data-too-large"
    DATA_NEEDS_LIBRARY = "data-needs-library"
    DATA_CHECK_FAILED = "data-check-failed"
    DATA_CHECK_DOUBTFUL = "data-check-doubtful"
    DATA_CHECK_UNDECIDED = "data-check-undecided"

    # Tables of results.
    RESULT_TOO_LARGE = "result-too-large"


_WARNINGS: Final = frozenset(
    {
        Code.AMOUNT_CAN_BE_NEGATIVE,
        Code.TALLY_SATURATES,
        Code.TALLY_CAN_PASS_FULL,
        Code.UNUSED_INPUT,
        Code.UNUSED_NAME,
        Code.INPUT_WITHOUT_RANGE,
        Code.NEVER_CHANGES_TOTAL,
        Code.PARAMETER_OLDER_THAN_PERIOD,
        Code.OVERLAY_CHANGES_NOTHING,
        Code.CHECK_DECIDED,
        Code.ARGUMENT_OUTSIDE_RANGE,
        Code.DATA_CHECK_DOUBTFUL,
        Code.DATA_CHECK_UNDECIDED,
    }
)
_NOTES: Final = frozenset({Code.DATA_UNIT_CONVERTED})


def _severity(code: Code) -> Severity:
    if code in _WARNINGS:
        return Severity.WARNING
    return Severity.NOTE if code in _NOTES else Severity.ERROR


SEVERITY: Final[Mapping[Code, Severity]] = MappingProxyType({code: _severity(code) for code in Code})
