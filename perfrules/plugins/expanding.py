"""Calls of expanding methods: the core expression that a plug-in's `expand` builds of the arguments.

A plug-in is not trusted to return only what the builder made: everything in the expression is looked at again.
"""

from __future__ import annotations

from datetime import date
from typing import Final, cast

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import Expr, Origin
from perfrules.ir.walk import everything, operands, transform
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Clash
from perfrules.lang.rounding import ToStep
from perfrules.plugins.faults import Fault, raised
from perfrules.plugins.fitting import fitted
from perfrules.plugins.method import LoadedMethod
from perfrules.plugins.protocol import ExpandingMethod
from perfrules.plugins.term import expr_of, term_of
from perfrules.text import Span

MOST_PARTS: Final = 10_000
MOST_LEVELS: Final = 100
"""An expansion of more expressions, or nested more deeply, is taken for a mistake of the plug-in."""

_BUILT: Final = (core.Const, core.Arith, core.Compare, core.Logic, core.Select, core.Round)


def expand(loaded: LoadedMethod, arguments: tuple[Expr, ...], origin: Origin) -> Expr | Fault:
    """Return what the method makes of *arguments*, or how it fails. *origin* is that of the whole expression."""
    method = cast(ExpandingMethod, loaded.method)
    try:
        found = expr_of(method.expand(tuple(term_of(argument) for argument in arguments)))
    except Exception as error:  # whatever a plug-in raises
        return raised(loaded.name, "plugin-expand-raises", error)
    foreign = _foreign(found, arguments)
    if foreign is not None:
        return Fault(loaded.name, "plugin-expand-foreign", foreign)
    fits = fitted(found, loaded.signature.result)
    if isinstance(fits, Clash):
        return Fault(loaded.name, "plugin-expand-kind", loaded.signature.result)
    return evolve(_at_the_call(fits, origin.span), origin=origin)


def _foreign(found: Expr, arguments: tuple[Expr, ...]) -> str | None:
    """Name the first part that is neither of an argument nor built from arguments and constants."""
    given = {part for argument in arguments for part in everything(argument)}
    waiting, count = [(found, 1)], 0
    while waiting:
        part, level = waiting.pop()
        count += 1
        if count > MOST_PARTS or level > MOST_LEVELS:
            return f"> {MOST_PARTS}" if count > MOST_PARTS else f"> {MOST_LEVELS} × ()"
        if not isinstance(part, _BUILT) and part not in given:
            return type(part).__name__
        if isinstance(part, core.Const | core.Round) and not _is_exact(part):
            return repr(part)
        if isinstance(part, _BUILT):
            waiting.extend((each, level + 1) for each in operands(part))
    return None


def _is_exact(part: core.Const | core.Round) -> bool:
    if isinstance(part, core.Const):
        return isinstance(part.value, Exact | bool | str | date)
    return not isinstance(part.rounding.target, ToStep) or isinstance(part.rounding.target.step, Exact)


def _at_the_call(found: Expr, span: Span | None) -> Expr:
    """Let what the plug-in built stand where the ruleset calls it."""
    return transform(
        found, lambda part: part if part.origin.span else evolve(part, origin=evolve(part.origin, span=span))
    )
