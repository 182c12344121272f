"""Which indicator, which input of the new ruleset is which of the old one: the same, renamed, moved.

The code of an indicator is its identity, unless another one of the other ruleset has its title and its rule.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from perfrules.compare.meaning import meanings
from perfrules.explain.outline import every_item
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import OutlineItem, Plan, Role

_READS: Final = "Input\x1f"
_FIGURE: Final = re.compile("(?<=Const\x1f)=[^\x1f\n]+")


@frozen(eq=False)
class Matched:
    """The names of the new ruleset by what the old one calls the same; what is new keeps its own."""

    codes: Mapping[str, str]
    inputs: Mapping[str, str]


@frozen(eq=False)
class _Indicator:
    """An indicator with all that it can be known by."""

    code: str
    short: str
    title: str | None
    rule: str

    @property
    def method(self) -> str | None:
        """The rule whatever its figures; None for one that reads no data, which says too little to know it by."""
        return _FIGURE.sub("", self.rule) if _READS in self.rule else None


_Key = Callable[[_Indicator], Hashable | None]


def match(old: Plan, new: Plan) -> Matched:
    """Find what of *new* is what of *old*."""
    codes = _pairs(tuple(_indicators(old)), tuple(_indicators(new)))
    taken = set(codes.values())
    every = {item.code: _fresh(item.code, codes, taken) for item in every_item(new.outline)}
    return Matched(every, _inputs(old.inputs, new.inputs))


def _fresh(code: str, codes: Mapping[str, str], taken: set[str]) -> str:
    """Return the name an indicator goes by; a new one whose code another one had gets a mark that no code has."""
    if code in codes:
        return codes[code]
    return f"{code}′" if code in taken else code


def _indicators(plan: Plan) -> Iterator[_Indicator]:
    rules: dict[str, list[str]] = {}
    found = meanings(plan, own=True)
    for node in plan.nodes:
        if node.indicator is not None and node.role not in (Role.COHORT, Role.COHORT_PART):
            rest = node.id[len(node.indicator) :]
            rules.setdefault(node.indicator, []).append(f"{rest}={found[node.id]}")
    by_code: dict[str, str] = {}
    for item in reversed(tuple(every_item(plan.outline))):
        children = (by_code[child.code] for child in item.children)
        by_code[item.code] = "\n".join((*sorted(rules.get(item.code, ())), "(", *children, ")"))
    for item in every_item(plan.outline):
        yield _Indicator(item.code, item.short, item.title, by_code[item.code])


def _pairs(old: tuple[_Indicator, ...], new: tuple[_Indicator, ...]) -> dict[str, str]:
    """Pair off the indicators, by the strongest likeness first."""
    found: dict[str, str] = {}
    for key in _LIKENESSES:
        left = [each for each in old if each.code not in found.values()]
        right = [each for each in new if each.code not in found]
        found |= _unique(left, right, key)
    return found


def _unique(old: Iterable[_Indicator], new: Iterable[_Indicator], key: _Key) -> dict[str, str]:
    """Pair those of which either side has one only."""
    left, right = _alone(old, key), _alone(new, key)
    return {right[each].code: left[each].code for each in right if each in left}


def _alone(indicators: Iterable[_Indicator], key: _Key) -> dict[Hashable, _Indicator]:
    keyed = [(found, each) for each in indicators if (found := key(each)) is not None]
    counts = Counter(found for found, _ in keyed)
    return {found: each for found, each in keyed if counts[found] == 1}


_LIKENESSES: tuple[_Key, ...] = (
    lambda each: (each.code, each.title, each.rule),
    lambda each: None if each.title is None else (each.short, each.title, each.rule),
    lambda each: None if each.title is None else (each.title, each.rule),
    lambda each: (each.code, each.title),
    lambda each: (each.code, each.rule),
    lambda each: (each.short, each.rule),
    lambda each: None if each.title is None else (each.short, each.title),
    lambda each: each.rule,
    lambda each: each.code,
    lambda each: each.title,
    lambda each: each.method,
)
"""What two indicators have to have in common to be one, the strongest first."""


def _inputs(old: Iterable[InputDeclaration], new: Iterable[InputDeclaration]) -> dict[str, str]:
    """Match inputs by name; one that is gone and one that came with the same title and declaration are one."""
    before, after = {each.name: each for each in old}, {each.name: each for each in new}
    gone = [each for name, each in before.items() if name not in after and each.title]
    found = {}
    for name, each in after.items():
        like = [other for other in gone if _nameless(other) == _nameless(each)]
        rivals = [other for other in after.values() if other.name not in before and _nameless(other) == _nameless(each)]
        found[name] = like[0].name if name not in before and len(like) == len(rivals) == 1 else name
    return found


def _nameless(declared: InputDeclaration) -> InputDeclaration:
    return evolve(declared, name="", source=None)


def parents_of(outline: Iterable[OutlineItem]) -> dict[str, str | None]:
    """Return the parent of every indicator; None for those at the top."""
    found: dict[str, str | None] = {}
    for item in outline:
        found.setdefault(item.code, None)
        for below in every_item((item,)):
            found |= dict.fromkeys((child.code for child in below.children), below.code)
    return found
