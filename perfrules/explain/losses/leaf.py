"""The losses of an indicator without children: those of its method, then those of each stage around it."""

from __future__ import annotations

from perfrules.explain import chain
from perfrules.explain.chain import Chain, Layer, taken_by
from perfrules.explain.explanation import Loss
from perfrules.explain.losses.method import method_losses
from perfrules.explain.narrate.veto import reason_of
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, Statement, Term, statement
from perfrules.lang.exact import Exact


def leaf_losses(reading: Reading, marks_chain: Chain, full: Exact, code: str) -> tuple[Loss, ...]:
    """Return items that add up to *full* less the final marks; none where there are no final marks."""
    return with_layers(reading, marks_chain, method_losses(reading, marks_chain.heart, full, code), full, code)


def with_layers(
    reading: Reading, marks_chain: Chain, items: tuple[Loss, ...], full: Exact, code: str
) -> tuple[Loss, ...]:
    """Add what each stage around the heart took; one that put marks in the place of none accounts for all of them."""
    for layer in marks_chain.layers:
        after = layer.after(reading)
        if not isinstance(after, Exact):
            items = ()
            continue
        taken = taken_by(layer, reading)
        if taken is None:
            items, taken = (), full - after
        if taken:
            cause = _cause(layer, taken)
            items = (*items, Loss(cause=cause, amount=taken, says=_says(reading, layer, cause), code=code))
    return items


def _cause(layer: Layer, taken: Exact) -> str:
    if layer.cause == chain.LIMITS:
        return "ceiling" if taken > 0 else "floor"
    return layer.cause


def _says(reading: Reading, layer: Layer, cause: str) -> Statement:
    if layer.cause == chain.VETO:
        held = next((part for part in layer.placed.parts[:-1:2] if reading.value(part) is True), None)
        reason: Part = Term("no-reason") if held is None else reason_of(held)
        return statement("loss.veto", reason=reason)
    if layer.cause == chain.APPLIES:
        return statement("loss.applies", condition=in_words(reading, layer.placed.parts[0]))
    return statement(f"loss.{cause}")
