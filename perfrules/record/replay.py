"""Replaying a record: everything is computed again from the recorded texts and data, and compared to the last byte.

The evaluator is the one that defines the meaning of the language, not the one that is fast. Nothing is asked of any
network, nor is any file read but those in the record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfrules.record.differences import Difference, difference
from perfrules.record.digests import sha256_hex
from perfrules.record.integrity import Fault, FaultKind
from perfrules.record.opening import NotARecord, Opened, open_record
from perfrules.record.perform import perform
from perfrules.record.renderings import RENDERINGS
from perfrules.record.rerun import run_of, salting_of, told_salting
from perfrules.record.seal import Record, Sealing, sealed
from perfrules.record.versions import ENGINE, ENGINE_VERSION

if TYPE_CHECKING:
    from collections.abc import Collection


class PluginsNotAllowed(Exception):  # noqa: N818 - it says what is so
    """A record whose run used plug-ins that the caller has not allowed to be loaded."""

    def __init__(self, names: Collection[str]) -> None:
        self.names = tuple(sorted(names))
        super().__init__(", ".join(self.names))


class AnotherSalt(Exception):  # noqa: N818 - it says what is so
    """A secret that is not the one whose digest the record has."""


@frozen(kw_only=True, eq=False)
class Replayed:
    """What came of a replay: the record as it was and as it was made again, and the first *difference*, if any."""

    opened: Opened = field(repr=False)
    again: Record = field(repr=False)
    difference: Difference | None

    @property
    def values(self) -> int:
        """How many values of nodes were compared."""
        return sum(len(leaf["nodes"]) for leaf in self.opened.leaves)

    @property
    def other_engine(self) -> Mapping[str, Any] | None:
        """The program that made the record, where it was another than this."""
        engine: Mapping[str, Any] = self.opened.manifest["engine"]
        return None if engine == {"name": ENGINE, "version": ENGINE_VERSION} else engine


def replay(content: bytes, *, plugins: Collection[str] = (), salt: bytes | None = None) -> Replayed:
    """Compute a record again and compare.

    *plugins* may be loaded; PluginsNotAllowed names those that the run used and that are not among them. With the
    secret *salt* the salts of the leaves are computed, too. NotARecord where the record is damaged, NotPerformed where
    its texts are no ruleset for this program.
    """
    opened = open_record(content)
    try:
        run, salting = run_of(opened), salting_of(opened, salt)
        told = told_salting(opened.manifest)
    except (ValueError, LookupError) as wrong:
        raise NotARecord([Fault(kind=FaultKind.FORMAT, about=type(wrong).__name__)]) from None
    if salt is not None and sha256_hex(salt) != told.get("seed_sha256"):
        raise AnotherSalt
    if not set(run.plugins) <= set(plugins):
        raise PluginsNotAllowed(set(run.plugins) - set(plugins))
    sealing = Sealing(
        salting=salting,
        supersedes=opened.manifest["supersedes"],
        engine=opened.manifest["engine"],
        renderings=opened.members.get(RENDERINGS),
    )
    again = sealed(perform(run, reference=True), sealing)
    return Replayed(opened=opened, again=again, difference=difference(opened, again))
