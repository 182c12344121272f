"""The table of fold functions: a rule's name in the grammar to the function of that name."""

from __future__ import annotations

from types import ModuleType, SimpleNamespace

from perfrules.syntax.fold import across, clauses, composition, declarations, expressions, pieces, scoring, tests

_MODULES: tuple[ModuleType, ...] = (
    pieces,
    expressions,
    across,
    scoring,
    clauses,
    declarations,
    composition,
    tests,
)


def callbacks() -> SimpleNamespace:
    """Return the functions as lark looks them up, by the rule's name; a trailing `_` keeps off Python's own names."""
    functions = {
        key.rstrip("_"): value
        for module in _MODULES
        for key, value in vars(module).items()
        if not key.startswith("_") and getattr(value, "__module__", None) == module.__name__ and key[0].islower()
    }
    return SimpleNamespace(**functions)
