"""Which rulesets a ruleset is made of, each with all the texts that say what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from perfrules.compose.file import File
from perfrules.compose.load import digest
from perfrules.ir.plan import Ancestor
from perfrules.text import SourceText


@frozen(eq=False)
class Taken:
    """What was taken in: rulesets, the base of all first, and all files that names depend on, each by its text's name.

    *files* has the lists of indicators too, with the file that each is read for.
    """

    rulesets: Mapping[str, File]
    files: Mapping[str, File]
    sources: Mapping[str, SourceText]


def lineage(taken: Taken) -> tuple[Ancestor, ...]:
    """Return the ruleset itself, then what it extends, the nearest first."""
    return tuple(
        Ancestor(name=file.name, version=file.version, texts=tuple(sorted(_texts(file, taken))))
        for file in reversed(tuple(taken.rulesets.values()))
    )


def _texts(ruleset: File, taken: Taken) -> Iterator[tuple[str, str]]:
    parts = set(_with_libraries(ruleset))
    for file in parts:
        yield file.source.name, digest(file.source.text)
    for name, file in taken.files.items():
        if file in parts and name not in taken.rulesets:
            yield name, digest(taken.sources[name].text)


def _with_libraries(file: File) -> Iterator[File]:
    waiting, seen = [file], {file}
    while waiting:
        here = waiting.pop()
        yield here
        waiting += [each for each in here.uses if each not in seen]
        seen.update(here.uses)
