"""Opening a record: its members and what they say, if it is whole; else why it is not."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from attrs import field, frozen

from perfrules.record.consistency import contradictions
from perfrules.record.integrity import Fault, check_container
from perfrules.record.manifest import Manifest
from perfrules.record.merkle import leaf_hash


class NotARecord(Exception):  # noqa: N818 - it says what is so
    """What is no record, or one that was changed; *faults* say where."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, faults)))


@frozen(kw_only=True, eq=False, slots=False)
class Opened:
    """A record whose bytes are whole."""

    content: bytes = field(repr=False)
    members: Mapping[str, bytes] = field(repr=False)

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest."""
        found: Manifest = json.loads(self.members["manifest.json"])
        return found

    @cached_property
    def parts(self) -> tuple[bytes, ...]:
        """The bytes of all entities' parts, in the order of the tree."""
        size = int(self.manifest["tree"]["size"])
        return tuple(self.members[f"entities/{number}.json"] for number in range(1, size + 1))

    @cached_property
    def leaves(self) -> tuple[Mapping[str, Any], ...]:
        """The entities' parts, in the order of the tree."""
        return tuple(json.loads(part) for part in self.parts)

    @cached_property
    def nodes(self) -> Mapping[str, Any]:
        """What the nodes are, and the rubric."""
        found: Mapping[str, Any] = json.loads(self.members["nodes.json"])
        return found

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of inputs by name, where they have one."""
        return {each["name"]: each["title"] for each in self.nodes["inputs"] if each.get("title")}

    @cached_property
    def hashes(self) -> tuple[bytes, ...]:
        """The hashes of the leaves."""
        return tuple(map(leaf_hash, self.parts))


def open_record(content: bytes) -> Opened:
    """Open a record after checking every byte of it, and that it does not contradict itself. NotARecord says what is
    wrong.
    """
    found = check_container(content)
    faults = found.faults or contradictions(found.members)
    if faults:
        raise NotARecord(faults)
    return Opened(content=content, members=found.members)
