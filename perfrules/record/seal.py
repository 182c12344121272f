"""From what came out of a run to the bytes of its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfrules.readers.raw import ReadOptions
from perfrules.record.common import COMMON, SALTED_AS, common_bytes
from perfrules.record.container import container
from perfrules.record.derived import cohort_bytes, trace_bytes
from perfrules.record.digests import sha256_hex
from perfrules.record.earlier import identity_of
from perfrules.record.leaves import Leaf, leaf_bytes, leaves_of
from perfrules.record.limits import MOST_BYTES, MOST_ENTITIES, MOST_MEMBERS
from perfrules.record.manifest import Manifest, Sealed, given_members, manifest_tree, ruleset_files
from perfrules.record.merkle import leaf_hash, root_of
from perfrules.record.nodes import nodes_tree
from perfrules.record.opening import open_record
from perfrules.record.perform import Performed, perform
from perfrules.record.renderings import RENDERINGS, renderings_bytes
from perfrules.record.run import run_of_files
from perfrules.record.salts import Salting, secret_salting, stated_salting
from perfrules.record.statement import with_statement
from perfrules.record.verify_text import verify_text
from perfrules.writers.canonical import canonical_json, canonical_text
from perfrules.writers.result_tree import problem_tree

if TYPE_CHECKING:
    from datetime import date

    from perfrules.api import Ruleset
    from perfrules.scored import Results


class RecordTooLarge(Exception):  # noqa: N818 - it says what is so
    """A run that no record can hold: *size* of *what* (entities, members, bytes) is more than *limit*."""

    def __init__(self, what: str, size: int, limit: int) -> None:
        self.what, self.size, self.limit = what, size, limit
        super().__init__(f"{size} {what}: a record holds at most {limit}")


@frozen(kw_only=True, eq=False)
class Record:
    """A sealed record: its bytes, its members by name, its manifest, and what was performed to make it."""

    content: bytes = field(repr=False)
    members: Mapping[str, bytes] = field(repr=False)
    manifest: Manifest = field(repr=False)
    performed: Performed = field(repr=False)

    @property
    def results(self) -> Results:
        """The results, in the order of the data."""
        return self.performed.results

    @property
    def seal(self) -> str:
        """The SHA-256 of the manifest: what to publish, or to write down, of a record."""
        return sha256_hex(self.members["manifest.json"])

    @property
    def root(self) -> str:
        """The root over the parts of all entities."""
        root: str = self.manifest["tree"]["root"]
        return root

    def write(self, path: str | Path) -> None:
        """Write the record, whole or not at all."""
        from perfrules.writers.atomic import write_atomically

        write_atomically(Path(path), self.content)


@frozen(kw_only=True)
class Sealing:
    """How a record is made: where its salts come from (None: from what is given), what it supersedes, the list of
    *renderings* made for people.

    A record that is made again keeps the name and version of the program that made it first, *engine*.
    """

    salting: Salting | None = None
    supersedes: Mapping[str, str] | None = None
    engine: Mapping[str, str] | None = None
    renderings: bytes | None = None


def make_record(
    rules: Ruleset,
    data: str | Path,
    *,
    ruleset: str | Path | None = None,
    as_of: date | None = None,
    settings: Mapping[str, str] | None = None,
    ignore_unknown: bool = False,
    results: Mapping[str, str | Path] | None = None,
    previous: str | Path | None = None,
    plugins: Sequence[str] = (),
    salt: bytes | None = None,
    supersedes: bytes | None = None,
    renderings: Sequence[str | Path] = (),
) -> Record:
    """Score the entities of a data file and seal all of it: texts, data, every value and step, results.

    *ruleset* is the file of *rules*, whose bytes the record has; else it has their text. A secret *salt* is not stated
    in the record. *supersedes* are the bytes of an earlier record that this one takes the place of. *renderings* are
    files made for people, which it lists by their digests. The other options are as for `Ruleset.score_all` and
    `perfrules score`.

    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> from perfrules import loads
    >>> rules = loads('''
    ... ruleset demo "Demo" version "1" {
    ...   entity department "Department"
    ...   input done : count in [0, 100]
    ...   total 10 points
    ...   indicator A "Completion" 10 points { score curve of done { 0 -> 0; 100 -> full } }
    ... }
    ... ''')
    >>> data = Path(mkdtemp(), "data.csv")
    >>> _ = data.write_text("Department,done\\nFinance,95\\n", encoding="utf-8")
    >>> record = make_record(rules, data)
    >>> record.results["Finance"].total, record.content == make_record(rules, data).content
    (Fraction(19, 2), True)
    """
    options = ReadOptions(
        as_of=as_of, settings=dict(settings or {}), ignore_unknown=ignore_unknown, plugins=frozenset(plugins)
    )
    run = run_of_files(
        rules,
        None if ruleset is None else Path(ruleset),
        Path(data),
        options=options,
        results={alias: Path(path) for alias, path in (results or {}).items()},
        previous=previous,
    )
    return sealed(
        perform(run),
        Sealing(
            salting=None if salt is None else secret_salting(salt),
            supersedes=None if supersedes is None else identity_of(open_record(supersedes)),
            renderings=renderings_bytes(map(Path, renderings)) if renderings else None,
        ),
    )


def sealed(performed: Performed, sealing: Sealing) -> Record:
    """Put together the members of a record and write its container."""
    if len(performed.results) > MOST_ENTITIES:
        raise RecordTooLarge("entities", len(performed.results), MOST_ENTITIES)
    given = given_members(performed.run)
    salting = sealing.salting or stated_salting(given)
    leaves = [{**leaf, "salt": salting.salt(leaf["entity"], leaf["position"])} for leaf in leaves_of(performed)]
    parts = [leaf_bytes(leaf) for leaf in leaves]
    members = {**given, **_told(performed, leaves)}
    members.update((f"entities/{number}.json", part) for number, part in enumerate(parts, start=1))
    if sealing.renderings is not None:
        members[RENDERINGS] = sealing.renderings
    root = root_of([leaf_hash(part) for part in parts]).hex()
    members[COMMON] = common_bytes(members, salting.salt(*SALTED_AS))
    tree = Sealed(root=root, size=len(parts), salting=salting, nodes=members["nodes.json"], common=members[COMMON])
    manifest = manifest_tree(performed, tree, sealing.supersedes, sealing.engine)
    members = with_statement({**members, "manifest.json": _json(manifest)})
    _check_sizes(members)
    return Record(content=container(members), members=members, manifest=manifest, performed=performed)


def _told(performed: Performed, leaves: Sequence[Leaf]) -> dict[str, bytes]:
    """Return what is told of all entities together, and how to check it."""
    texts = {member: content for member, _, content in ruleset_files(performed.run)}
    nodes = nodes_tree(performed.rules, texts)
    return {
        "nodes.json": _json(nodes),
        "results.json": _results(performed),
        "cohort.json": cohort_bytes(leaves),
        "problems.json": _json({"problems": [problem_tree(each) for each in performed.problems]}),
        "trace.csv": trace_bytes(nodes, leaves),
        "VERIFY.txt": verify_text(),
    }


def _results(performed: Performed) -> bytes:
    results = performed.results
    text = canonical_json(performed.rules.plan, results, results.results_used, readers=performed.readers)
    return text.encode("utf-8")


def _json(tree: Mapping[str, Any]) -> bytes:
    return canonical_text(tree).encode("utf-8")


def _check_sizes(members: Mapping[str, bytes]) -> None:
    size = sum(map(len, members.values()))
    if size > MOST_BYTES:
        raise RecordTooLarge("bytes", size, MOST_BYTES)
    if len(members) > MOST_MEMBERS:
        raise RecordTooLarge("members", len(members), MOST_MEMBERS)
