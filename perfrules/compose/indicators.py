"""Indicators: those made of a definition, the slots that wait to be filled, and lists that stand in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from attrs import evolve

from perfrules.compose import bodies, calls, expand
from perfrules.compose.callables import Target, meant_by, unknown_call
from perfrules.compose.file import File
from perfrules.compose.indicators_from import listed_indicators
from perfrules.compose.meaning import Meaning
from perfrules.compose.work import Work
from perfrules.diagnostics import Code, Diagnostic
from perfrules.diagnostics.arguments import Argument, Word
from perfrules.lang.exact import Exact
from perfrules.syntax.ast import expressions as ast
from perfrules.syntax.ast.clauses import (
    Clause,
    Defined,
    Indicator,
    IndicatorsFrom,
    Remark,
    RemarkWord,
    ScoreClause,
    Slot,
)
from perfrules.syntax.ast.composition import Definition
from perfrules.syntax.ast.scoring import Judged, Level, ScoreExpression
from perfrules.syntax.ast.tree import Text
from perfrules.text import Span


def indicator(work: Work, here: Meaning, tree: Indicator) -> Indicator:
    """Expand an indicator, and the definition it is made of if there is one."""
    if here.file is None and tree.call is None and _stays(work, tree):
        return tree
    inside = here.within(tree.code.text)
    if here.file is not None:
        inside = inside.with_lets(bodies.own_lets(work, here, tree.clauses))
    clauses = tuple(expand_clauses(work, inside, tree.clauses))
    amount = None if tree.amount is None else expand.rewrite(work, here, tree.amount)
    same = amount is tree.amount and all(one is other for one, other in zip_longest(clauses, tree.clauses))
    own = tree if same else evolve(tree, clauses=clauses, amount=amount)
    return own if tree.call is None else _made(work, here, own, tree.call)


def _stays(work: Work, tree: Indicator) -> bool:
    return all(map(work.stays, tree.clauses)) and (tree.amount is None or work.stays(tree.amount))


def expand_clauses(work: Work, here: Meaning, clauses: Iterable[Clause]) -> Iterator[Clause]:
    """Yield the clauses of a block expanded, with the indicators of a list in its place."""
    for clause in clauses:
        if isinstance(clause, IndicatorsFrom):
            for each in listed_indicators(work, calls.file_at(work, here, clause.file.span), clause, here):
                yield indicator(work, here, each)
        elif here.file is None and work.stays(clause):
            yield clause
        else:
            yield expand.rewrite(work, here, clause)


def slot(work: Work, _here: Meaning, tree: Slot) -> Indicator:
    """Let somebody judge what is not there yet, so that all else can be checked."""
    work.slots.append(tree)
    title = tree.title.value if tree.title else ""
    work.report(Diagnostic(Code.SLOT_UNFILLED, tree.code.span, args={"slot": tree.code.text, "title": title}))
    return Indicator(
        code=tree.code, title=tree.title, amount=tree.amount, clauses=(_anything(tree.span),), span=tree.span
    )


def _made(work: Work, here: Meaning, tree: Indicator, call: ast.Call) -> Indicator:
    """Put the clauses of the definition before the indicator's own."""
    path = (*here.path, tree.code.text)
    whole = calls.with_arguments(work, here.in_arguments_of(path), call)
    meant = meant_by(call, calls.file_at(work, here, call.function.span))
    match meant:
        case Target(item=Definition() as definition) if isinstance(definition.body, tuple):
            found = _clauses(work, here, whole, meant, definition, path)
            if found is not None:
                title = tree.title or definition.title
                defined = Defined(definition=meant.full_name, version=meant.file.version, span=call.span)
                clauses = (*found, *_of_library(meant.file, found), *tree.clauses)
                return evolve(tree, title=title, clauses=clauses, call=None, defined=defined)
        case Target(item=None):
            pass  # what is wrong with it is told where it stands
        case Target():
            args: dict[str, Argument] = {
                "clause": f"{call.function.text}(…)",
                "inside": tree.code.text,
                "places": (Word("expression"),),
            }
            work.report(Diagnostic(Code.WRONG_PLACE, call.span, args=args))
        case Diagnostic():
            work.report(meant)
        case _:
            work.report(unknown_call(call, calls.file_at(work, here, call.function.span)))
    return evolve(tree, clauses=(_unknown(call.span), *tree.clauses), call=None)


def _of_library(file: File, clauses: Iterable[Clause]) -> Iterator[Remark]:
    """Yield what the library of a definition cites, behind what the definition itself does."""
    cited = {clause.text.value for clause in clauses if isinstance(clause, Remark) and clause.word is RemarkWord.CITE}
    yield from (each for each in file.cites if each.text.value not in cited)


def _clauses(
    work: Work, here: Meaning, call: ast.Call, target: Target, definition: Definition, path: tuple[str, ...]
) -> tuple[Clause, ...] | None:
    if calls.needs_itself(work, target, call) or work.too_deep("indicators", len(path), call.span):
        return None
    body = calls.body_of(work, here, call, target, definition, path=path, place=here.place)
    if body is None or not isinstance(definition.body, tuple):
        return None
    body = body.with_lets(bodies.own_lets(work, body, definition.body))
    with calls.opened(work, target):
        return tuple(expand_clauses(work, body, definition.body))


def _anything(span: Span) -> ScoreClause:
    marks = ast.Range(
        low=ast.Number(value=Exact(0), form=ast.NumberForm.PLAIN, digits="0", span=span),
        high=ast.Reserved(word=ast.Word.FULL, span=span),
        low_closed=True,
        high_closed=True,
        span=span,
    )
    level = Level(name=Text(value="slot", span=span), marks=marks, span=span)
    return ScoreClause(score=Judged(levels=(level,), span=span), span=span)


def _unknown(span: Span) -> ScoreClause:
    return ScoreClause(score=ScoreExpression(value=calls.nothing(span), span=span), span=span)
