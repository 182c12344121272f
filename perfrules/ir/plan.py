"""The plan: nodes in evaluation order, and a read-only outline of the rubric they come from."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import field, frozen

from perfrules.ir.asked_for import AskedFor
from perfrules.ir.expressions import Compare, Const, Expr, Origin
from perfrules.ir.inputs import InputDeclaration, JudgedDeclaration
from perfrules.lang.calendar import Calendar
from perfrules.lang.kinds import Kind
from perfrules.made_often import made_often
from perfrules.text import Span


class Role(StrEnum):
    """What a node is for. An indicator's nodes, in the order of evaluation, are MEASURE to FINAL."""

    PARAMETER = "parameter"
    LET = "let"
    FULL = "full"
    APPLIES = "applies"
    MEASURE = "measure"
    SCORE = "score"
    HELD = "held"
    ROUNDED = "rounded"
    OVERRIDDEN = "overridden"
    VETO = "veto"
    FINAL = "final"
    LIGHT = "light"
    TOTAL = "total"
    TOTAL_ROUNDED = "rounded total"
    GRADE = "grade"
    DECISION = "decision"
    ALERT = "alert"
    OUTPUT = "output"
    FLAG = "flag"
    COHORT = "cohort"
    COHORT_PART = "cohort part"
    CHECK = "check"


@made_often
@frozen(kw_only=True)
class Node:
    """A named value.

    Ids: `A.A1/measure`, `A.A1/score` (method's result, after `applies` and the missing policy), `A.A1/held`,
    `A.A1/rounded`, `A.A1/overridden`, `A.A1/veto.1` (a condition), `A.A1` (FINAL: after veto; present for every
    indicator with marks, also where it only repeats the stage before), `A.A1/full`, `A.A1/light`; `param.x`, `let.x`
    (`A.A1/let.x` inside an indicator); `total/combined`, `total/held`, `total/veto.1`, `total` (after vetoes,
    unrounded), `rounded total`; `grade/reached`, `grade/veto.1`, `grade`; `decision.x`, `alert.x`, `output.x`,
    `flag.x`; `cohort.1` and what it is made of (`cohort.1/of`, `/where`, `/group.1`, `/pool`, `/at`, `/empty`);
    `check.1` (true where it is fulfilled), of a comparison also `check.1/left` and `check.1/right`. A `~`
    at the end marks the value before any veto, where that differs; only conditions of vetoes read those.
    Stages that do nothing are left out, except FINAL.
    """

    id: str
    role: Role
    expr: Expr
    kind: Kind = field(eq=False)
    indicator: str | None = None
    origin: Origin = field(eq=False, default=Origin("expression"))


@made_often
@frozen(kw_only=True)
class Edge:
    """Node *source* is read by node *target*; *span* is where the author wrote the reading."""

    source: str
    target: str
    span: Span | None = field(default=None, eq=False)


class MarksStyle(StrEnum):
    POINTS = "points"
    WEIGHT = "weight"
    BONUS = "bonus"
    NONE = "none"


@frozen(kw_only=True)
class OutlineItem:
    """One indicator as the rubric shows it. *amount_text* as written (`10 points`, `weight 30%`). *nodes* names its
    node ids by role.
    """

    code: str
    short: str
    title: str | None
    style: MarksStyle
    amount_text: str
    children: tuple[OutlineItem, ...]
    rule_text: str = ""
    method: str = ""
    evidence: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    missing_policy: str = ""
    definition: str | None = None
    span: Span | None = field(default=None, eq=False)


@frozen(kw_only=True)
class VetoOutline:
    """A veto's condition node, its reason and what it does (`zero`, `total 0`, `grade`, `grade at most`, `flag`)."""

    node: str
    indicator: str | None
    reason: str
    effect: str
    name: str | None = None


@frozen(kw_only=True)
class Deadline:
    """A time limit as facts for the caller: how long, after what, and what happens otherwise.

    *length* is a constant; None where it is *written* as something longer.
    """

    length: Const | None
    written: str
    event: str
    otherwise: str


