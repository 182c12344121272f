"""What a plan asks of its data: the declared inputs, and the facts of one entity that satisfy them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from perfrules.lang.exact import Exact
from perfrules.lang.interval import Interval
from perfrules.lang.kinds import Kind
from perfrules.lang.states import State
from perfrules.text import Span


class WrittenAs(StrEnum):
    RATIO = "ratio"
    PERCENT = "percent"


@frozen
class Bounds:
    """The declared range of an input, in its declared unit (percent as proportions: 0.95; dates as their ordinals)."""

    low: Exact
    high: Exact
    low_closed: bool = True
    high_closed: bool = True


@frozen(kw_only=True)
class External:
    """Where a declared input comes from if not from the data: results of another ruleset, or of an earlier period.

    *alias* is the name by which `--results NAME=FILE` supplies them, empty for earlier results (`--previous FILE`);
    *output* is the output of that ruleset that names this ruleset's entities (None: the entity of the same name).
    *reads* is what is read of a result: `total`, `rounded total`, `grade`, a code, `CODE/measure`, `output.NAME` …
    """

    alias: str
    ruleset: str
    version: str | None = None
    output: str | None = None
    reads: str = ""


@frozen(kw_only=True)
class InputDeclaration:
    """One input, or one field of a table.

    *decimals* counts the decimals its data may have as written (of a percent: of the number before `%`); None: any.
    *fields* is not empty for a table only. *title* is the author's; *unit_text* is the unit as declared (`万元`, `%`),
    for people.
    """

    name: str
    title: str | None
    kind: Kind
    unit_text: str = ""
    decimals: int | None = None
    bounds: Bounds | None = None
    optional: bool = False
    source: str | None = None
    written_as: WrittenAs | None = None
    options: tuple[str, ...] = ()
    fields: tuple[InputDeclaration, ...] = ()
    external: External | None = None
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class JudgedDeclaration:
    """An indicator whose mark a person gives: data `CODE.level`, `CODE.mark`, `CODE.by`, `CODE.on`, `CODE.reason`."""

    code: str
    title: str | None
    levels: tuple[str, ...]


FactValue = Exact | bool | str | date | State | tuple[Mapping[str, "FactValue"], ...]


@frozen(kw_only=True)
class JudgedMark:
    """What a person decided so far; None for what is not there yet."""

    level: str | None = None
    mark: Exact | None = None
    by: str | None = None
    reason: str | None = None
    on: date | None = None


@frozen(kw_only=True)
class Override:
    """A person's replacement of a computed mark: all three are required."""

    value: Exact
    by: str
    why: str


@frozen(kw_only=True)
class CohortFact:
    """One entity's value of a cohort statistic: among how many it was taken, and which entities did not count.

    Of a refused statistic *absent* names those whose data were refused. *within*: where a pending number will lie, if
    more is known of it than what is declared.
    """

    value: Exact | bool | str | date | State
    count: int
    absent: tuple[str, ...] = ()
    within: Interval | None = None


@frozen(kw_only=True)
class Facts:
    """The data of one entity, read and checked against the declarations.

    *values* has every declared input: a value of its kind, or MISSING (only where optional) or PENDING. *judged* and
    *overrides* are keyed by the indicator's full code. *as_of* decides dated parameters; None where the plan needs
    none. *cohort* has the statistics across entities that are known so far, by node id.
    """

    entity: str
    values: Mapping[str, FactValue]
    judged: Mapping[str, JudgedMark] = field(factory=lambda: MappingProxyType({}))
    overrides: Mapping[str, Override] = field(factory=lambda: MappingProxyType({}))
    as_of: date | None = None
    cohort: Mapping[str, CohortFact] = field(factory=lambda: MappingProxyType({}))
