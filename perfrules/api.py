"""The front door: text → ruleset → results. The only module that knows the order of the stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

from perfrules.before_scoring import checked_row
from perfrules.diagnostics import Code, Diagnostic, has_errors, in_order
from perfrules.diagnostics.render import terminal
from perfrules.diagnostics.unreadable_text import unreadable_text
from perfrules.evaluate import result as evaluated
from perfrules.evaluate.cohort.needed import has_cohort_rules
from perfrules.evaluate.evaluate import evaluate
from perfrules.files import beside
from perfrules.ir.inputs import InputDeclaration
from perfrules.ir.plan import OutlineItem, Plan
from perfrules.ir.ruletests import RuleTest
from perfrules.readers.mapping import read_mapping, read_mappings
from perfrules.readers.raw import ReadOptions
from perfrules.readers.rows import EntityRow
from perfrules.text import SourceText, TextProblem, read_source, source_from_text

if TYPE_CHECKING:
    from perfrules.explain.explanation import Explanation

ReadResource = Callable[[str], bytes | None]

_NOTHING_TO_READ: Final = frozenset({Code.FILE_TOO_LARGE, Code.NOT_UTF_8})
_OF_ALL_THAT_IS_READ: Final = frozenset(
    {Code.UNUSED_INPUT, Code.UNUSED_NAME, Code.INPUT_WITHOUT_RANGE, Code.NEVER_CHANGES_TOTAL}
)


class RulesetError(Exception):
    """A ruleset that has errors; `diagnostics` holds every problem of the file, warnings included."""

    def __init__(self, diagnostics: Sequence[Diagnostic], source: SourceText) -> None:
        self.diagnostics = tuple(diagnostics)
        self.source = source
        super().__init__("\n" + terminal.render(self.diagnostics, {source.name: source}, "en"))

    def __reduce__(self) -> tuple[Any, ...]:
        return (RulesetError, (self.diagnostics, self.source))


class Result(evaluated.Result):
    """What a ruleset says about one entity, and why: see `perfrules.evaluate.result.Result` for its values."""

    def explain(self, code: str | None = None) -> Explanation:
        """Explain one indicator, or the whole entity; `perfrules.explain.text(explanation, "zh")` writes it out."""
        from perfrules.explain import explain

        return explain(self, code)

    def to_dict(self) -> dict[str, Any]:
        """The result as it stands in canonical JSON: numbers are strings, keys are names and codes."""
        from perfrules.writers.result_tree import result_tree

        return result_tree(self)


@frozen(kw_only=True, eq=False)
class Ruleset:
    """A checked ruleset, ready to score. Frozen; equal when name, version and text are; pickled by source and hash.

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
        return self.plan.inputs

    @property
    def outline(self) -> tuple[OutlineItem, ...]:
        """The rubric as a tree of indicators."""
        return self.plan.outline

    @cached_property
    def _identity(self) -> tuple[str, str, tuple[tuple[str, bytes], ...]]:
        return (self.source.name, self.source.text, tuple(sorted(self.resources.items())))

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

    def score(self, data: Mapping[str, Any], *, as_of: date | None = None) -> Result:
        """Score one entity from a mapping of input names (or titles) to values.

        Values are numbers (int, Decimal, Fraction; a float counts as its shortest decimal), text as a person writes it
        ("95%", "1200 万元"), dates, booleans, or a list of mappings for a table; None is missing. The entity's own
        column may be left out. Bad data does not raise: the result is `refused` and tells its problems. So is the
        result of a ruleset that compares entities with one another, which can only be scored together.
        """
        row = read_mapping(self.plan, data, ReadOptions(as_of=as_of))
        return self._alone(row) if has_cohort_rules(self.plan) else self._score_row(row)

    def score_all(self, rows: Iterable[Mapping[str, Any]], *, as_of: date | None = None) -> Results:
        """Score many entities; each mapping names its entity in the ruleset's entity column. Input order is kept."""
        return self.score_rows(read_mappings(self.plan, rows, ReadOptions(as_of=as_of)).rows)

    def score_rows(self, rows: Iterable[EntityRow]) -> Results:
        """Score entities that a reader has read."""
        if has_cohort_rules(self.plan):
            return Results(self._score_cohort([checked_row(self.plan, row) for row in rows]))
        return Results(tuple(self._score_row(row) for row in rows))

    def _score_row(self, row: EntityRow) -> Result:
        row = checked_row(self.plan, row)
        return self._result(row, None if row.facts is None else evaluate(self.plan, row.facts))

    def _score_cohort(self, rows: Sequence[EntityRow]) -> tuple[Result, ...]:
        from perfrules.evaluate.cohort.passes import evaluate_cohort  # others do not pay for it

        found = evaluate_cohort(self.plan, [(row.entity, row.facts) for row in rows])
        return tuple(self._result(row, result) for row, result in zip(rows, found, strict=True))

    def _alone(self, row: EntityRow) -> Result:
        problem = Diagnostic(Code.COHORT_NEEDED, where=row.place)
        return Result(entity=row.entity, plan=self.plan, problems=(problem, *row.problems))

    def _result(self, row: EntityRow, found: evaluated.Result | None) -> Result:
        if found is None:
            return Result(entity=row.entity, plan=self.plan, problems=row.problems)
        problems = (*found.problems, *row.problems)
        return Result(entity=found.entity, plan=self.plan, facts=found.facts, trace=found.trace, problems=problems)


