"""Trees of expressions as the parser can make them: awkward names, texts and numbers, and all that joins them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from perfrules.lang.exact import Exact
from perfrules.lang.rounding import Decimals, Mode, Rounding, Significant, ToStep
from perfrules.syntax.ast import across as a
from perfrules.syntax.ast import clauses as c
from perfrules.syntax.ast import expressions as e
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import Span

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
    "linear",
    "警告",
    "previous",
    "entity",
    "highest",
    "quorum",
]
RECORDS = ["p", "v"]

names = st.builds(Name, text=st.sampled_from(PLAIN_NAMES + AWKWARD_NAMES), span=HERE)
record_names = st.builds(Name, text=st.sampled_from(RECORDS), span=HERE)
texts = st.builds(Text, value=st.text('ab "”“{}#;，。预算:->1%【】\\', max_size=8), span=HERE)
titles = st.none() | texts
dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))

digits_ = st.sampled_from(["0", "1", "2", "5", "10", "100", "0.5", "1_000", "12.25", "007", "3.50"])


def number(digits: str, form: e.NumberForm) -> e.Number:
    hundredths = form in (e.NumberForm.PERCENT, e.NumberForm.PERCENTAGE_POINTS)
    value = Exact(digits.replace("_", "")) / (100 if hundredths else 1)
    return e.Number(value=value, form=form, digits=digits, span=SPAN)


def _quantity(digits: str, unit: Name) -> e.Quantity:
    return e.Quantity(value=Exact(digits.replace("_", "")), digits=digits, unit=unit, span=SPAN)


numbers = st.builds(number, digits_, st.sampled_from(e.NumberForm))
plain_numbers = st.builds(number, digits_, st.just(e.NumberForm.PLAIN))
quantities = st.builds(_quantity, digits_, names)
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
colour_words = st.builds(e.ColourWord, colour=st.sampled_from([colour.value for colour in c.Colour]), span=HERE)
_reserved = st.builds(e.Reserved, word=st.sampled_from(e.Word), span=HERE)
_previous = st.builds(
    e.Previous,
    value=references | _reserved.filter(lambda tree: tree.word not in (e.Word.FULL, e.Word.MEASURE)),
    span=HERE,
)
_leaves = st.one_of(literals, references, record_fields, _reserved, colour_words, _previous)

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


def one_ofs(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.OneOf]:
    return st.builds(e.OneOf, options=st.lists(inner, min_size=1, max_size=3).map(tuple), span=HERE)


def _aggregates(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.Aggregate]:
    parts = {
        "variable": record_names,
        "table": names,
        "where": st.none() | inner,
        "trim": st.none() | _TRIMS,
        "quorum": st.none() | st.integers(0, 9),
        "skipping_missing": st.booleans(),
        "empty": st.none() | inner | st.sampled_from(e.StateWord),
        "span": HERE,
    }
    counted = st.builds(e.Aggregate, function=st.just(e.AggregateFunction.COUNT), **parts)
    return counted | st.builds(e.Aggregate, function=st.sampled_from(e.AggregateFunction), body=inner, **parts)


_STEPS = st.sampled_from([Exact(1), Exact(1, 2), Exact(1, 100), Exact(10), Exact(3, 20)])


def _across(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[a.Across]:
    parts = {
        "where": st.none() | inner,
        "within": st.lists(names, max_size=2).map(tuple),
        "present": st.booleans(),
        "trim": st.none() | _TRIMS,
        "ties": st.none() | st.sampled_from(a.Ties),
        "first": st.none() | st.sampled_from(a.First),
        "at": st.none() | numbers,
        "method": st.none() | st.sampled_from(a.PercentileMethod),
        "ties_by_entity": st.booleans(),
        "empty": st.none() | inner | st.sampled_from(e.StateWord),
        "span": HERE,
    }
    shared = st.just(a.AcrossFunction.APPORTIONMENT)
    others = st.sampled_from([each for each in a.AcrossFunction if each is not a.AcrossFunction.APPORTIONMENT])
    return st.one_of(
        st.builds(a.Across, function=others, body=inner, **parts),
        st.builds(a.Across, function=st.just(a.AcrossFunction.COUNT), **parts),
        st.builds(a.Across, function=shared, pool=inner, body=inner, step=st.none() | _STEPS, **parts),
    )


def _cases(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.CaseExpression]:
    case = st.builds(e.ExpressionCase, condition=st.none() | inner, value=inner, span=HERE)
    return st.builds(e.CaseExpression, cases=st.lists(case, min_size=1, max_size=2).map(tuple), span=HERE)


def calls(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.Call]:
    given = {
        "arguments": st.lists(inner, max_size=2).map(tuple),
        "named": st.lists(st.builds(e.NamedArgument, name=names, value=inner, span=HERE), max_size=2).map(tuple),
        "span": HERE,
    }
    return st.builds(e.Call, function=names, library=st.lists(names, max_size=2).map(tuple), **given)


def _compound(inner: st.SearchStrategy[e.Expression]) -> st.SearchStrategy[e.Expression]:
    some = st.lists(inner, min_size=1, max_size=3).map(tuple)
    shared = st.builds(Name, text=st.sampled_from(_SHARED), span=HERE)
    return st.one_of(
        st.builds(e.Unary, operator=st.sampled_from(e.UnaryOperator), operand=inner, span=HERE),
        st.builds(e.Binary, operator=st.sampled_from(e.BinaryOperator), left=inner, right=inner, span=HERE),
        st.builds(e.Inside, subject=inner, choices=_ranges(inner) | one_ofs(inner), span=HERE),
        st.builds(e.IsState, subject=inner, state=st.sampled_from(e.StateWord), span=HERE),
        st.builds(e.Conditional, condition=inner, then=inner, otherwise=inner, span=HERE),
        st.builds(e.Call, function=names | shared, arguments=some, span=HERE),
        st.builds(e.RoundTo, operand=inner, rounding=roundings, span=HERE),
        calls(inner),
        _cases(inner),
        _aggregates(inner),
        _across(inner),
    )


expressions = st.recursive(_leaves, _compound, max_leaves=6)
ranges = _ranges(expressions)
maybe = st.none() | expressions
