"""The first thing in which a record and what was computed again differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final

from attrs import frozen

from perfrules.record.container import order_of
from perfrules.record.integrity import first_difference
from perfrules.record.opening import Opened
from perfrules.record.seal import Record
from perfrules.record.values import Tree

_NOT_THERE: Final = object()
_ABOUT_RULESET: Final = ("language_version", "plugins", "ruleset", "as_of")


@frozen(kw_only=True)
class Difference:
    """Where a record says something else than what comes out now, and both. None stands for what is not there.

    *entity* and *node* are told where it is in a value of one; *place* is the path to it: `steps.3`,
    `result.indicators.A1.score`, the name of a member.
    """

    recorded: Tree
    recomputed: Tree
    place: str
    entity: str | None = None
    node: str | None = None


def difference(opened: Opened, again: Record) -> Difference | None:
    """Return the first difference: in the ruleset, in the entities in their order, in any byte."""
    found = (*_of_ruleset(opened, again), *_of_entities(opened, again)) or tuple(_of_bytes(opened, again))
    return next(iter(found), None)


def _of_ruleset(opened: Opened, again: Record) -> Iterator[Difference]:
    for name in _ABOUT_RULESET:
        found = _first(opened.manifest.get(name), again.manifest.get(name), name)
        if found is not None:
            yield found
            return


def _of_entities(opened: Opened, again: Record) -> Iterator[Difference]:
    """Yield what differs in the first entity that differs; salts, which follow from everything that was given, last."""
    size = int(again.manifest["tree"]["size"])
    others = [json.loads(again.members[f"entities/{number}.json"]) for number in range(1, size + 1)]
    for compared in (_of_entity, _of_salt):
        for recorded, recomputed in zip_longest(opened.leaves, others):
            found = compared(recorded, recomputed)
            if found is not None:
                yield found
                return


def _of_salt(recorded: Mapping[str, Any], recomputed: Mapping[str, Any]) -> Difference | None:
    found = _first(recorded["salt"], recomputed["salt"], "salt")
    return None if found is None else _at(found, recorded["entity"])


def _of_entity(recorded: Mapping[str, Any] | None, recomputed: Mapping[str, Any] | None) -> Difference | None:
    if recorded is None or recomputed is None or recorded["entity"] != recomputed["entity"]:
        names = [None if leaf is None else leaf["entity"] for leaf in (recorded, recomputed)]
        known = min(name for name in names if name is not None)
        return Difference(entity=known, place="entity", recorded=names[0], recomputed=names[1])
    entity = recorded["entity"]
    for name in ("ruleset", "as_of", "source", "inputs", "people", "judged", "overrides", "statistics"):
        found = _first(_named(recorded.get(name)), _named(recomputed.get(name)), name)
        if found is not None:
            return _at(found, entity)
    return _of_nodes(entity, recorded["nodes"], recomputed["nodes"]) or _of_rest(entity, recorded, recomputed)


def _of_nodes(entity: str, recorded: Sequence[Any], recomputed: Sequence[Any]) -> Difference | None:
    for one, other in zip_longest(recorded, recomputed, fillvalue=None):
        if one != other:
            return _of_node(entity, one or {}, other or {})
    return None


def _of_node(entity: str, recorded: Mapping[str, Any], recomputed: Mapping[str, Any]) -> Difference:
    """Tell a value before its steps."""
    pairs = (
        (name, recorded.get(name, _NOT_THERE), recomputed.get(name, _NOT_THERE)) for name in ("value", "steps", "id")
    )
    found = next(each for each in (_first(one, other, name) for name, one, other in pairs) if each is not None)
    node = recorded.get("id") or recomputed["id"]
    return Difference(entity=entity, node=node, place=found.place, recorded=found.recorded, recomputed=found.recomputed)


def _of_rest(entity: str, recorded: Mapping[str, Any], recomputed: Mapping[str, Any]) -> Difference | None:
    found = _first({**recorded, "salt": ""}, {**recomputed, "salt": ""}, "")
    return None if found is None else _at(found, entity)


def _at(found: Difference, entity: str) -> Difference:
    return Difference(entity=entity, place=found.place, recorded=found.recorded, recomputed=found.recomputed)


def _of_bytes(opened: Opened, again: Record) -> Iterator[Difference]:
    for name in sorted({*opened.members, *again.members}, key=order_of):
        one, other = opened.members.get(name), again.members.get(name)
        if one is None or other is None:
            yield Difference(place=name, recorded=_there(one), recomputed=_there(other))
        elif (offset := first_difference(one, other)) is not None:
            yield Difference(place=name, recorded=_around(one, offset), recomputed=_around(other, offset))
    offset = first_difference(opened.content, again.content)
    if offset is not None:
        yield Difference(place=f"container at offset {offset}", recorded=None, recomputed=None)


def _there(content: bytes | None) -> str | None:
    return None if content is None else f"{len(content)} bytes"


def _around(content: bytes, offset: int) -> str:
    return content[max(0, offset - 20) : offset + 40].decode("utf-8", "replace")


def _named(tree: Any) -> Any:
    """Return a list of named things as a mapping, so that a place in it is told by the name."""
    if isinstance(tree, list) and tree and all(isinstance(each, dict) and "name" in each for each in tree):
        return {each["name"]: each for each in tree}
    return tree


def _first(recorded: Any, recomputed: Any, path: str) -> Difference | None:
    """Return the first place in which two trees differ."""
    if isinstance(recorded, dict) and isinstance(recomputed, dict):
        keys: list[Any] = list(dict.fromkeys((*recorded, *recomputed)))
        parts = ((key, recorded.get(key, _NOT_THERE), recomputed.get(key, _NOT_THERE)) for key in keys)
    elif isinstance(recorded, list) and isinstance(recomputed, list):
        pairs = enumerate(zip_longest(recorded, recomputed, fillvalue=_NOT_THERE), start=1)
        parts = ((number, *pair) for number, pair in pairs)
    else:
        if recorded == recomputed and type(recorded) is type(recomputed):
            return None
        return Difference(place=path, recorded=_plain(recorded), recomputed=_plain(recomputed))
    found = (_first(one, other, f"{path}.{key}".lstrip(".")) for key, one, other in parts)
    return next((each for each in found if each is not None), None)


def _plain(tree: Any) -> Tree:
    return None if tree is _NOT_THERE else tree
