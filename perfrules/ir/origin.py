"""What every core expression carries: the kind of its value, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from attrs import field, frozen

from perfrules.lang.interval import Interval
from perfrules.lang.kinds import Kind, Number
from perfrules.made_often import made_often
from perfrules.text import Span

if TYPE_CHECKING:
    from perfrules.ir.expressions import Expr


class MethodCall(Protocol):
    """A call of a plug-in's method: what it was given, and how it says in words what it made of that."""

    @property
    def name(self) -> str:
        """The method's name."""
        ...

    @property
    def arguments(self) -> tuple[Expr, ...]:
        """The values it was given."""
        ...

    def sentence(self, language: str, values: tuple[tuple[object, str], ...], result: tuple[object, str]) -> str | None:
        """Return a sentence about values, each with how it reads in *language*; None where the plug-in has none."""
        ...


@frozen
class Given:
    """What was given at *span* for a parameter of a definition, which was checked for values in *range* only.

    The range is in the unit of what was given; it is declared at *declared*.
    """

    definition: str
    parameter: str
    range: Interval
    span: Span
    declared: Span


@made_often
@frozen
class Origin:
    """Where an expression comes from: the construct the author wrote, the part it plays there, and its text's place.

    `construct` is one of the glossary's words in lower case (`tally line`, `curve`, `band`, `case`, `input`,
    `expression`, `missing policy`, `applies`, `limits`, `rounding`, `veto`, `combine`, `parameter`, `grade` …); `role`
    says which part (`subject`, `reference`, `step`, `amount`, `cap`, `value`, `condition` …); `title` is the author's
    own title, if any. *call* is of the expression that a plug-in's method made. *given* says for which parameters the
    expression stands, the outermost definition's first.
    """

    construct: str
    role: str = ""
    span: Span | None = None
    title: str | None = None
    call: MethodCall | None = field(default=None, eq=False, repr=False)
    given: tuple[Given, ...] = field(default=(), eq=False, repr=False)


@frozen(kw_only=True)
class Core:
    """What every core expression carries: the kind of its value and its origin. Neither takes part in equality."""

    kind: Kind = field(eq=False, repr=False, factory=Number)
    origin: Origin = field(eq=False, repr=False, default=Origin("expression"))
