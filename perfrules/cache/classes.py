"""The closed list of classes that a kept ruleset is made of, and how each is taken apart and made again.

Nothing that is not listed is ever written, and nothing else is ever made of what is read. The words of enumerations are
written as such: the field that holds one says of which enumeration it is.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any, Final

from attrs import Attribute, fields, frozen

from perfrules import diagnostics as told
from perfrules.ir import expressions as core
from perfrules.ir import inputs, plan, ruletests
from perfrules.ir.marks import Between
from perfrules.ir.origin import Given
from perfrules.lang import kind_classes as kinds
from perfrules.lang import rounding
from perfrules.lang.calendar import Calendar
from perfrules.lang.interval import Interval
from perfrules.lang.units import Unit

VALUES: Final[tuple[type, ...]] = (
    kinds.Number,
    kinds.Ratio,
    kinds.Percent,
    kinds.PercentagePoints,
    kinds.Points,
    kinds.Quantity,
    kinds.YesNo,
    kinds.Choice,
    kinds.Text,
    kinds.Date,
    kinds.Table,
    kinds.Grade,
    kinds.Level,
    kinds.Lights,
    kinds.Unknown,
    Unit,
    rounding.Rounding,
    rounding.Decimals,
    rounding.Significant,
    rounding.ToStep,
    Given,
)
"""Of these, equals are written once."""

EXPRESSIONS: Final[tuple[type, ...]] = (
    core.Const,
    core.StateConst,
    core.Input,
    core.FieldOf,
    core.NodeRef,
    core.Arith,
    core.Parts,
    core.Compare,
    core.Logic,
    core.Select,
    core.IsState,
    core.Recover,
    core.Steps,
    core.Lines,
    core.Ledger,
    core.Clamp,
    core.Round,
    core.Irrational,
    core.DateDifference,
    core.TableAggregate,
    core.Judged,
    core.Overridable,
    core.Combine,
    core.Demote,
    core.Dated,
    core.WorstLight,
    core.CohortAggregate,
)
"""Of these, each object is written once, and equals stay apart. What plug-ins compute is not among them."""

OTHERS: Final[tuple[type, ...]] = (
    Between,
    core.Among,
    core.Step,
    core.LedgerLine,
    core.JudgedLevel,
    core.Member,
    core.GradeVeto,
    core.Trimming,
    core.WrittenAt,
    Interval,
    Calendar,
    plan.Node,
    plan.Edge,
    plan.OutlineItem,
    plan.VetoOutline,
    plan.Deadline,
    plan.ResultOutline,
    plan.CheckOutline,
    plan.SourceIdentity,
    plan.Ancestor,
    inputs.InputDeclaration,
    inputs.Bounds,
    inputs.External,
    inputs.JudgedDeclaration,
    inputs.JudgedMark,
    inputs.Override,
    inputs.CohortFact,
    inputs.Facts,
    ruletests.RuleTest,
    ruletests.Expected,
    ruletests.ExamplePlace,
    told.Diagnostic,
    told.Labelled,
    told.Fix,
    told.Edit,
    told.DataPlace,
)

CLASSES: Final = (*VALUES, *EXPRESSIONS, *OTHERS)

PLACED: Final = frozenset((*EXPRESSIONS, plan.Node))
"""These have a kind and an origin, most of what a plan holds: both stand in front, without lists of their own."""

ENUMS: Final[tuple[type[StrEnum], ...]] = (
    told.Code,
    plan.Role,
    plan.MarksStyle,
    inputs.WrittenAs,
    core.ArithOp,
    core.CompareOp,
    core.LogicOp,
    core.IrrationalFunction,
    core.AggregateOp,
    core.CohortOp,
    core.TiesRule,
    core.PercentileMethod,
    core.PartsRule,
    core.CombineOp,
    core.ShareRule,
    rounding.Mode,
)


@frozen(kw_only=True)
class Shape:
    """How an object is taken apart: its fields, those that are given by position first; kind and origin are left out
    where they stand in front.

    *words* has the members, by their words, of the enumeration that a field is of, by the field's place.
    """

    positional: tuple[str, ...]
    named: tuple[str, ...]
    words: tuple[tuple[int, dict[str, StrEnum]], ...]
    take_apart: Callable[[Any], tuple[Any, ...]]


@cache
def shape_of(cls: type) -> Shape:
    """Return the shape of a class."""
    apart = ("kind", "origin") if cls in PLACED else ()
    listed = [each for each in fields(cls) if each.init and each.name not in apart]
    ordered = sorted(listed, key=lambda each: each.kw_only)
    enums = {each.__name__: {member.value: member for member in each} for each in ENUMS}
    words = ((place, enums.get(type_name(each))) for place, each in enumerate(ordered))
    return Shape(
        positional=tuple(each.name for each in ordered if not each.kw_only),
        named=tuple(each.name for each in ordered if each.kw_only),
        words=tuple((place, members) for place, members in words if members is not None),
        take_apart=_getter([each.name for each in ordered]),
    )


def maker_of(cls: type) -> Callable[..., Any]:
    """Return what makes an object of the class of its values, in the order of its shape, and of what was apart."""
    shape = shape_of(cls)
    named, words = shape.named, shape.words
    end = len(shape.positional)

    def make(values: list[Any], **apart: Any) -> Any:
        for place, members in words:
            word = values[place]
            if word is not None:
                values[place] = members[word]
        return cls(*values[:end], **dict(zip(named, values[end:], strict=True)), **apart)

    if named or words:
        return make
    return lambda values, **apart: cls(*values, **apart)


def type_name(field: Attribute[Any]) -> str:
    """Return the name of a field's type, without what allows None."""
    written = field.type if isinstance(field.type, str) else getattr(field.type, "__name__", str(field.type))
    return written.removesuffix(" | None")


def _getter(names: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    get = attrgetter(*names) if names else None
    if get is None:
        return lambda _: ()
    return get if len(names) > 1 else lambda whole: (get(whole),)
