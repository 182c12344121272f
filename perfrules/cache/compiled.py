"""Compiling with memory: a ruleset that was compiled before, of the same texts, is read back instead.

What uses plug-ins is not kept, nor what is told of files that are not there, for that names whatever else is. Nothing
that goes wrong in keeping or reading back is ever told: the text is compiled then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from perfrules.cache.folder import cache_folder, keep, read_kept
from perfrules.cache.kept import KeptRuleset, kept_of, lookups_of, sections_of
from perfrules.cache.key import key_of
from perfrules.cache.lookups import Places, Recorder, answers
from perfrules.cache.sections import packed, unpacked
from perfrules.cache.write import NotKept
from perfrules.lang.collector import collector_paused
from perfrules.stages import Made, compiled_text
from perfrules.text import SourceText, TextProblem


@frozen
class Remembered:
    """What was made of a text, and the files that were read for it, by the keys of the search."""

    made: Made
    read: Mapping[str, bytes]


@frozen
class _Place:
    """Where the ruleset at hand is kept."""

    folder: Path
    key: str


def compiled(
    source: SourceText, problems: Sequence[TextProblem], places: Places, *, plugins: Iterable[str] = ()
) -> Remembered:
    """Read back what was made of a text, else compile it and keep that. *problems* are those of reading the text."""
    folder = None if problems else cache_folder()
    key = None if folder is None else key_of(source, places)
    recorder = Recorder(places)
    if folder is None or key is None:
        return _compiled(source, problems, recorder, plugins)
    place = _Place(folder, key)
    known = _read_back(place, source, recorder)
    if known is not None:
        return known
    found = _compiled(source, problems, recorder, plugins)
    if recorder.can_be_asked_again and not found.made.asks_for_plugins:
        _keep(place, source, found, recorder)
    return found


def _compiled(
    source: SourceText, problems: Sequence[TextProblem], recorder: Recorder, plugins: Iterable[str]
) -> Remembered:
    search = recorder.search()
    made = compiled_text(source, problems, search, plugins)
    return Remembered(made, search.read)


def _read_back(place: _Place, source: SourceText, recorder: Recorder) -> Remembered | None:
    content = read_kept(place.folder, place.key)
    if content is None:
        return None
    try:
        sections = unpacked(place.key, content)
        if sections is None:
            return None
        contents = answers(lookups_of(sections), recorder.places, recorder.read)
        if contents is None:
            return None
        kept = kept_of(sections, source)
        return Remembered(kept.made, {key: contents[digest] for key, digest in kept.read})
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
    ):  # a file that is whole, but none of ours
        return None


def _keep(place: _Place, source: SourceText, found: Remembered, recorder: Recorder) -> None:
    read = tuple((key, sha256(content).hexdigest()) for key, content in found.read.items())
    kept = KeptRuleset(made=found.made, lookups=recorder.lookups, read=read)
    try:
        with collector_paused():
            content = packed(place.key, sections_of(kept, source))
        keep(place.folder, place.key, content)
    except (NotKept, ValueError, RecursionError, OSError):  # ValueError: numbers of thousands of digits
        return
