"""What a run is given: every byte and every choice that its results depend on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from perfrules.readers.raw import ReadOptions, wanted_by
from perfrules.readers.sealed_results import is_archive

if TYPE_CHECKING:
    from perfrules.api import Ruleset

PREVIOUS: Final = ""
"""The alias of earlier results."""
NO_PREVIOUS: Final = "none"
"""Said in the place of earlier results where there are none."""
_NOTHING: Final[Mapping[str, bytes]] = MappingProxyType({})
_NO_SETTINGS: Final[Mapping[str, str]] = MappingProxyType({})


@frozen
class GivenFile:
    """A file as it was given: its name without folders, and its bytes."""

    name: str
    content: bytes = field(repr=False)


@frozen(kw_only=True)
class Run:
    """The texts of a ruleset (*resources* by the keys under which they are found), the data, and how they are read.

    *tables* are files beside the data that hold tables. *results* are those of other rulesets by the names that the
    ruleset gives them, earlier results under an empty name; *no_earlier*: it is said that there are none. *plugins* may
    be loaded.
    """

    ruleset: GivenFile
    resources: Mapping[str, bytes] = field(repr=False, default=_NOTHING)
    data: GivenFile
    tables: tuple[GivenFile, ...] = ()
    results: Mapping[str, bytes] = field(repr=False, default=_NOTHING)
    no_earlier: bool = False
    as_of: date | None = None
    settings: Mapping[str, str] = _NO_SETTINGS
    ignore_unknown: bool = False
    plugins: tuple[str, ...] = ()

    @property
    def reading(self) -> ReadOptions:
        """How the data are read."""
        return ReadOptions(
            as_of=self.as_of,
            settings=self.settings,
            ignore_unknown=self.ignore_unknown,
            plugins=frozenset(self.plugins),
        )


def run_of_files(
    rules: Ruleset,
    ruleset: Path | None,
    data: Path,
    *,
    options: ReadOptions,
    results: Mapping[str, Path] | None = None,
    previous: Path | str | None = None,
) -> Run:
    """Read all that a run is given; what is read later is these bytes. *previous* is a file, "none" or nothing.

    *ruleset* is the file that *rules* were compiled from (None: their text is taken). ValueError where it has become
    another since, UnicodeEncodeError where the name of a file is not in UTF-8,
    NotARecord where results are in a record that was changed.
    """
    given = {alias: _results(path) for alias, path in (results or {}).items()}
    if previous is not None and previous != NO_PREVIOUS:
        given[PREVIOUS] = _results(Path(previous))
    return Run(
        ruleset=_ruleset(rules, ruleset),
        resources=dict(rules.resources),
        data=_file(data),
        tables=tuple(_file(path) for path in _tables(data, rules)),
        results=given,
        no_earlier=previous == NO_PREVIOUS,
        as_of=options.as_of,
        settings=dict(options.settings),
        ignore_unknown=options.ignore_unknown,
        plugins=tuple(sorted(options.plugins | {each.name for each in rules.plan.plugins})),
    )


def _ruleset(rules: Ruleset, path: Path | None) -> GivenFile:
    if path is None:
        return GivenFile(f"{rules.name}.perfrules", rules.source.text.encode("utf-8"))
    from perfrules.text import read_source

    found = _file(path)
    if read_source(found.content, found.name)[0].text != rules.source.text:
        raise ValueError(f"{path} has been changed since it was compiled")
    return found


def _tables(data: Path, rules: Ruleset) -> tuple[Path, ...]:
    """Return the files of tables beside a file of comma-separated values."""
    from perfrules.readers.csv_file import files_of_tables, read_csv
    from perfrules.readers.table import READERS

    if READERS.get(data.suffix.lower()) is not read_csv:
        return ()
    return tuple(sorted(set(files_of_tables(data, wanted_by(rules.plan)).values())))


def _results(path: Path) -> bytes:
    """Return results as a file has them, or as they are in a record that is whole. NotARecord says why it is not."""
    from perfrules.record.opening import open_record

    content = path.read_bytes()
    return open_record(content).members["results.json"] if is_archive(content) else content


def _file(path: Path) -> GivenFile:
    path.name.encode("utf-8")  # a name in another encoding cannot stand in a record: UnicodeEncodeError
    return GivenFile(path.name, path.read_bytes())
