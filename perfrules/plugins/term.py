"""What an expanding method works with: a value that is not known yet, of a known kind."""

from __future__ import annotations

from attrs import field, frozen

from perfrules.ir.expressions import Expr


class BuildError(ValueError):
    """A plug-in puts together what the language does not: a percentage and money, a float."""


@frozen(eq=False)
class Term:
    """An argument, a constant, or what `perfrules.plugins.build` made of such. Nothing can be read from it."""

    _expr: Expr = field(repr=False)


def term_of(expr: Expr) -> Term:
    """Wrap a core expression."""
    return Term(expr)


def expr_of(term: object) -> Expr:
    """Unwrap it; what is no term was not made by the builder."""
    if not isinstance(term, Term):
        raise BuildError(f"{term!r} is no term; write constants as constant(…)")
    return term._expr
