"""The manifest: what was evaluated, by what, how it was read, and the root over all entities.

It says nothing of any entity, and has the digest of what entities have in common only behind a salt, so that it can go
with the proof of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import asdict, frozen

from perfrules.evaluate.result import Status
from perfrules.ir.plan import Plan
from perfrules.record.container import safe_name
from perfrules.record.digests import sha256_hex
from perfrules.record.perform import Performed
from perfrules.record.run import PREVIOUS, Run
from perfrules.record.salts import Salting
from perfrules.record.versions import ENGINE, ENGINE_VERSION, FORMAT

Manifest = dict[str, Any]


@frozen(kw_only=True)
class Sealed:
    """What is known only when everything is there: the tree, and the seed of its salts."""

    root: str
    size: int
    salting: Salting
    nodes: bytes
    common: bytes


def manifest_tree(
    performed: Performed, sealed: Sealed, supersedes: Mapping[str, str] | None, engine: Mapping[str, str] | None = None
) -> Manifest:
    """Return the manifest; *engine* is what made the record, this program unless it was another."""
    run, plan = performed.run, performed.rules.plan
    as_of = run.as_of or plan.as_of_default
    statuses = [result.status for result in performed.results]
    return {
        "format": FORMAT,
        "engine": dict(engine or {"name": ENGINE, "version": ENGINE_VERSION}),
        "language_version": plan.language_version,
        "ruleset": _ruleset(run, plan),
        "as_of": None if as_of is None else as_of.isoformat(),
        "run": _run(run),
        "plugins": [asdict(each) for each in (*plan.plugins, *performed.readers)],
        "entities": {each.value: str(statuses.count(each)) for each in Status},
        "nodes_sha256": sha256_hex(sealed.nodes),
        "common_sha256": sha256_hex(sealed.common),
        "tree": {"leaf": "SHA-256, RFC 6962", "size": str(sealed.size), "root": sealed.root},
        "salts": {"salt": "HMAC-SHA-256(seed, entity U+0000 position)", **sealed.salting.told},
        "supersedes": None if supersedes is None else dict(supersedes),
    }


def _ruleset(run: Run, plan: Plan) -> dict[str, Any]:
    files = [{"member": member, "key": key, "sha256": sha256_hex(text)} for member, key, text in ruleset_files(run)]
    return {
        "name": plan.name,
        "title": plan.title,
        "version": plan.version,
        "hash": plan.compiled_hash,
        "file": run.ruleset.name,
        "files": files,
        "made_of": [asdict(each) for each in plan.sources],
        "authority": list(plan.authority),
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "as_of": None if run.as_of is None else run.as_of.isoformat(),
        "settings": dict(run.settings),
        "ignore_unknown": run.ignore_unknown,
        "plugins": list(run.plugins),
        "data": {"member": given_member(run.data.name, 1), "name": run.data.name},
        "tables": [
            {"member": given_member(each.name, number), "name": each.name}
            for number, each in enumerate(run.tables, start=2)
        ],
        "results": [{"member": member, "alias": alias} for alias, member in results_members(run).items()],
        "no_previous": run.no_earlier,
    }


def ruleset_files(run: Run) -> list[tuple[str, str, bytes]]:
    """Return the texts with the names of their members and the keys they are found by, the ruleset's own first."""
    found = [(f"ruleset/{safe_name(run.ruleset.name, 1)}", "", run.ruleset.content)]
    used = {found[0][0]}
    for number, key in enumerate(sorted(run.resources), start=2):
        member = f"ruleset/{safe_name(key.removesuffix(':'), number)}"
        if member in used or member.casefold() in {each.casefold() for each in used}:
            member = f"ruleset/{number}-{safe_name(key.removesuffix(':'), number)}"
        used.add(member)
        found.append((member, key, run.resources[key]))
    return found


def given_member(name: str, number: int) -> str:
    """Return the member that has a data file."""
    return f"inputs/given/{safe_name(name, number)}"


def results_members(run: Run) -> dict[str, str]:
    """Return the members that have the results which the run read, by alias; that of earlier ones is empty."""
    found = {alias: f"of-{safe_name(alias, number)}" for number, alias in enumerate(sorted(run.results), start=1)}
    return {alias: f"inputs/results/{'previous' if alias == PREVIOUS else name}.json" for alias, name in found.items()}


def given_members(run: Run) -> dict[str, bytes]:
    """Return the members that hold what the run was given."""
    members = {member: content for member, _, content in ruleset_files(run)}
    members[given_member(run.data.name, 1)] = run.data.content
    for number, each in enumerate(run.tables, start=2):
        members[given_member(each.name, number)] = each.content
    return members | {member: run.results[alias] for alias, member in results_members(run).items()}
