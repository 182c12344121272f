"""Expressions over all entities as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfrules.lang.exact import Exact, as_text
from perfrules.syntax.ast.across import Across, AcrossFunction
from perfrules.syntax.ast.expressions import Expression, StateWord, Trim
from perfrules.syntax.printing.voice import Voice, grouped

Write = Callable[[Expression | StateWord], str]


def across(tree: Across, voice: Voice, write: Write) -> str:
    """Return `rank(total across entities, highest first, ties share best)`; *write* writes what stands inside."""
    function = "SHARE" if tree.function is AcrossFunction.APPORTIONMENT else tree.function.name
    inner = "".join((*_head(tree, voice, write), *_who(tree, voice, write), *_how(tree, voice, write)))
    return f"{voice.word(function)}({inner})"


def _head(tree: Across, voice: Voice, write: Write) -> Iterator[str]:
    if tree.pool is not None:
        yield f"{write(tree.pool)} {voice.word('BY')} "
    if tree.body is not None:
        yield f"{write(tree.body)} "
    if tree.within:
        yield f"{voice.word('ACROSS_ENTITIES_WITHIN')} {grouped(tree.within)}"
    else:
        yield voice.word("ACROSS_ENTITIES")


def _who(tree: Across, voice: Voice, write: Write) -> Iterator[str]:
    if tree.where is not None:
        yield f" {voice.word('WHERE')} {write(tree.where)}"
    if tree.present:
        yield f", {voice.word('AMONG_THOSE_PRESENT')}"
    if tree.trim is not None:
        yield f" {trim(tree.trim, voice)}"


def _how(tree: Across, voice: Voice, write: Write) -> Iterator[str]:
    if tree.at is not None:
        yield f" {voice.word('AT')} {write(tree.at)}"
    if tree.method is not None:
        yield f", {voice.member(tree.method)}"
    if tree.first is not None:
        yield f", {voice.word(f'{tree.first.name}_FIRST')}"
    if tree.ties is not None:
        yield f", {voice.word('TIES_SHARE')} {voice.member(tree.ties)}"
    if tree.step is not None:
        yield f" {voice.word('TO')} {_step(tree.step, voice)} {voice.word('LARGEST_REMAINDER')}"
    if tree.ties_by_entity:
        yield f", {voice.word('TIES_BY_ENTITY')}"
    if tree.empty is not None:
        yield f" {voice.word('EMPTY')} -> {write(tree.empty)}"


def trim(tree: Trim, voice: Voice) -> str:
    """Return `drop 1 high 1 low when at least 5`."""
    dropped = f"{tree.high} {voice.word('HIGH')} {tree.low} {voice.word('LOW')}"
    return f"{voice.word('DROP')} {dropped} {voice.word('WHEN')} {voice.word('AT_LEAST')} {tree.at_least}"


def _step(step: Exact, voice: Voice) -> str:
    places = len(str(step.denominator)) - 1
    decimal = step.numerator == 1 and step.denominator == 10**places
    return voice.counted(str(places), "DECIMALS") if decimal else as_text(step)
