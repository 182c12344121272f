"""From a record back to the run it is of: the same bytes, read in the same way."""

from __future__ import annotations

import json
from datetime import date

from perfrules.record.common import COMMON, SALTED_AS
from perfrules.record.manifest import Manifest
from perfrules.record.opening import Opened
from perfrules.record.perform import is_file_name
from perfrules.record.run import GivenFile, Run
from perfrules.record.salts import Salting, secret_salting


def run_of(opened: Opened) -> Run:
    """Return the run that a record is of. ValueError or LookupError where its manifest tells of none."""
    manifest, members = opened.manifest, opened.members
    ruleset, run = manifest["ruleset"], manifest["run"]
    own, *others = ruleset["files"]
    names = [each["name"] for each in (run["data"], *run["tables"])]
    if not all(map(is_file_name, names)) or len({name.casefold() for name in names}) < len(names):
        raise ValueError("files that cannot lie in one folder")
    return Run(
        ruleset=GivenFile(ruleset["file"], members[own["member"]]),
        resources={each["key"]: members[each["member"]] for each in others},
        data=GivenFile(run["data"]["name"], members[run["data"]["member"]]),
        tables=tuple(GivenFile(each["name"], members[each["member"]]) for each in run["tables"]),
        results={each["alias"]: members[each["member"]] for each in run["results"]},
        no_earlier=run["no_previous"],
        as_of=None if run["as_of"] is None else date.fromisoformat(run["as_of"]),
        settings=dict(run["settings"]),
        ignore_unknown=run["ignore_unknown"],
        plugins=tuple(run["plugins"]),
    )


def salting_of(opened: Opened, secret: bytes | None) -> Salting | None:
    """Return where the salts come from: None where they follow from the run; those of the leaves, without the seed."""
    told = told_salting(opened.manifest)
    if "seed" in told:
        return None
    if secret is not None:
        return secret_salting(secret)
    known = {(leaf["entity"], leaf["position"]): leaf["salt"] for leaf in opened.leaves}
    common: str = json.loads(opened.members[COMMON])["salt"]
    return Salting(seed=b"", told=told, known={**known, SALTED_AS: common})


def told_salting(manifest: Manifest) -> dict[str, str]:
    """Return what a manifest says of its seed."""
    return {name: value for name, value in manifest["salts"].items() if name != "salt"}