@frozen(kw_only=True)
class ResultOutline:
    """A decision, alert or output: its name, title and node; of a decision also its deadline."""

    name: str
    title: str | None
    node: str
    deadline: Deadline | None = None


@frozen(kw_only=True)
class CheckOutline:
    """A check of the data: its node, its title, whether it only warns.

    Of a comparison *left* and *right* are the nodes of its sides (numbers in one unit), so that both, and of numbers
    the residual left − right, can be told. Of a check of records the node's expression is an ALL over the table, and
    *comparison* the condition in it, where that is a comparison.
    """

    node: str
    title: str
    warning: bool
    left: str | None = None
    right: str | None = None
    comparison: Compare | None = None
    span: Span | None = field(default=None, eq=False)


@frozen(kw_only=True)
class SourceIdentity:
    """A file a ruleset is made of: its kind (`ruleset`, `library`, `table`), name, version, SHA-256 of its text."""

    kind: str
    name: str
    version: str | None
    digest: str


@frozen(kw_only=True)
class Ancestor:
    """A ruleset that a plan is made of: its own or one that it extends.

    *texts* has the SHA-256 of its text, its lists of indicators and its libraries, by their names in spans.
    """

    name: str
    version: str | None
    texts: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def identity(self) -> tuple[str, str | None, frozenset[str]]:
        """What is equal where the ruleset is the same, wherever its files lie."""
        return self.name, self.version, frozenset(digest for _, digest in self.texts)


@frozen(kw_only=True)
class PluginIdentity:
    """A plug-in a ruleset uses, or that read its data."""

    kind: str
    name: str
    version: str
    digest: str


@frozen(kw_only=True)
class Rubric:
    """What a ruleset says once its names are looked up: declarations, nodes, the outline, what follows from the result.

    *source_hash* is over the text. *as_of_default* decides dated parameters (the end of `effective`); None: the caller
    must say, if *as_of_dates*, the starts at which some parameter changes, is not empty. *lineage* has the ruleset
    itself, then what it extends, the nearest first.
    """

    name: str
    title: str | None
    version: str | None
    source_hash: str
    authority: tuple[str, ...]
    citations: tuple[str, ...]
    effective: tuple[date, date] | None
    entity_name: str
    entity_title: str | None
    inputs: tuple[InputDeclaration, ...]
    judged: tuple[JudgedDeclaration, ...]
    nodes: tuple[Node, ...]
    outline: tuple[OutlineItem, ...]
    vetoes: tuple[VetoOutline, ...]
    grades: tuple[str, ...]
    grade_stage: str | None
    total_full: Expr | None
    decisions: tuple[ResultOutline, ...]
    alerts: tuple[ResultOutline, ...]
    outputs: tuple[ResultOutline, ...]
    flags: tuple[str, ...]
    as_of_dates: tuple[date, ...]
    as_of_default: date | None
    calendar: Calendar | None
    checks: tuple[CheckOutline, ...] = ()
    sources: tuple[SourceIdentity, ...] = ()
    plugins: tuple[PluginIdentity, ...] = ()
    lineage: tuple[Ancestor, ...] = ()

    @property
    def data_inputs(self) -> tuple[InputDeclaration, ...]:
        """The inputs that are in the data; the others are read of results."""
        return tuple(each for each in self.inputs if each.external is None)


@frozen(kw_only=True)
class Plan(Rubric):
    """A compiled ruleset: everything a back end needs, nothing of the syntax.

    *nodes* are in evaluation order: dependencies first, ties by id, independent of the hash seed. *compiled_hash* is
    over the meaning (independent of formatting and keyword language), and worked out when it is first asked for.
    """

    language_version: str
    _compiled_hash: str | AskedFor = field(eq=str, alias="compiled_hash")
    edges: tuple[Edge, ...]

    @property
    def compiled_hash(self) -> str:
        """The SHA-256 of the meaning."""
        return str(self._compiled_hash)
