"""Whether two trees say the same: spans do not count, nor how the digits of a number were written."""

from __future__ import annotations

from typing import Final

from attrs import fields

from perfrules.syntax.ast.tree import Tree

_AS_WRITTEN: Final = frozenset({"span", "digits"})


def same_meaning(one: object, other: object) -> bool:
    """Tell whether two trees, or parts of them, say the same.

    >>> from fractions import Fraction
    >>> from perfrules.syntax.ast.expressions import Number, NumberForm
    >>> from perfrules.text import Span
    >>> plain = NumberForm.PLAIN
    >>> five, also = (
    ...     Number(value=Fraction(5), form=plain, digits=digits, span=Span("a", 0, 1)) for digits in ("5", "5.0")
    ... )
    >>> five == also, same_meaning(five, also)
    (False, True)
    """
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same_meaning, one, other))
    if isinstance(one, Tree) and type(one) is type(other):
        names = (field.name for field in fields(type(one)) if field.name not in _AS_WRITTEN)
        return all(same_meaning(getattr(one, name), getattr(other, name)) for name in names)
    return one == other
