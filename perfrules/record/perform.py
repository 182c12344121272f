"""Performing a run: the texts are compiled, the data read, every entity scored, from the given bytes alone.

A record is made of what comes out, and a replay does the same again with the evaluator that defines the meaning. Files
are looked for nowhere but among those given; what the compiler keeps of earlier compilations is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from attrs import evolve, field, frozen

from perfrules.api import Ruleset
from perfrules.before_scoring import checked_row
from perfrules.compose.search import Place, search_in
from perfrules.diagnostics import DataPlace, Diagnostic
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.evaluate import evaluate
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan, PluginIdentity
from perfrules.readers.raw import Raw, RawRow
from perfrules.readers.rows import EntityRow, read_rows
from perfrules.readers.supplied import Supply
from perfrules.readers.table import read_raw
from perfrules.record.run import NO_PREVIOUS, PREVIOUS, GivenFile, Run
from perfrules.scored import Results, result_of
from perfrules.stages import compiled_text
from perfrules.supplying import supply
from perfrules.text import SourceText, read_source


class NotPerformed(Exception):  # noqa: N818 - it says what is so
    """A run that cannot be performed: its texts are no ruleset, or results that it needs are not there."""

    def __init__(self, problems: Sequence[Diagnostic], sources: Mapping[str, SourceText]) -> None:
        self.problems = tuple(problems)
        self.sources = sources
        super().__init__("; ".join(each.code.value for each in problems))


@frozen(kw_only=True, eq=False)
class Performed:
    """What came out of a run, in the order of the data. *facts* are the data as read, None where they could not be.

    *problems* are those of the data as a whole, *readers* the plug-ins that read them.
    """

    run: Run = field(repr=False)
    rules: Ruleset
    raw: Raw = field(repr=False)
    facts: tuple[Facts | None, ...] = field(repr=False)
    places: tuple[DataPlace, ...] = field(repr=False)
    results: Results = field(repr=False)
    problems: tuple[Diagnostic, ...] = ()
    readers: tuple[PluginIdentity, ...] = ()


def perform(run: Run, *, reference: bool = False) -> Performed:
    """Compile, read and score. *reference* takes the evaluator that defines the meaning; the results are the same."""
    rules = recompiled(run)
    with _files(run) as folder:
        raw, readers = read_raw(folder / "given" / run.data.name, rules.plan, run.reading)
        read = read_rows(raw, rules.plan, run.reading)
        supplied = _supplied(rules, run, folder)
    rows = tuple(_named_row(row) for row in read.rows)
    ready = [supplied.facts(row) for row in rows]
    results = _scored(rules.plan, ready, supplied, reference=reference)
    strays = supplied.strays([row.entity for row in rows])
    return Performed(
        run=run,
        rules=rules,
        raw=_named_raw(raw),
        facts=tuple(row.facts for row in ready),
        places=tuple(row.place for row in rows),
        results=results,
        problems=tuple(map(_named, (*read.problems, *strays))),
        readers=readers,
    )


def recompiled(run: Run) -> Ruleset:
    """Compile the texts of a run, from these alone."""
    source, unreadable = read_source(run.ruleset.content, run.ruleset.name)
    search = search_in(Place(run.resources.get))
    made = compiled_text(source, unreadable, search, run.plugins)
    if made.plan is None:
        raise NotPerformed(made.diagnostics, made.sources)
    return Ruleset(
        plan=made.plan,
        source=source,
        tests=made.tests,
        diagnostics=made.diagnostics,
        resources=MappingProxyType(search.read),
        sources=made.sources,
    )


def _supplied(rules: Ruleset, run: Run, folder: Path) -> Supply:
    files = {alias: folder / "results" / f"{number}.json" for number, alias in enumerate(sorted(run.results))}
    previous = files.pop(PREVIOUS, NO_PREVIOUS if run.no_earlier else None)
    try:
        found = supply(rules.plan, files, previous)
    except ValueError:
        raise NotPerformed((), rules.sources) from None
    if found.problems:
        raise NotPerformed(tuple(map(_named, found.problems)), rules.sources)
    return found


def _scored(plan: Plan, rows: Sequence[EntityRow], supplied: Supply, *, reference: bool) -> Results:
    checked = [checked_row(plan, row) for row in rows]
    if has_cohort_rules(plan):
        from perfrules.evaluate.cohort.passes import evaluate_cohort

        found = evaluate_cohort(plan, [(row.entity, row.facts) for row in checked], reference=reference)
    else:
        found = tuple(None if row.facts is None else evaluate(plan, row.facts, reference=reference) for row in checked)
    return Results(tuple(result_of(plan, row, each) for row, each in zip(checked, found, strict=True)), supplied.used)


@contextmanager
def _files(run: Run) -> Iterator[Path]:
    """Put the given files where readers can open them; gone afterwards."""
    with TemporaryDirectory(prefix="perfrules-") as name:
        folder = Path(name)
        (folder / "given").mkdir()
        (folder / "results").mkdir()
        for each in (run.data, *run.tables):
            (folder / "given" / _checked(each)).write_bytes(each.content)
        for number, alias in enumerate(sorted(run.results)):
            (folder / "results" / f"{number}.json").write_bytes(run.results[alias])
        yield folder


def _checked(file: GivenFile) -> str:
    if not is_file_name(file.name):
        raise ValueError(f"{file.name!r} is no name of a file")
    return file.name


def is_file_name(name: str) -> bool:
    """Tell whether *name* can be that of a file in a folder, and of nothing elsewhere."""
    return name not in {"", ".", ".."} and not set(name) & set("/\\\0") and len(name.encode()) <= 255


def _named_row(row: EntityRow) -> EntityRow:
    return evolve(row, problems=tuple(map(_named, row.problems)), place=_here(row.place))


def _named_raw(raw: Raw) -> Raw:
    tables = {table: tuple(map(_named_cells, rows)) for table, rows in raw.tables.items()}
    return evolve(raw, rows=tuple(map(_named_cells, raw.rows)), tables=MappingProxyType(tables))


def _named_cells(row: RawRow) -> RawRow:
    return evolve(row, place=_here(row.place))


def _named(problem: Diagnostic) -> Diagnostic:
    return problem if problem.where is None else evolve(problem, where=_here(problem.where))


def _here(place: DataPlace) -> DataPlace:
    """Return a place without the folder in which its file was read."""
    return place if place.file is None else evolve(place, file=Path(place.file).name)
