"""Trees of rulesets as the parser can make them: every construct, awkward names, texts and numbers.

Spans are all the same; equality ignores them. What no text can say is never made, such as a text with a line break.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep
from perfrules.syntax.ast import clauses as c
from perfrules.syntax.ast import declarations as d
from perfrules.syntax.ast import expressions as e
from perfrules.syntax.ast import scoring as s
from perfrules.syntax.ast.ruleset import Ruleset
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span

T = TypeVar("T")

SPAN = Span("generated", 0, 0)
HERE = st.just(SPAN)

PLAIN_NAMES = ["a", "spent", "预算", "A1", "x_1", "état", "persons", "工作日"]
AWKWARD_NAMES = [
    "1.1",
    "A-1",
    "total",
    "计量",
    "扣1",
    "rate",
    "得分率",
    "level",
    "one",
    "exact",
    "up",
    "population",
    "curve",
    "两 个",
    "(一)",
    "#",
    '"',
    "a{b",
    "count",
    "max",
    "_x",
]
RECORDS = ["p", "v"]

names = st.builds(Name, text=st.sampled_from(PLAIN_NAMES + AWKWARD_NAMES), span=HERE)
record_names = st.builds(Name, text=st.sampled_from(RECORDS), span=HERE)
texts = st.builds(Text, value=st.text('ab "”“{}#;，。预算:->1%【】\\', max_size=8), span=HERE)
titles = st.none() | texts
dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))

_digits = st.sampled_from(["0", "1", "2", "5", "10", "100", "0.5", "1_000", "12.25", "007", "3.50"])


def _number(digits: str, form: e.NumberForm) -> e.Number:
    hundredths = form in (e.NumberForm.PERCENT, e.NumberForm.PERCENTAGE_POINTS)
    value = Exact(digits.replace("_", "")) / (100 if hundredths else 1)
    return e.Number(value=value, form=form, digits=digits, span=SPAN)


def _quantity(digits: str, unit: Name) -> e.Quantity:
    return e.Quantity(value=Exact(digits.replace("_", "")), digits=digits, unit=unit, span=SPAN)


numbers = st.builds(_number, _digits, st.sampled_from(e.NumberForm))
plain_numbers = st.builds(_number, _digits, st.just(e.NumberForm.PLAIN))
quantities = st.builds(_quantity, _digits, names)
literals = st.one_of(
    numbers,
    quantities,
    texts,
    st.builds(e.DateLiteral, value=dates, span=HERE),
    st.builds(e.YesNo, value=st.booleans(), span=HERE),
)
paths = st.lists(names, min_size=1, max_size=3).map(tuple)
record_fields = st.builds(e.Reference, path=st.tuples(record_names, names), attribute=st.none(), span=HERE)
references = st.builds(e.Reference, path=paths, attribute=st.none() | st.sampled_from(e.Attribute), span=HERE)
_leaves = st.one_of(literals, references, record_fields, st.builds(e.Reserved, word=st.sampled_from(e.Word), span=HERE))

roundings = st.builds(
    Rounding,
    st.sampled_from(Mode),
    st.one_of(
        st.builds(Decimals, st.integers(-3, 6)),
        st.builds(Significant, st.integers(1, 9)),
        st.builds(ToStep, st.sampled_from([Exact(1, 2), Exact(5), Exact(1, 1000)])),
    ),
)
_SHARED = ["sum", "count", "mean", "min", "max", "median", "share", "any", "all"]
_TRIMS = st.builds(e.Trim, high=st.integers(0, 3), low=st.integers(0, 3), at_least=st.integers(1, 9), span=HERE)


def _ranges(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.Range]:
    return st.builds(e.Range, low=inner, high=inner, low_closed=st.booleans(), high_closed=st.booleans(), span=HERE)


def _one_ofs(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.OneOf]:
    return st.builds(e.OneOf, options=st.lists(inner, min_size=1, max_size=3).map(tuple), span=HERE)


def _aggregates(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.Aggregate]:
    parts = {
        "variable": record_names,
        "table": names,
        "where": st.none() | inner,
        "trim": st.none() | _TRIMS,
        "skipping_missing": st.booleans(),
        "empty": st.none() | inner | st.sampled_from(e.StateWord),
        "span": HERE,
    }
    counted = st.builds(e.Aggregate, function=st.just(e.AggregateFunction.COUNT), **parts)
    return counted | st.builds(e.Aggregate, function=st.sampled_from(e.AggregateFunction), body=inner, **parts)


def _compound(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.Expression]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    shared = st.builds(Name, text=st.sampled_from(_SHARED), span=HERE)
    return st.one_of(
        st.builds(e.Unary, operator=st.sampled_from(e.UnaryOperator), operand=inner, span=HERE),
        st.builds(e.Binary, operator=st.sampled_from(e.BinaryOperator), left=inner, right=inner, span=HERE),
        st.builds(e.Inside, subject=inner, choices=_ranges(inner) | _one_ofs(inner), span=HERE),
        st.builds(e.IsState, subject=inner, state=st.sampled_from(e.StateWord), span=HERE),
        st.builds(e.Conditional, condition=inner, then=inner, otherwise=inner, span=HERE),
        st.builds(e.Call, function=names | shared, arguments=some, span=HERE),
        st.builds(e.RoundTo, operand=inner, rounding=roundings, span=HERE),
        _aggregates(inner),
    )


expressions = st.recursive(_leaves, _compound, max_leaves=6)
ranges = _ranges(expressions)
maybe = st.none() | expressions

# Scoring

_COMPARISONS = st.sampled_from(s.Comparison)
edges = st.one_of(
    st.builds(s.Threshold, comparison=_COMPARISONS, value=expressions, span=HERE),
    ranges,
    _one_ofs(expressions),
    st.builds(s.Otherwise, span=HERE),
)
betweens = st.builds(s.Between, low=expressions, high=expressions, span=HERE)
limits = st.none() | betweens | st.builds(s.Unbounded, span=HERE)
curve_points = st.builds(s.CurvePoint, x=expressions, y=expressions, span=HERE)
subjects = st.one_of(
    st.builds(
        s.Distance, subject=expressions, direction=st.sampled_from(s.Direction), reference=expressions, span=HERE
    ),
    st.builds(s.Records, variable=record_names, table=names, where=maybe, once_per=maybe, span=HERE),
    st.builds(s.Subjects, values=st.lists(expressions, min_size=1, max_size=3).map(tuple), span=HERE),
    st.builds(s.When, condition=expressions, span=HERE),
)


def _several(inner: st.SearchStrategy[T], least: int = 1) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(inner, min_size=least, max_size=3).map(tuple)


_counted = {
    "subject": subjects,
    "effect": st.sampled_from([s.Effect.LESS, s.Effect.PLUS]),
    "amount": expressions,
    "at_most": maybe,
    "unless": maybe,
    "title": titles,
    "span": HERE,
}
_pers = st.builds(s.Per, parts=st.none() | st.sampled_from(s.Parts), step=expressions, span=HERE)
tally_lines = st.one_of(
    st.builds(s.TallyLine, each=st.booleans(), **_counted),
    st.builds(s.TallyLine, per=_pers, **_counted),
    st.builds(s.TallyLine, subject=subjects, effect=st.just(s.Effect.ZERO), title=titles, unless=maybe, span=HERE),
)
_inner_tallies = st.builds(
    s.Tally, base=expressions, lines=_several(tally_lines), limits=limits, title=titles, span=HERE
)
scores = st.one_of(
    st.builds(s.ScoreExpression, value=expressions, limits=limits, span=HERE),
    st.builds(s.Curve, subject=expressions, points=_several(curve_points), limits=limits, span=HERE),
    st.builds(
        s.Bands,
        subject=expressions,
        bands=_several(st.builds(s.Band, edge=edges, value=expressions, title=titles, span=HERE)),
        limits=limits,
        span=HERE,
    ),
    st.builds(
        s.Cases,
        cases=_several(st.builds(s.Case, condition=maybe, value=expressions, title=titles, span=HERE)),
        limits=limits,
        span=HERE,
    ),
    st.builds(
        s.Judged,
        levels=_several(st.builds(s.Level, name=texts, marks=ranges | expressions, span=HERE)),
        limits=limits,
        span=HERE,
    ),
    st.builds(s.Tally, base=expressions, lines=_several(tally_lines | _inner_tallies), limits=limits, span=HERE),
)

# Clauses

_targets = st.builds(e.Reference, path=paths, span=HERE)
_marks = plain_numbers | _targets
_weights = st.builds(_number, _digits, st.sampled_from([e.NumberForm.PLAIN, e.NumberForm.PERCENT]))
amounts = st.one_of(
    st.builds(c.Amount, style=st.sampled_from([c.AmountStyle.POINTS, c.AmountStyle.BONUS]), value=_marks, span=HERE),
    st.builds(c.Amount, style=st.just(c.AmountStyle.WEIGHT), value=_weights | _targets, span=HERE),
)
_fallbacks = st.sampled_from(c.Fallback) | expressions.filter(
    lambda tree: not (isinstance(tree, e.Reserved) and tree.word is e.Word.FULL)
)
_lights = _several(st.builds(c.Light, colour=st.sampled_from(c.Colour), condition=maybe, span=HERE))
_NAMED_EFFECTS = [c.VetoEffect.GRADE, c.VetoEffect.GRADE_AT_MOST, c.VetoEffect.FLAG]
_veto = {"condition": expressions, "reason": titles, "span": HERE}
vetoes = st.one_of(
    st.builds(c.Veto, effect=st.sampled_from([c.VetoEffect.ZERO, c.VetoEffect.TOTAL_ZERO]), **_veto),
    st.builds(c.Veto, effect=st.sampled_from(_NAMED_EFFECTS), name=names, **_veto),
)
_policies = st.sampled_from([c.SharePolicy.RESCALE, c.SharePolicy.LOST])
excluded_shares = st.one_of(
    st.builds(c.ExcludedShare, policy=_policies, span=HERE),
    st.builds(c.ExcludedShare, policy=st.just(c.SharePolicy.TO), to=references, span=HERE),
)
_anywhere = st.one_of(
    st.builds(c.Combine, method=st.sampled_from(c.CombineMethod) | expressions, span=HERE),
    st.builds(c.WeightsRelative, span=HERE),
    st.builds(c.Scale, low=expressions, high=expressions, span=HERE),
    excluded_shares,
    vetoes,
    st.builds(c.Round, subject=st.sampled_from(c.RoundSubject), rounding=roundings, span=HERE),
    st.builds(c.StatusWorst, span=HERE),
    st.builds(c.Let, name=names, value=expressions, span=HERE),
)
_REMARKS = [word for word in c.RemarkWord if word is not c.RemarkWord.AUTHORITY]
clauses = st.one_of(
    _anywhere,
    st.builds(c.Measure, value=expressions, span=HERE),
    st.builds(c.ScoreClause, score=scores, span=HERE),
    st.builds(c.Applies, condition=expressions, otherwise=_fallbacks, span=HERE),
    st.builds(c.Missing, policy=_fallbacks, span=HERE),
    st.builds(c.Remark, word=st.sampled_from(_REMARKS), text=texts, span=HERE),
    st.builds(c.Lights, lights=_lights, span=HERE),
)


def _indicators(inner: st.SearchStrategy[c.Clause]) -> st.SearchStrategy[c.Indicator]:
    return st.builds(
        c.Indicator, code=names, title=titles, amount=st.none() | amounts, clauses=_several(inner, 0), span=HERE
    )


indicators = _indicators(clauses | _indicators(clauses))

# Declarations

types = st.one_of(
    st.builds(d.TypeWord, plain=st.sampled_from(d.PlainType), span=HERE),
    st.builds(d.UnitType, unit=names, per=st.none() | names, span=HERE),
    st.builds(d.ChoiceType, options=_several(names | texts), span=HERE),
)
inputs = st.builds(
    d.Input,
    name=names,
    title=titles,
    type=types,
    decimals=st.none() | st.integers(0, 9),
    range=st.none() | ranges,
    optional=st.booleans(),
    source=titles,
    written_as=st.none() | st.sampled_from(d.WrittenAs),
    span=HERE,
)
_groups = _several(st.builds(d.GroupValue, keys=_several(names | texts, 0), value=expressions, cite=titles, span=HERE))
_dated = _several(st.builds(d.DatedValue, start=dates, value=expressions | _groups, cite=titles, span=HERE))
_parameter = {"name": names, "title": titles, "by": _several(names, 0), "type": types, "span": HERE}
parameters = st.one_of(
    st.builds(d.Parameter, value=expressions, cite=titles, **_parameter),
    st.builds(d.Parameter, value=_dated | _groups, **_parameter),
    st.builds(d.Parameter, value=st.none(), file=texts, **_parameter),
)
_limited = st.sampled_from([None, d.Ceiling.UNBOUNDED, d.Ceiling.CAPPED])
_total = {"value": expressions, "base": st.booleans(), "span": HERE}
totals = st.one_of(
    st.builds(d.Total, ceiling=_limited, **_total),
    st.builds(d.Total, ceiling=st.just(d.Ceiling.AT_MOST), at_most=expressions, **_total),
    st.builds(d.Total, between=betweens, **_total),
)
deadlines = st.builds(d.Deadline, length=expressions, event=names, otherwise=names, span=HERE)
units = st.one_of(
    st.builds(d.UnitDeclaration, name=names, base=st.none() | names, span=HERE),
    st.builds(d.UnitDeclaration, name=names, factor=quantities, span=HERE),
)
_negative = st.builds(e.Unary, operator=st.just(e.UnaryOperator.MINUS), operand=numbers | quantities, span=HERE)
_options = st.builds(e.Reference, path=st.tuples(names), span=HERE)
_facts = literals | _negative | _options | st.sampled_from(e.StateWord)
_fields = st.builds(d.Given, path=st.tuples(names), value=_facts, span=HERE)
_records = st.builds(d.RecordValue, fields=_several(_fields), span=HERE)
givens = st.builds(d.Given, path=paths, value=_facts | _several(_records, 0), span=HERE)
expectations = st.one_of(
    st.builds(d.Expectation, condition=expressions, span=HERE),
    st.builds(d.Expectation, decision=names, negated=st.booleans(), span=HERE),
    st.builds(d.Expectation, alert=names, colour=st.sampled_from(c.Colour), span=HERE),
)
tests = st.builds(
    d.Test,
    title=texts,
    as_of=st.none() | dates,
    given=_several(givens),
    expect=_several(expectations, 0),
    examples=titles,
    span=HERE,
)
_steps = {"name": names, "title": titles, "type": types, "parameter": names, "span": HERE}
declarations = st.one_of(
    inputs,
    parameters,
    totals,
    units,
    tests,
    st.builds(c.Remark, word=st.sampled_from(c.RemarkWord), text=texts, span=HERE),
    st.builds(d.Effective, start=dates, end=dates, span=HERE),
    st.builds(d.Entity, name=names, title=titles, span=HERE),
    st.builds(d.Table, name=names, title=titles, fields=_several(inputs), optional=st.booleans(), span=HERE),
    st.builds(d.Schedule, steps=_several(curve_points), otherwise=maybe, **_steps),
    st.builds(d.Holidays, file=texts, span=HERE),
    st.builds(
        d.Grades,
        stage=st.none() | st.sampled_from(d.Stage),
        lines=_several(st.builds(d.GradeLine, name=names, edge=edges, span=HERE)),
        span=HERE,
    ),
    st.builds(d.Decision, name=names, title=titles, condition=expressions, deadline=st.none() | deadlines, span=HERE),
    st.builds(d.Alert, name=names, title=titles, lights=_lights, span=HERE),
    st.builds(d.Output, name=names, title=titles, type=types, value=expressions, span=HERE),
)

rulesets = st.builds(
    Ruleset,
    name=paths,
    title=titles,
    version=titles,
    items=st.lists(declarations | indicators | _anywhere, max_size=4).map(tuple),
    span=HERE,
)
