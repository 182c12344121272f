"""What a name can stand for, each with the place where it was declared."""

from __future__ import annotations

from attrs import frozen

from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.kinds import Kind
from perfrules.syntax.ast import clauses, declarations
from perfrules.text import Span


@frozen(kw_only=True)
class InputSymbol:
    """`input spent : 万元`."""

    name: str
    span: Span
    declaration: InputDeclaration

    @property
    def kind(self) -> Kind:
        """The declared kind."""
        return self.declaration.kind


@frozen(kw_only=True)
class TableSymbol:
    """`table projects { … }`; its fields are declared like inputs."""

    name: str
    span: Span
    declaration: InputDeclaration

    @property
    def kind(self) -> Kind:
        """The kind of the whole table."""
        return self.declaration.kind

    def field(self, name: str) -> InputDeclaration | None:
        """Return the field of that name."""
        return next((each for each in self.declaration.fields if each.name == name), None)


@frozen(kw_only=True)
class FieldVariable:
    """`p` in `p.amount for p in projects`: one record of a table."""

    name: str
    span: Span
    table: TableSymbol


@frozen(kw_only=True)
class ParameterSymbol:
    """`param pass_mark : % = 60%`; its node is `param.pass_mark`."""

    name: str
    span: Span
    kind: Kind
    tree: declarations.Parameter

    @property
    def id(self) -> str:
        """The node's id."""
        return f"param.{self.name}"


@frozen(kw_only=True)
class ScheduleSymbol:
    """`schedule expected : % of month { … }`, called like a function."""

    name: str
    span: Span
    kind: Kind
    tree: declarations.Schedule


@frozen(kw_only=True)
class LetSymbol:
    """`let rate = …` in the ruleset (*owner* is empty) or in the indicator whose path is *owner*."""

    name: str
    span: Span
    owner: str
    tree: clauses.Let

    @property
    def id(self) -> str:
        """The node's id."""
        return f"{self.owner}/let.{self.name}" if self.owner else f"let.{self.name}"


@frozen(kw_only=True)
class IndicatorSymbol:
    """An indicator: *path* is its full code `A.A1`, *short* its own `A1`, *parent* the path around it (empty: none).

    *levels* are the levels of a judged indicator, in the order written. *measure* is its measure clause. *has_marks*:
    it has an amount or a score, or a child has marks.
    """

    path: str
    short: str
    parent: str
    span: Span
    tree: clauses.Indicator
    children: tuple[str, ...]
    has_marks: bool
    measure: clauses.Measure | None
    levels: tuple[str, ...] = ()
    has_light: bool = False


@frozen(kw_only=True)
class OutputSymbol:
    """`output take_back : 万元 = …`, which only tests can name."""

    name: str
    span: Span
    kind: Kind
    tree: declarations.Output


@frozen(kw_only=True)
class AlertSymbol:
    """`alert progress { … }`; *colours* are those that its lines name."""

    name: str
    span: Span
    title: str | None
    colours: tuple[str, ...]


@frozen(kw_only=True)
class ResultsSymbol:
    """`results self from pinghu.self`: the one result of the same entity; *fields* are named as after the dot.

    *known* is false where that ruleset could not be looked at, which is reported elsewhere.
    """

    name: str
    span: Span
    fields: tuple[InputDeclaration, ...]
    known: bool = True


PlainSymbol = InputSymbol | TableSymbol | ParameterSymbol | ScheduleSymbol | ResultsSymbol
Symbol = PlainSymbol | LetSymbol | FieldVariable | IndicatorSymbol | OutputSymbol
