"""The front door: text → ruleset → results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from perfrules.before_scoring import checked_row
from perfrules.cache.lookups import Places
from perfrules.compose.search import Place
from perfrules.diagnostics import Code, Diagnostic, has_errors
from perfrules.diagnostics.render import terminal
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.evaluate import evaluate
from perfrules.files import folder_place, installed_places, place_of
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import OutlineItem, Plan
from perfrules.ir.ruletests import RuleTest
from perfrules.readers.mapping import read_mapping, read_mappings
from perfrules.readers.raw import ReadOptions
from perfrules.readers.rows import EntityRow
from perfrules.readers.supplied import Supply
from perfrules.scored import Result, Results, result_of
from perfrules.supplying import supply
from perfrules.text import SourceText, TextProblem, read_source, source_from_text

if TYPE_CHECKING:
    from perfrules.engines.carriers import Carrier
    from perfrules.tables.options import Engine, Numbers, OnProblem, Progress

__all__ = [
    "Compiled",
    "ReadResource",
    "Result",
    "Results",
    "Ruleset",
    "RulesetError",
    "compile",
    "compile_file",
    "load",
    "loads",
    "problems_of",
    "result_of",
]

ReadResource = Callable[[str], bytes | None]


class RulesetError(Exception):
    """A ruleset that has errors; `diagnostics` holds every problem, warnings included, of all the files it is made of
    (`sources`).
    """

    def __init__(
        self, diagnostics: Sequence[Diagnostic], source: SourceText, sources: Mapping[str, SourceText] | None = None
    ) -> None:
        self.diagnostics = tuple(diagnostics)
        self.source = source
        self.sources = dict(sources or {source.name: source})
        super().__init__("\n" + terminal.render(self.diagnostics, self.sources, "en"))

    def __reduce__(self) -> tuple[Any, ...]:
        return (RulesetError, (self.diagnostics, self.source, self.sources))


@frozen(kw_only=True, eq=False)
class Ruleset:
    """A checked ruleset, ready to score. Frozen; pickled by source and hash. Two are equal when their texts and those
    of the files they are made of are, wherever these lie.

    >>> rules = loads('''
    ... ruleset demo "Demo" version "1" {
    ...   input spent  : 万元 decimals 2 in [0, 1000]
    ...   input budget : 万元 decimals 2 in [1, 1000]
    ...   total 10 points
    ...   indicator A "Execution" 10 points {
    ...     measure spent / budget
    ...     score curve of measure { 0% -> 0; 100% -> full }
    ...   }
    ... }
    ... ''')
    >>> result = rules.score({"spent": "90", "budget": 120})
    >>> result.total, result["A"].measure
    (Fraction(15, 2), Fraction(3, 4))
    """

    plan: Plan = field(repr=False)
    source: SourceText = field(repr=False)
    tests: tuple[RuleTest, ...] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = field(repr=False)
    resources: Mapping[str, bytes] = field(repr=False)
    sources: Mapping[str, SourceText] = field(repr=False)

    @property
    def name(self) -> str:
        return self.plan.name

    @property
    def title(self) -> str | None:
        return self.plan.title

    @property
    def version(self) -> str | None:
        return self.plan.version

    @property
    def hash(self) -> str:
        """SHA-256 of the compiled form, in hex: the same for any formatting and either keyword language."""
        return self.plan.compiled_hash

    @property
    def inputs(self) -> tuple[InputDeclaration, ...]:
        """The data a score needs: names, titles, units, ranges."""
        return self.plan.data_inputs

    @property
    def outline(self) -> tuple[OutlineItem, ...]:
        """The rubric as a tree of indicators."""
        return self.plan.outline

    @cached_property
    def _identity(self) -> tuple[str, tuple[tuple[str, bytes], ...]]:
        return (self.source.text, tuple(sorted(self.resources.items())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ruleset) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash(self._identity)

    def __reduce__(self) -> tuple[Any, ...]:
        plugins = tuple(each.name for each in self.plan.plugins)
        return (_compile_again, (self.source.text, self.source.name, dict(self.resources), self.hash, plugins))

    def input_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of one entity's data."""
        from perfrules.writers.input_schema import input_schema

        return input_schema(self.plan)

    def score(
        self,
        data: Mapping[str, Any],
        *,
        as_of: date | None = None,
        results: Mapping[str, Results | str | Path] | None = None,
        previous: Results | str | Path | None = None,
    ) -> Result:
        """Score one entity from a mapping of input names (or titles) to values.

        Values are numbers (int, Decimal, Fraction; a float counts as its shortest decimal), text as a person writes it
        ("95%", "1200 万元"), dates, booleans, or a list of mappings for a table; None is missing. The entity's own
        column may be left out. Bad data does not raise: the result is `refused` and tells its problems. So is the
        result of a ruleset that compares entities with one another, which can only be scored together.

        *results* are those of other rulesets, by the names that this one gives them, and *previous* its own of an
        earlier period (or "none"): just scored, or files of canonical JSON.
        """
        row = read_mapping(self.plan, data, ReadOptions(as_of=as_of))
        if has_cohort_rules(self.plan):
            return self._alone(row)
        [scored] = self.score_rows([row], supply(self.plan, results, previous))
        return scored

    def score_all(
        self,
        rows: Iterable[Mapping[str, Any]],
        *,
        as_of: date | None = None,
        results: Mapping[str, Results | str | Path] | None = None,
        previous: Results | str | Path | None = None,
    ) -> Results:
        """Score many entities; each mapping names its entity in the ruleset's entity column. Input order is kept.

        *results* and *previous* are as for `score`.
        """
        read = read_mappings(self.plan, rows, ReadOptions(as_of=as_of)).rows
        return self.score_rows(read, supply(self.plan, results, previous))

    def score_rows(self, rows: Iterable[EntityRow], supplied: Supply | None = None) -> Results:
        """Score entities that a reader has read, with the results that are *supplied* for the rules to read."""
        supplied = supplied or supply(self.plan, None, None)
        ready = (checked_row(self.plan, supplied.facts(row)) for row in rows)
        if has_cohort_rules(self.plan):
            return Results(self._score_cohort(list(ready)), supplied.used)
        return Results(tuple(self._score_row(row) for row in ready), supplied.used)

    def score_table(
        self,
        frame: Any,
        *,
        as_of: date | None = None,
        results: Mapping[str, Results | str | Path] | None = None,
        previous: Results | str | Path | None = None,
        settings: Mapping[str, str] | None = None,
        ignore_unknown: bool = False,
        columns: Sequence[str] | None = None,
        threads: int | None = None,
        on_problem: OnProblem = "keep",
        engine: Engine | Carrier | None = None,
        numbers: Numbers = "exact",
        progress: Progress | None = None,
        tables: Mapping[str, Any] | None = None,
    ) -> Any:
        """Score the entities of a data frame (pandas, polars, pyarrow, DuckDB, anything that speaks Arrow):
        however many, as exactly as `score_all`. Needs `perfrules[frames]`.

        The frame's columns are headed by names or titles of inputs, one by that of the entity. What comes back is of
        the same kind, a row for each row, in order. Its columns follow from the ruleset, whatever the data
        (docs/how-to/score-tables.md); columns of overrides alone make numerators and denominators of what they reach.
        Entities whose data have problems are refused, with the codes of these; with *on_problem* `stop`, TableError
        tells those of the first. It is also raised for unknown columns, unless *ignore_unknown*.
        Tables of records are columns of lists of structs, or frames of their own, *tables* by name or title, with a
        column for the entity; of records that belong to no entity TableError tells.

        *columns* are those that come back beside the entity's, by name; all, unless said.
        *settings* gives every entity these values. *results* and *previous* are as for `score`. *threads* are as many
        as there are processors, four at most, unless said; *engine* `rows` has every row evaluated by itself. With
        `duckdb` a relation, or a Parquet or CSV file, is scored out of core, with `spark` a Spark data frame by its
        workers (docs/how-to/larger-than-one-machine.md). None of them changes a digit. *numbers* `float64` writes the
        float64 nearest to each exact number, for libraries that know no decimals. *progress* is called with the rows
        that are done, and with all of them where that is known.

        >>> import pyarrow
        >>> rules = loads('''
        ... ruleset demo "Demo" version "1" {
        ...   entity department "Department"
        ...   total 10 points
        ...   round leaves to 1 decimal half up
        ...   input done : count in [0, 1000]
        ...   indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
        ... }
        ... ''')
        >>> data = pyarrow.table({"Department": ["Finance", "Health"], "done": [945, 1200]})
        >>> scored = rules.score_table(data)
        >>> scored["status"].to_pylist(), scored["total"].to_pylist(), scored["problems"].to_pylist()
        (['final', 'refused'], [Decimal('9.5'), None], [None, 'data-outside-range'])
        """
        from perfrules.tables.options import TableOptions

        try:
            from perfrules.engines.carriers import carried, carrier_of
            from perfrules.tables.score_table import score_table
        except ModuleNotFoundError as lacking:
            raise ImportError(f"{lacking}: tables need `pip install 'perfrules[frames]'`") from lacking
        carrier = carrier_of(frame, engine)
        supplied = supply(self.plan, results, previous)
        options = TableOptions(
            as_of=as_of,
            settings=settings or {},
            ignore_unknown=ignore_unknown,
            columns=columns,
            threads=threads,
            on_problem=on_problem,
            engine=None if engine == "duckdb" or engine == "spark" else engine,
            numbers=numbers,
            progress=progress,
            tables=tables or {},
        )
        if carrier is not None:
            return carried(carrier, self, frame, options, supplied)
        return score_table(self.plan, lambda rows: self.score_rows(rows, supplied).all, frame, options)

    def _score_row(self, row: EntityRow) -> Result:
        return result_of(self.plan, row, None if row.facts is None else evaluate(self.plan, row.facts))

    def _score_cohort(self, rows: Sequence[EntityRow]) -> tuple[Result, ...]:
        from perfrules.evaluate.cohort.passes import evaluate_cohort  # others do not pay for it

        found = evaluate_cohort(self.plan, [(row.entity, row.facts) for row in rows])
        return tuple(result_of(self.plan, row, result) for row, result in zip(rows, found, strict=True))

    def _alone(self, row: EntityRow) -> Result:
        problem = Diagnostic(Code.COHORT_NEEDED, where=row.place)
        return Result(entity=row.entity, plan=self.plan, problems=(problem, *row.problems))


