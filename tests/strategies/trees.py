"""Trees of rulesets and libraries as the parser can make them: every construct.

Spans are all the same; equality ignores them. What no text can say is never made, such as a text with a line break.
"""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve
from hypothesis import strategies as st

from perfrules.syntax.ast import clauses as c
from perfrules.syntax.ast import composition as m
from perfrules.syntax.ast import declarations as d
from perfrules.syntax.ast import expressions as e
from perfrules.syntax.ast import scoring as s
from perfrules.syntax.ast.ruleset import Library, Ruleset
from tests.strategies.tree_expressions import (
    HERE,
    SPAN,
    calls,
    colour_words,
    dates,
    digits_,
    expressions,
    literals,
    maybe,
    names,
    number,
    numbers,
    one_ofs,
    paths,
    plain_numbers,
    quantities,
    ranges,
    record_names,
    references,
    roundings,
    texts,
    titles,
)

T = TypeVar("T")

# Scoring

_COMPARISONS = st.sampled_from(s.Comparison)
edges = st.one_of(
    st.builds(s.Threshold, comparison=_COMPARISONS, value=expressions, span=HERE),
    ranges,
    one_ofs(expressions),
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
_weights = st.builds(number, digits_, st.sampled_from([e.NumberForm.PLAIN, e.NumberForm.PERCENT]))
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
    st.builds(c.Slot, code=names, title=titles, amount=amounts, span=HERE),
    st.builds(
        c.IndicatorsFrom, file=texts, definition=names, library=st.lists(names, max_size=2).map(tuple), span=HERE
    ),
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
        c.Indicator,
        code=names,
        title=titles,
        amount=st.none() | amounts,
        clauses=_several(inner, 0),
        call=st.none() | calls(expressions),
        span=HERE,
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
_groups = _several(
    st.builds(d.GroupValue, keys=_several(names | texts | colour_words, 0), value=expressions, cite=titles, span=HERE)
)
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
_facts = literals | _negative | _options | colour_words | st.sampled_from(e.StateWord)
_fields = st.builds(d.Given, path=st.tuples(names), value=_facts, span=HERE)
_records = st.builds(d.RecordValue, fields=_several(_fields), span=HERE)
_entities = st.none() | names | texts
givens = st.builds(d.Given, path=paths, value=_facts | _several(_records, 0), entity=_entities, span=HERE)
expectations = st.one_of(
    st.builds(d.Expectation, condition=expressions, entity=_entities, span=HERE),
    st.builds(d.Expectation, decision=names, negated=st.booleans(), entity=_entities, span=HERE),
    st.builds(d.Expectation, alert=names, colour=st.sampled_from(c.Colour), entity=_entities, span=HERE),
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
replaceable = st.one_of(
    inputs,
    parameters,
    totals,
    units,
    st.builds(d.Effective, start=dates, end=dates, span=HERE),
    st.builds(d.Entity, name=names, title=titles, span=HERE),
    st.builds(d.Table, name=names, title=titles, fields=_several(inputs), optional=st.booleans(), span=HERE),
    st.builds(d.Schedule, steps=_several(curve_points), otherwise=maybe, linear=st.booleans(), **_steps),
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
    st.builds(
        d.Check,
        condition=expressions,
        title=titles,
        records=st.none() | st.builds(s.Records, variable=record_names, table=names, where=maybe, span=HERE),
        warning=st.booleans(),
        span=HERE,
    ),
    st.builds(d.OtherResults, name=names, ruleset=paths, version=titles, by=st.none() | names, span=HERE),
)
declarations = st.one_of(
    replaceable, tests, st.builds(c.Remark, word=st.sampled_from(c.RemarkWord), text=texts, span=HERE)
)

# Files that build on one another

definition_parameters = st.builds(
    m.DefinitionParameter,
    name=names,
    type=types | st.builds(m.TableType, span=HERE),
    decimals=st.none() | st.integers(0, 9),
    range=st.none() | ranges,
    optional=st.booleans(),
    default=maybe,
    span=HERE,
)
_clauses_of_a_block = _several(clauses | indicators, 0)
definitions = st.builds(
    m.Definition,
    name=names,
    parameters=_several(definition_parameters, 0),
    title=titles,
    tags=_several(st.builds(m.Tag, key=st.none() | names, value=texts, span=HERE), 0),
    body=_clauses_of_a_block | expressions,
    span=HERE,
)
_was = st.builds(m.Was, title=texts, amount=st.none() | amounts, span=HERE) | st.builds(
    m.Was, amount=amounts, span=HERE
)


@st.composite
def _replaced(draw: st.DrawFn) -> m.ReplaceIndicator:
    path = draw(paths)
    new = draw(_indicators(clauses))
    return m.ReplaceIndicator(path=path, indicator=evolve(new, code=path[-1]), was=draw(_was), span=SPAN)


compositions = st.one_of(
    definitions,
    _replaced(),
    st.builds(m.Use, name=paths, version=titles, plugin=st.booleans(), span=HERE),
    st.builds(m.Fill, slot=paths, clauses=_clauses_of_a_block, span=HERE),
    st.builds(m.ReplaceItem, item=replaceable, span=HERE),
    st.builds(m.SetAmount, path=paths, amount=amounts, was=amounts, span=HERE),
    st.builds(m.SetParameter, name=names, value=expressions, was=expressions, span=HERE),
    st.builds(m.Remove, path=paths, was=st.none() | _was, span=HERE),
)
_file = {
    "name": paths,
    "title": titles,
    "version": titles,
    "items": st.lists(declarations | indicators | _anywhere | compositions, max_size=4).map(tuple),
    "span": HERE,
}
_extends = st.builds(m.Extends, name=paths, version=titles, unchanged=titles, span=HERE)

rulesets = st.builds(Ruleset, extends=st.none() | _extends, **_file)
files = rulesets | st.builds(Library, **_file)
