"""Inputs whose data can be any number, so that nothing can be proved about what depends on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfrules.diagnostics import Code, Diagnostic
from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.kinds import Unknown, is_numeric


def inputs_without_range(inputs: Iterable[InputDeclaration]) -> Iterator[Diagnostic]:
    """Yield a warning for each number declared without `in [lo, hi]`, fields of tables included."""
    for declaration in inputs:
        if declaration.external is not None:  # its range is what the other ruleset can give
            continue
        if is_numeric(declaration.kind) and not isinstance(declaration.kind, Unknown) and declaration.bounds is None:
            yield Diagnostic(Code.INPUT_WITHOUT_RANGE, declaration.span, args={"name": declaration.name})
        yield from inputs_without_range(declaration.fields)
