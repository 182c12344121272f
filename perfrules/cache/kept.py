"""What was made of a text ↔ the sections of its file. Long tuples are written in parts, and read when asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

from attrs import fields, frozen

from perfrules.cache.later import LaterSources, LaterTuple
from perfrules.cache.lookups import Lookup, Lookups
from perfrules.cache.read import read_section
from perfrules.cache.tags import Tag
from perfrules.cache.write import written
from perfrules.ir.plan import Plan
from perfrules.stages import Made
from perfrules.text import SourceText

PART: Final = 256
"""How many items of a long tuple stand in one section."""
SHORT: Final = 8
"""A tuple of so many items stands where it is used."""

_PLAN: Final = tuple(each.alias or each.name for each in fields(Plan))


@frozen(kw_only=True)
class KeptRuleset:
    """What was made, the lookups that it rests on, and what was read, by the keys of the search, with its SHA-256."""

    made: Made
    lookups: Lookups
    read: tuple[tuple[str, str], ...]


def sections_of(kept: KeptRuleset, own: SourceText, *, part: int = PART) -> Mapping[str, bytes]:
    """Return the sections; *own* is the text itself, which is not written."""
    made, sections = kept.made, _Sections(part)
    head = {
        "asked": [(each.place, each.path, each.digest) for each in kept.lookups.asked],
        "offers": kept.lookups.offers,
        "read": kept.read,
        "slots": made.slots,
        "is library": made.is_library,
        "sources": list(made.sources),
        "part": part,
    }
    others = [[name, each.text] for name, each in made.sources.items() if name != own.name]
    plan = made.plan
    settled = (
        *(sections.apart(name, items) for name, items in (("diagnostics", made.diagnostics), ("tests", made.tests))),
        None if plan is None else tuple(sections.apart(name, getattr(plan, name)) for name in _PLAN),
    )
    parts = sections.parts
    return {"head": _plain(head), "made": written(settled), "sources": _plain(others), **parts}


def _plain(tree: Any) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


class _Sections:
    """Tuples that are too long to stand where they are used, in parts."""

    def __init__(self, part: int) -> None:
        self.parts: dict[str, bytes] = {}
        self._part = part

    def apart(self, name: str, value: Any) -> Any:
        """Return *value*, or what stands for it."""
        if not isinstance(value, tuple) or len(value) <= min(SHORT, self._part):
            return value
        for number, start in enumerate(range(0, len(value), self._part)):
            self.parts[_part_name(name, number)] = written(value[start : start + self._part])
        return (int(Tag.LATER), name, len(value))


def _part_name(name: str, number: int) -> str:
    return f"{name} {number}"


def lookups_of(sections: Mapping[str, memoryview]) -> Lookups:
    """Return the lookups that what is kept rests on."""
    head = _tree(sections["head"])
    offers = head["offers"]
    asked = tuple(Lookup(place, path, digest) for place, path, digest in head["asked"])
    return Lookups(asked=asked, offers=None if offers is None else tuple(offers))


def kept_of(sections: Mapping[str, memoryview], own: SourceText) -> KeptRuleset:
    """Return what is kept in the sections, for the text *own*."""
    head = _tree(sections["head"])
    later = _later(sections, head["part"])
    diagnostics, tests, plan = read_section(bytes(sections["made"]), later)
    made = Made(
        plan=None if plan is None else Plan(**dict(zip(_PLAN, plan, strict=True))),
        tests=tests,
        diagnostics=diagnostics,
        sources=_sources(head["sources"], own, sections["sources"]),
        slots=tuple(head["slots"]),
        is_library=head["is library"],
    )
    read = tuple((key, digest) for key, digest in head["read"])
    return KeptRuleset(made=made, lookups=lookups_of(sections), read=read)


def _sources(names: Sequence[str], own: SourceText, section: memoryview) -> Mapping[str, SourceText]:
    return LaterSources(names, own, lambda: {name: SourceText(name, text) for name, text in _tree(section)})


def _later(sections: Mapping[str, memoryview], size: int) -> Callable[[str, int], Any]:
    def later(name: str, length: int) -> tuple[Any, ...]:
        def read(number: int) -> tuple[Any, ...]:
            return read_section(bytes(sections[_part_name(name, number)]))

        return cast(tuple[Any, ...], LaterTuple(length, size, read))

    return later


def _tree(section: memoryview) -> Any:
    return json.loads(bytes(section).decode("utf-8", "surrogatepass"))
