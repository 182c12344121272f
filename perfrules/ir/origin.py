"""What every core expression carries: the kind of its value, and where it comes from."""

from __future__ import annotations

from attrs import field, frozen

from perfrules.lang.kinds import Kind, Number
from perfrules.text import Span


@frozen
class Origin:
    """Where an expression comes from: the construct the author wrote, the part it plays there, and its text's place.

    `construct` is one of the glossary's words in lower case (`tally line`, `curve`, `band`, `case`, `input`,
    `expression`, `missing policy`, `applies`, `limits`, `rounding`, `veto`, `combine`, `parameter`, `grade` …); `role`
    says which part (`subject`, `reference`, `step`, `amount`, `cap`, `value`, `condition` …); `title` is the author's
    own title, if any.
    """

    construct: str
    role: str = ""
    span: Span | None = None
    title: str | None = None


@frozen(kw_only=True)
class Core:
    """What every core expression carries: the kind of its value and its origin. Neither takes part in equality."""

    kind: Kind = field(eq=False, repr=False, factory=Number)
    origin: Origin = field(eq=False, repr=False, default=Origin("expression"))
