"""The contribution tree: every indicator with its losses, and how its marks come into those of its parent."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from perfrules.evaluate.sections import IndicatorResult
from perfrules.explain.again import number_of
from perfrules.explain.chain import Chain, chain_of
from perfrules.explain.explanation import Contribution, Effect, Loss
from perfrules.explain.losses.leaf import leaf_losses, with_layers
from perfrules.explain.losses.parent import added_by, combined_losses, effects_of
from perfrules.explain.outline import final_total
from perfrules.explain.reading import Reading
from perfrules.ir.plan import OutlineItem, Role
from perfrules.lang.exact import Exact

Results = Callable[[str], IndicatorResult]


def contribution_of(reading: Reading, item: OutlineItem, results: Results, share: Exact | None = None) -> Contribution:
    """Return the tree below an indicator; *share* is how many marks of its parent one of its marks is."""
    node = reading.node(item.code, Role.FINAL)
    found = results(item.code)
    losses: tuple[Loss, ...] = ()
    effects: tuple[Effect, ...] = ()
    shares: dict[str, Exact | None] = {}
    if node is not None:
        marks_chain = chain_of(reading, node, item.code)
        losses = node_losses(reading, marks_chain, item, found.score, found.full)
        shares, effects = _below(reading, marks_chain, node, item)
    return Contribution(
        code=item.code,
        title=item.title,
        status=found.status.value,
        score=found.score,
        full=found.full,
        share=share,
        losses=losses,
        effects=effects,
        children=tuple(contribution_of(reading, child, results, shares.get(child.code)) for child in item.children),
    )


def total_contribution(reading: Reading, results: Results) -> Contribution | None:
    """Return the tree of everything; None where the ruleset has no total."""
    node = final_total(reading.plan)
    if node is None:
        return None
    marks_chain = chain_of(reading, "total", "total") if node == "total" else _rounded_chain(reading)
    full = full_total(reading)
    score = reading.number_of(node)
    losses = () if score is None else _total_losses(reading, marks_chain, full or Exact(0))
    shares = _shares(reading, marks_chain, None)
    children = tuple(contribution_of(reading, item, results, shares.get(item.code)) for item in reading.plan.outline)
    return Contribution(
        code="total",
        title=reading.plan.title,
        status="scored" if score is not None else "pending",
        score=score,
        full=full,
        share=None,
        losses=losses,
        effects=effects_of(reading, marks_chain.heart, node, None),
        children=children,
    )


def total_chain(reading: Reading) -> Chain | None:
    """Return the stages of the total as it is reported."""
    node = final_total(reading.plan)
    if node is None:
        return None
    return chain_of(reading, "total", "total") if node == "total" else _rounded_chain(reading)


def full_total(reading: Reading) -> Exact | None:
    """Return the full marks of the total; None where there are none."""
    return None if reading.plan.total_full is None else number_of(reading, reading.plan.total_full)


def node_losses(
    reading: Reading, marks_chain: Chain, item: OutlineItem, score: Exact | None, full: Exact | None
) -> tuple[Loss, ...]:
    """Return the losses of an indicator, leaf or parent; without full marks they add up to 0 − score."""
    if score is None:
        return ()
    whole = full or Exact(0)
    if not item.children:
        return leaf_losses(reading, marks_chain, whole, item.code)
    items = combined_losses(reading, marks_chain.heart, whole, item.code)
    return with_layers(reading, marks_chain, items, whole, item.code)


def spread(tree: Contribution) -> tuple[Loss, ...]:
    """Return the losses of a tree as far down as they add up, in the marks of its root."""
    children = {child.code: child for child in tree.children}
    found: list[Loss] = []
    for loss in tree.losses:
        child = children.get(loss.code or "")
        if loss.cause not in ("child", "bonus") or child is None or not _tells_more(child, loss):
            found.append(loss)
            continue
        assert child.share is not None
        found += [evolve(below, amount=below.amount * child.share) for below in spread(child)]
    return tuple(found)


def _tells_more(child: Contribution, loss: Loss) -> bool:
    """Tell whether the child's own losses say in detail what the parent says in one item."""
    if child.share is None or child.score is None or not child.losses:
        return False
    return loss.cause == "child" and sum(below.amount for below in child.losses) * child.share == loss.amount


def _below(
    reading: Reading, marks_chain: Chain, node: str, item: OutlineItem
) -> tuple[dict[str, Exact | None], tuple[Effect, ...]]:
    if not item.children:
        return {}, ()
    return _shares(reading, marks_chain, item.code), effects_of(reading, marks_chain.heart, node, item.code)


def _shares(reading: Reading, marks_chain: Chain, code: str | None) -> dict[str, Exact | None]:
    """Return how many marks of their parent the marks of the children are, under one that adds."""
    found = added_by(reading, marks_chain.heart, code)
    return {} if found is None else {member.code: member.share for member in found.members}


def _rounded_chain(reading: Reading) -> Chain:
    """Return the stages of a rounded total: those of the total, then the rounding."""
    outer = chain_of(reading, "rounded total", "rounded total")
    inner = chain_of(reading, "total", "total")
    return Chain(inner.heart, (*inner.layers, *outer.layers))


def _total_losses(reading: Reading, marks_chain: Chain, full: Exact) -> tuple[Loss, ...]:
    items = combined_losses(reading, marks_chain.heart, full, None)
    return with_layers(reading, marks_chain, items, full, "total")