@frozen(kw_only=True)
class Compiled:
    """What could be made of a text: the ruleset, or None if there are errors, and every problem found.

    *sources* has the texts that problems may point into, by name. *slots* are those of a template that wait to be
    filled. A library that has no errors is no ruleset either (*is_library*).
    """

    ruleset: Ruleset | None
    diagnostics: tuple[Diagnostic, ...]
    source: SourceText
    sources: Mapping[str, SourceText]
    slots: tuple[str, ...] = ()
    is_library: bool = False


def compile(  # noqa: A001 - the word of the field
    text: str,
    *,
    name: str = "ruleset",
    read_resource: ReadResource | None = None,
    plugins: Iterable[str] = (),
    paths: Iterable[str | Path] = (),
) -> Compiled:
    """Compile a ruleset's text; never raises for what a person wrote. *name* stands in diagnostics.

    *read_resource* returns the content of a file that the ruleset names (`from "cn-2024.csv"`; for `use mof.common` it
    is asked for `mof/common.perfrules`), or None. *paths* are folders where libraries are looked for. *plugins* are the
    names of the installed plug-ins that may be loaded.
    """
    source, problems = source_from_text(text, name)
    places = tuple(folder_place(Path(path)) for path in paths)
    where = Places(home=Place(read_resource or _no_file), others=places, installed=installed_places)
    return _compile(source, problems, where, plugins)


