"""Overlays as a whole: setting what is there changes nothing, and their order does not matter."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.compose.overlays import Overlaid, apply_overlays
from perfrules.diagnostics import Code, has_errors
from perfrules.lang.exact import Exact
from perfrules.syntax.ast.clauses import Amount, AmountStyle, Indicator, Slot
from perfrules.syntax.ast.composition import Fill, Overlay, Remove, ReplaceIndicator, SetAmount, SetParameter, Was
from perfrules.syntax.ast.declarations import Parameter, PlainType, TypeWord
from perfrules.syntax.ast.expressions import Number, NumberForm
from perfrules.syntax.ast.ruleset import Item, Ruleset
from perfrules.syntax.ast.tree import Name, Text
from perfrules.text import SourceText, Span

HERE = Span("generated", 0, 0)
NO_TEXT = SourceText("generated", "")


def name(text: str) -> Name:
    return Name(text=text, span=HERE)


def number(value: int) -> Number:
    return Number(value=Exact(value), form=NumberForm.PLAIN, digits=str(value), span=HERE)


def points(value: int) -> Amount:
    return Amount(style=AmountStyle.POINTS, value=number(value), span=HERE)


def ruleset(code: str, items: Sequence[Item]) -> Ruleset:
    return Ruleset(name=(name(code),), title=None, version=None, items=tuple(items), span=HERE)


amounts = st.builds(points, st.integers(1, 30))
titles = st.none() | st.builds(Text, value=st.sampled_from(["Staff", "预算"]), span=st.just(HERE))


@st.composite
def indicators(draw: st.DrawFn, code: str, depth: int = 2) -> Indicator | Slot:
    title, amount = draw(titles), draw(amounts)
    if draw(st.integers(0, 3)) == 0:
        return Slot(code=name(code), title=title, amount=amount, span=HERE)
    inner = range(draw(st.integers(0, 2 if depth else 0)))
    clauses = tuple(draw(indicators(f"{code}{each}", depth - 1)) for each in inner)
    return Indicator(code=name(code), title=title, amount=amount, clauses=clauses, span=HERE)


@st.composite
def bases(draw: st.DrawFn) -> Ruleset:
    items: list[Item] = [draw(indicators(code)) for code in "ABCDE"[: draw(st.integers(1, 5))]]
    for each in range(draw(st.integers(0, 2))):
        value = number(draw(st.integers(0, 9)))
        type_ = TypeWord(plain=PlainType.NUMBER, span=HERE)
        items.append(Parameter(name=name(f"p{each}"), title=None, by=(), type=type_, value=value, span=HERE))
    return ruleset("base", draw(st.permutations(items)))


def marked(items: Sequence[object]) -> list[Indicator | Slot]:
    found = [item for item in items if isinstance(item, Indicator | Slot)]
    return [each for item in found for each in (item, *marked(getattr(item, "clauses", ())))]


def was_of(tree: Indicator | Slot) -> Was:
    return Was(title=tree.title, amount=tree.amount, span=HERE)


def applied(base: Ruleset, overlays: Sequence[Overlay]) -> Overlaid:
    return apply_overlays(base, ruleset("extension", overlays), NO_TEXT)


@given(bases(), st.data())
@settings(max_examples=60, deadline=None)
def test_setting_what_is_there_changes_nothing(base: Ruleset, data: st.DataObject) -> None:
    overlays: list[Overlay] = []
    for tree in marked(base.items):
        assert tree.amount is not None
        overlays.append(SetAmount(path=(tree.code,), amount=tree.amount, was=tree.amount, span=HERE))
    for item in base.items:
        if isinstance(item, Parameter):
            assert isinstance(item.value, Number)
            overlays.append(SetParameter(name=item.name, value=item.value, was=item.value, span=HERE))
    overlaid = applied(base, data.draw(st.permutations(overlays)))
    assert [each.code for each in overlaid.diagnostics] == [Code.OVERLAY_CHANGES_NOTHING] * len(overlays)
    assert overlaid.tree.items == base.items


@st.composite
def overlays_of(draw: st.DrawFn, base: Ruleset) -> list[Overlay]:
    """At most one overlay for each top indicator or for one inside it."""
    made: list[Overlay] = []
    for top in (item for item in base.items if isinstance(item, Indicator | Slot)):
        tree = draw(st.sampled_from(marked([top])))
        path = (tree.code,)
        fresh = Indicator(code=tree.code, title=None, amount=draw(amounts), clauses=(), span=HERE)
        assert tree.amount is not None
        assert fresh.amount is not None
        choices: list[Overlay] = [
            SetAmount(path=path, amount=fresh.amount, was=tree.amount, span=HERE),
            Remove(path=path, was=was_of(tree), span=HERE),
        ]
        if isinstance(tree, Slot):
            choices.append(Fill(slot=path, clauses=(fresh,), span=HERE))
        else:
            choices.append(ReplaceIndicator(path=path, indicator=fresh, was=was_of(tree), span=HERE))
        made += draw(st.lists(st.sampled_from(choices), max_size=1))
    return made


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_overlays_of_different_indicators_commute(data: st.DataObject) -> None:
    base = data.draw(bases())
    overlays = data.draw(overlays_of(base))
    together = applied(base, overlays)
    assert not has_errors(together.diagnostics)
    assert applied(base, data.draw(st.permutations(overlays))).tree.items == together.tree.items
    one_by_one = base
    for overlay in data.draw(st.permutations(overlays)):
        step = applied(one_by_one, [overlay])
        assert not has_errors(step.diagnostics)
        one_by_one = step.tree
    assert one_by_one.items == together.tree.items
