"""`perfrules score --record`: what was scored, sealed with all that it depends on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import frozen

from perfrules.cli.exit_codes import ExitCode
from perfrules.cli.reading import DataRequest, Scored, read_options, supplied, supplied_files
from perfrules.cli.record_sample import write_sheets
from perfrules.cli.record_words import opened_record, record_words, refuse_to_replace, secret_of, stop, tell
from perfrules.cli.shared import show_problems, write_file
from perfrules.diagnostics import has_errors
from perfrules.diagnostics.arguments import Word
from perfrules.evaluate.result import Status

if TYPE_CHECKING:
    from perfrules.api import Ruleset
    from perfrules.record import Record, RecordTooLarge
    from perfrules.record.run import Run
    from perfrules.record.salts import Salting


@frozen(kw_only=True)
class Recording:
    """What was asked for: where the record goes, what its salts are made of, what it supersedes and lists, a
    sample of it.
    """

    out: Path
    salt_file: Path | None = None
    supersedes: Path | None = None
    renderings: tuple[Path, ...] = ()
    sample: int | None = None
    seed: str | None = None

    @property
    def beside(self) -> tuple[Path, ...]:
        """The files that are read for it besides the ruleset and the data."""
        return (*self.renderings, *(path for path in (self.salt_file, self.supersedes) if path is not None))


def record_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add `--record FILE` and what goes with it; they arrive as one `recording`, None where nothing is to be sealed."""

    @click.option(
        "--record",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Seal the run in this file: texts, data, every value and step, results. Anyone can verify and replay it.",
    )
    @click.option(
        "--salt-file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Make the salts of the record from this secret, which it does not state.",
    )
    @click.option(
        "--supersedes",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="RECORD",
        help="Say in the record that it takes the place of this earlier one.",
    )
    @click.option(
        "--rendering",
        "renderings",
        multiple=True,
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        metavar="FILE",
        help="List this file (a workbook, a report) by its digests in the record; may be repeated.",
    )
    @click.option("--sample", type=click.IntRange(min=1), help="Draw so many entities for an auditor, with --seed.")
    @click.option("--seed", metavar="TEXT", help="What the draw of --sample depends on.")
    @wraps(command)
    def with_recording(
        record: Path | None,
        salt_file: Path | None,
        supersedes: Path | None,
        renderings: tuple[Path, ...],
        sample: int | None,
        seed: str | None,
        **others: object,
    ) -> None:
        lang = str(others["lang"])
        if record is None and (salt_file or supersedes or renderings or sample is not None or seed is not None):
            stop(ExitCode.USAGE, record_words(lang).text("record.needs-record"))
        out = others.get("out")
        if record is not None and isinstance(out, Path) and out.resolve() == record.resolve():
            stop(ExitCode.USAGE, record_words(lang).text("record.same-out"))
        if (sample is None) != (seed is None):
            stop(ExitCode.USAGE, record_words(lang).text("record.needs-both"))
        asked = None
        if record is not None:
            asked = Recording(
                out=record,
                salt_file=salt_file,
                supersedes=supersedes,
                renderings=renderings,
                sample=sample,
                seed=seed,
            )
        command(recording=asked, **others)

    return with_recording


def scored_and_sealed(
    rules: Ruleset, ruleset: Path, request: DataRequest, recording: Recording, lang: str, plugins: tuple[str, ...]
) -> tuple[Scored, Record]:
    """Read, score and seal every entity; problems of the data go to the error stream, all at once."""
    supplied([rules], request, lang)
    record = _sealed(_run(rules, ruleset, request, recording, lang, plugins), recording, lang)
    results, problems = record.results, record.performed.problems
    of_entities = [problem for result in results for problem in result.problems]
    show_problems([*problems, *of_entities], record.performed.rules.sources, lang)
    if not results:
        stop(ExitCode.REFUSED, record_words(lang).text("record.nobody"))
    refused = sum(result.status is Status.REFUSED for result in results)
    is_whole = not refused and not has_errors(problems)
    return Scored(results, refused, is_whole, record.performed.readers), record


def _run(
    rules: Ruleset, ruleset: Path, request: DataRequest, recording: Recording, lang: str, plugins: tuple[str, ...]
) -> Run:
    from perfrules.readers.sealed_results import is_archive
    from perfrules.record import NotARecord
    from perfrules.record.run import run_of_files

    results, previous = supplied_files(request, lang)
    options = read_options(request, lang, plugins)
    earlier = [previous] if isinstance(previous, Path) else []
    refuse_to_replace(recording.out, [ruleset, request.path, *results.values(), *earlier, *recording.beside], lang)
    try:
        return run_of_files(rules, ruleset, request.path, options=options, results=results, previous=previous)
    except NotARecord:
        for path in (*results.values(), *earlier):
            if is_archive(path.read_bytes()):
                opened_record(path, lang)  # which says what is wrong with it
        raise
    except UnicodeEncodeError as wrong:
        stop(ExitCode.USAGE, record_words(lang).text("record.odd-name", {"file": click.format_filename(wrong.object)}))
    except ValueError:
        stop(ExitCode.REFUSED, record_words(lang).text("record.changed", {"file": str(ruleset)}))


def _sealed(run: Run, recording: Recording, lang: str) -> Record:
    from perfrules.record import NotPerformed, RecordTooLarge
    from perfrules.record.perform import perform
    from perfrules.record.seal import Sealing, sealed

    salting, superseded = _sealing(recording, lang)
    try:
        sealing = Sealing(salting=salting, supersedes=superseded, renderings=_renderings(recording, lang))
        return sealed(perform(run), sealing)
    except NotPerformed as wrong:
        show_problems(wrong.problems, wrong.sources, lang)
        raise click.exceptions.Exit(ExitCode.FINDINGS) from None
    except RecordTooLarge as wrong:
        stop(ExitCode.REFUSED, _too_large(wrong, lang))


def write_record(record: Record, recording: Recording, lang: str) -> None:
    """Write the record, and the sampling sheet that was asked for beside it."""
    write_file(recording.out, record.content, lang)
    args = {"file": str(recording.out), "count": str(len(record.results)), "seal": record.seal}
    tell(record_words(lang).text("record.written", args), err=True)
    if recording.sample is not None and recording.seed is not None:
        from perfrules.record import open_record

        stem = recording.out.with_name(f"{recording.out.name}.sample")
        write_sheets(open_record(record.content), recording.sample, recording.seed, stem, lang)


def _sealing(recording: Recording, lang: str) -> tuple[Salting | None, Mapping[str, str] | None]:
    """Return where the salts come from, and the digests of the record that is superseded."""
    from perfrules.record.earlier import identity_of
    from perfrules.record.salts import secret_salting

    secret = secret_of(recording.salt_file, lang)
    earlier = None
    if recording.supersedes is not None:
        earlier = identity_of(opened_record(recording.supersedes, lang))
    return None if secret is None else secret_salting(secret), earlier


def _renderings(recording: Recording, lang: str) -> bytes | None:
    from perfrules.record.renderings import renderings_bytes

    try:
        return renderings_bytes(recording.renderings) if recording.renderings else None
    except UnicodeEncodeError as wrong:
        stop(ExitCode.USAGE, record_words(lang).text("record.odd-name", {"file": click.format_filename(wrong.object)}))
    except ValueError:
        stop(ExitCode.USAGE, record_words(lang).text("record.renderings-twice"))


def _too_large(wrong: RecordTooLarge, lang: str) -> str:
    args = {"size": str(wrong.size), "what": Word(wrong.what), "limit": str(wrong.limit)}
    return record_words(lang).text("record.too-large", args)