@frozen
class Results(Sequence[Result]):
    """The results of one run, in input order; `results["name"]` finds one by its entity."""

    all: tuple[Result, ...]

    @cached_property
    def _by_entity(self) -> Mapping[str, Result]:
        return {result.entity: result for result in self.all}

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Result]:
        return iter(self.all)

    def __getitem__(self, key: Any) -> Any:
        return self._by_entity[key] if isinstance(key, str) else self.all[key]


@frozen(kw_only=True)
class Compiled:
    """What could be made of a text: the ruleset, or None if there are errors, and every problem found."""

    ruleset: Ruleset | None
    diagnostics: tuple[Diagnostic, ...]
    source: SourceText


def compile(  # noqa: A001 - the word of the field
    text: str, *, name: str = "ruleset", read_resource: ReadResource | None = None, plugins: Iterable[str] = ()
) -> Compiled:
    """Compile a ruleset's text; never raises for what a person wrote. *name* stands in diagnostics.

    *read_resource* returns the content of a file that the ruleset names (`from "cn-2024.csv"`), or None. *plugins* are
    the names of the installed plug-ins that may be loaded.
    """
    source, problems = source_from_text(text, name)
    return _compile(source, problems, read_resource, plugins)


def compile_file(path: str | Path, *, plugins: Iterable[str] = ()) -> Compiled:
    """Compile a ruleset file; files it names are looked for beside it. Only the *plugins* named may be loaded."""
    place = Path(path)
    source, problems = read_source(place.read_bytes(), str(path))
    return _compile(source, problems, beside(place), plugins)


def loads(
    text: str, *, name: str = "ruleset", read_resource: ReadResource | None = None, plugins: Iterable[str] = ()
) -> Ruleset:
    """Compile a ruleset's text or raise RulesetError with all its problems."""
    return _or_raise(compile(text, name=name, read_resource=read_resource, plugins=plugins))


def load(path: str | Path, *, plugins: Iterable[str] = ()) -> Ruleset:
    """Compile a ruleset file or raise RulesetError with all its problems."""
    return _or_raise(compile_file(path, plugins=plugins))


def _or_raise(compiled: Compiled) -> Ruleset:
    if compiled.ruleset is None:
        raise RulesetError(compiled.diagnostics, compiled.source)
    return compiled.ruleset


def _compile(
    source: SourceText, problems: Sequence[TextProblem], read_resource: ReadResource | None, plugins: Iterable[str]
) -> Compiled:
    from perfrules.syntax.grammar import CollectorPaused

    with CollectorPaused():
        return _compile_all(source, problems, read_resource, plugins)


def _compile_all(
    source: SourceText, problems: Sequence[TextProblem], read_resource: ReadResource | None, plugins: Iterable[str]
) -> Compiled:
    from perfrules.model.plugins import plugin_uses, used_plugins
    from perfrules.model.resolve import resolve
    from perfrules.plan.make_plan import make_plan
    from perfrules.prove.prove import prove
    from perfrules.syntax.parse import parse
    from perfrules.syntax.unread import not_caused_by
    from perfrules.syntax.words_around import in_words_around

    found = list(unreadable_text(source, problems))
    if any(each.code in _NOTHING_TO_READ for each in found):
        return Compiled(ruleset=None, diagnostics=in_order(found), source=source)
    read: dict[str, bytes] = {}
    parsed = parse(source)
    found += parsed.diagnostics
    plan: Plan | None = None
    tests: tuple[RuleTest, ...] = ()
    if parsed.tree is not None:
        used = used_plugins(plugin_uses(parsed.tree), plugins)
        resolved = resolve(parsed.tree, source, _remembering(read_resource, read), plugins=used)
        planned = make_plan(resolved.model)
        plan, tests = planned.plan, resolved.model.tests
        proved = () if plan is None else prove(plan)
        found += not_caused_by(parsed.unread, parsed.tree, (*resolved.diagnostics, *planned.diagnostics, *proved))
    diagnostics = in_words_around(_certain(found), source)
    if plan is None or has_errors(diagnostics):
        return Compiled(ruleset=None, diagnostics=diagnostics, source=source)
    ruleset = Ruleset(plan=plan, source=source, tests=tests, diagnostics=diagnostics, resources=MappingProxyType(read))
    return Compiled(ruleset=ruleset, diagnostics=diagnostics, source=source)


def _certain(found: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Say that something is unused, or changes nothing, only where everything was understood."""
    wrong = has_errors(found)
    return in_order(each for each in found if not (wrong and each.code in _OF_ALL_THAT_IS_READ))


def _remembering(read_resource: ReadResource | None, read: dict[str, bytes]) -> ReadResource:
    def reading(name: str) -> bytes | None:
        content = read_resource(name) if read_resource else None
        if content is not None:
            read[name] = content
        return content

    return reading


def _compile_again(
    text: str, name: str, resources: dict[str, bytes], expected_hash: str, plugins: tuple[str, ...]
) -> Ruleset:
    """Restore a pickled ruleset; refuse where this version would give it another meaning."""
    ruleset = loads(text, name=name, read_resource=resources.get, plugins=plugins)
    if ruleset.hash != expected_hash:
        raise ValueError(f"ruleset {ruleset.name} compiles to another hash than when it was pickled")
    return ruleset
