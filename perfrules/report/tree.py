"""The score tree of one entity: every indicator with its marks, and which part of the total it can make up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from perfrules.explain.explanation import EntityExplanation, IndicatorExplanation
from perfrules.explain.statement import Part
from perfrules.ir.plan import OutlineItem
from perfrules.lang.exact import Exact
from perfrules.report.marks import Marks, marks_of

Explained = Mapping[str, IndicatorExplanation]


@frozen(kw_only=True)
class Branch:
    """An indicator (or the total, *depth* 0) and what is below it.

    *extent* is how many marks of the total it can make up, as far as that can be said: the extents of what is below
    do not exceed it. *adds* is false where the marks of what is below are not added.
    """

    code: str
    title: str | None
    status: str
    marks: Marks
    light: Part | None
    depth: int
    extent: Exact
    adds: bool
    children: tuple[Branch, ...]

    def everyone(self) -> Iterator[Branch]:
        """Yield it and all below, in the order of the rubric."""
        yield self
        for child in self.children:
            yield from child.everyone()


def score_tree(entity: EntityExplanation, explained: Explained, outline: tuple[OutlineItem, ...]) -> Branch | None:
    """Return the tree below the total; None where the ruleset has no total."""
    tree = entity.contribution
    if tree is None:
        return None
    marks = marks_of(entity.total, entity.full, entity.possible)
    shares = {child.code: child.share for child in tree.children}
    extent = _extent_of_total(entity.full, shares, explained)
    children, adds = _below(outline, explained, shares, extent, 1)
    return Branch(
        code="total",
        title=None,
        status=entity.status,
        marks=marks,
        light=None,
        depth=0,
        extent=extent,
        adds=adds,
        children=children,
    )


def branches_without_total(explained: Explained, outline: tuple[OutlineItem, ...]) -> tuple[Branch, ...]:
    """Return the trees of a ruleset that has no total."""
    return _below(outline, explained, {}, Exact(0), 1)[0]


def _below(
    items: tuple[OutlineItem, ...],
    explained: Explained,
    shares: Mapping[str, Exact | None],
    extent: Exact,
    depth: int,
) -> tuple[tuple[Branch, ...], bool]:
    """Return the branches of *items*, and whether their marks are added."""
    adds = any(share is not None for share in shares.values())
    raw = {item.code: _raw(explained[item.code].full, shares.get(item.code), adds) for item in items}
    whole = sum(raw.values(), Exact(0))
    scale = min(Exact(1), extent / whole) if whole else Exact(0)
    if whole and not adds:
        scale = extent / whole
    return tuple(_branch(item, explained, raw[item.code] * scale, depth) for item in items), adds or not items


def _branch(item: OutlineItem, explained: Explained, extent: Exact, depth: int) -> Branch:
    found = explained[item.code]
    shares = {child.code: child.share for child in found.contribution.children}
    own = found.full or Exact(0)
    inside = {code: None if share is None or not own else share * extent / own for code, share in shares.items()}
    children, adds = _below(item.children, explained, inside, extent, depth + 1)
    return Branch(
        code=item.code,
        title=item.title,
        status=found.status,
        marks=marks_of(found.score, found.full, found.possible),
        light=None if found.light is None else found.light.value,
        depth=depth,
        extent=extent,
        adds=adds,
        children=children,
    )


def _raw(full: Exact | None, share: Exact | None, adds: bool) -> Exact:
    """Return how many marks of its parent an indicator can make up; under one that does not add, its full marks."""
    own = max(full or Exact(0), Exact(0))
    if not adds:
        return own or Exact(1)
    return Exact(0) if share is None else own * abs(share)


def _extent_of_total(full: Exact | None, shares: Mapping[str, Exact | None], explained: Explained) -> Exact:
    """Return the full marks of the total, or what its parts can make up with what is added to them."""
    parts = sum((_raw(explained[code].full, share, True) for code, share in shares.items()), Exact(0))
    return max(full or Exact(0), parts) or Exact(1)
