"""What a plan asks of its data: the declared inputs, and the facts of one entity that satisfy them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from perfrules.lang.exact import Exact
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
    span: Span | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class JudgedDeclaration:
    """An indicator whose mark a person gives: data `CODE.level`, `CODE.mark`, `CODE.by`, `CODE.reason`."""

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


@frozen(kw_only=True)
class Override:
    """A person's replacement of a computed mark: all three are required."""

    value: Exact
    by: str
    why: str


@frozen(kw_only=True)
class Facts:
    """The data of one entity, read and checked against the declarations.

    *values* has every declared input: a value of its kind, or MISSING (only where optional) or PENDING. *judged* and
    *overrides* are keyed by the indicator's full code. *as_of* decides dated parameters; None where the plan needs
    none.
    """

    entity: str
    values: Mapping[str, FactValue]
    judged: Mapping[str, JudgedMark] = field(factory=lambda: MappingProxyType({}))
    overrides: Mapping[str, Override] = field(factory=lambda: MappingProxyType({}))
    as_of: date | None = None