def compile_file(path: str | Path, *, plugins: Iterable[str] = (), paths: Iterable[str | Path] = ()) -> Compiled:
    """Compile a ruleset file; files it names are looked for beside it, libraries also in the folders *paths* and in
    installed packages. Only the *plugins* named may be loaded.
    """
    place = Path(path)
    source, problems = read_source(place.read_bytes(), str(path))
    places = tuple(folder_place(Path(each)) for each in paths)
    where = Places(home=place_of(place), others=places, installed=installed_places)
    return _compile(source, problems, where, plugins)


def loads(
    text: str,
    *,
    name: str = "ruleset",
    read_resource: ReadResource | None = None,
    plugins: Iterable[str] = (),
    paths: Iterable[str | Path] = (),
) -> Ruleset:
    """Compile a ruleset's text or raise RulesetError with all its problems."""
    return _or_raise(compile(text, name=name, read_resource=read_resource, plugins=plugins, paths=paths))


def load(path: str | Path, *, plugins: Iterable[str] = (), paths: Iterable[str | Path] = ()) -> Ruleset:
    """Compile a ruleset file or raise RulesetError with all its problems."""
    return _or_raise(compile_file(path, plugins=plugins, paths=paths))


def _or_raise(compiled: Compiled) -> Ruleset:
    if compiled.ruleset is None:
        raise RulesetError(problems_of(compiled), compiled.source, compiled.sources)
    return compiled.ruleset


def problems_of(compiled: Compiled) -> tuple[Diagnostic, ...]:
    """Return why there is no ruleset: a library, however right, is none."""
    if not compiled.is_library or has_errors(compiled.diagnostics):
        return compiled.diagnostics
    from perfrules.compose.load_problems import not_a_ruleset

    return (not_a_ruleset(compiled.source), *compiled.diagnostics)


def _no_file(_name: str) -> bytes | None:
    return None


def _compile(source: SourceText, problems: Sequence[TextProblem], where: Places, plugins: Iterable[str]) -> Compiled:
    from perfrules.cache.compiled import compiled

    found = compiled(source, problems, where, plugins=plugins)
    made = found.made
    ruleset = None
    if made.plan is not None:
        ruleset = Ruleset(
            plan=made.plan,
            source=source,
            tests=made.tests,
            diagnostics=made.diagnostics,
            resources=MappingProxyType(found.read),
            sources=made.sources,
        )
    return Compiled(
        ruleset=ruleset,
        diagnostics=made.diagnostics,
        source=source,
        sources=made.sources,
        slots=made.slots,
        is_library=made.is_library,
    )


def _compile_again(
    text: str, name: str, resources: dict[str, bytes], expected_hash: str, plugins: tuple[str, ...]
) -> Ruleset:
    """Restore a pickled ruleset; refuse where this version would give it another meaning."""
    source, problems = source_from_text(text, name)
    ruleset = _or_raise(_compile(source, problems, Places(home=Place(resources.get), again=True), plugins))
    if ruleset.hash != expected_hash:
        raise ValueError(f"ruleset {ruleset.name} compiles to another hash than when it was pickled")
    return ruleset
