"""What a run is given besides its data: the results of other rulesets, and those of an earlier period.

An entity whose rules would read of a refused result is refused too, and told which one: nothing is read of it silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from perfrules.diagnostics import Argument, Code, DataPlace, Diagnostic, has_errors
from perfrules.diagnostics.arguments import Word
from perfrules.ir.facts_check import Refusal
from perfrules.ir.inputs import External, FactValue, InputDeclaration
from perfrules.ir.plan import Plan
from perfrules.lang.states import State
from perfrules.readers.cells import CellRead, diagnose
from perfrules.readers.result_values import fact_of
from perfrules.readers.results_file import REFUSED, KnownResults, ResultTree
from perfrules.readers.rows import EntityRow

EARLIER: Final = ""
"""The alias of earlier results of the ruleset itself."""
PREVIOUS: Final = "previous"
_MOST_NAMED: Final = 10
_NOTHING: Final[Mapping[str, KnownResults | Diagnostic]] = MappingProxyType({})


@frozen(kw_only=True)
class Supplied:
    """Results by alias, or why they could not be read; *no_earlier*: it is said that there are no earlier results."""

    results: Mapping[str, KnownResults | Diagnostic] = _NOTHING
    no_earlier: bool = False


@frozen(kw_only=True)
class UsedResults:
    """Results that a run read: as the ruleset calls them, whose they are, and the SHA-256 of their bytes."""

    name: str
    ruleset: str
    version: str | None
    digest: str


@frozen(eq=False, slots=False)
class Supply:
    """The supplied results, made ready for the entities of one plan."""

    plan: Plan = field(repr=False)
    supplied: Supplied = field(repr=False)

    @cached_property
    def _inputs(self) -> tuple[InputDeclaration, ...]:
        return tuple(each for each in self.plan.inputs if each.external is not None)

    @cached_property
    def read(self) -> Mapping[str, External]:
        """The results that the plan reads, by alias."""
        return {each.external.alias: each.external for each in self._inputs if each.external is not None}

    @cached_property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Why no entity can be scored: results that are not there, cannot be read, or are of another ruleset."""
        return tuple(problem for alias, external in self.read.items() for problem in self._of_alias(alias, external))

    @cached_property
    def used(self) -> tuple[UsedResults, ...]:
        """The results that were read."""
        found = ((alias, self.supplied.results.get(alias)) for alias in self.read)
        return tuple(
            UsedResults(name=alias or PREVIOUS, ruleset=each.ruleset, version=each.version, digest=each.digest)
            for alias, each in found
            if isinstance(each, KnownResults)
        )

    def facts(self, row: EntityRow) -> EntityRow:
        """Return *row* with what its ruleset reads of other results."""
        if row.facts is None or all(each.name in row.facts.values for each in self._inputs):
            return row
        if self.problems:
            return evolve(row, facts=None, problems=(*row.problems, *self.problems))
        values: dict[str, FactValue] = {}
        found: list[Diagnostic] = []
        for declared in self._inputs:
            assert declared.external is not None
            read = self._read(declared, declared.external, row.entity)
            found += read.problems
            if read.value is not None:
                values[declared.name] = read.value
        facts = evolve(row.facts, values=MappingProxyType({**row.facts.values, **values}))
        return evolve(row, facts=None if has_errors(found) else facts, problems=(*row.problems, *dict.fromkeys(found)))

    def strays(self, entities: Sequence[str]) -> tuple[Diagnostic, ...]:
        """Report the owners in tables of results who are none of *entities*."""
        known = set(entities)
        return tuple(
            Diagnostic(
                Code.DATA_UNKNOWN_ENTITY,
                args={"entity": owner, "table": alias},
                where=DataPlace(file=self._results(alias).file),
            )
            for alias, external in self.read.items()
            if external.output is not None and not self.problems
            for owner in self._owners[alias]
            if owner not in known
        )

    def _of_alias(self, alias: str, external: External) -> Iterator[Diagnostic]:
        found = self.supplied.results.get(alias)
        if found is None:
            if alias or not self.supplied.no_earlier:
                yield Diagnostic(Code.RESULTS_NEEDED, args={"name": _called(alias), "options": _options(alias)})
        elif isinstance(found, Diagnostic):
            yield found
        elif not _is_of(found, external):
            args = {
                "name": _called(alias),
                "expected": _titled(external.ruleset, external.version if alias else None),
                "found": _titled(found.ruleset, found.version),
            }
            yield Diagnostic(Code.RESULTS_OF_ANOTHER, args=args, where=DataPlace(file=found.file))

    def _results(self, alias: str) -> KnownResults:
        found = self.supplied.results[alias]
        assert isinstance(found, KnownResults)  # `problems` says where it is not
        return found

    @cached_property
    def _owners(self) -> Mapping[str, Mapping[str, Sequence[ResultTree]]]:
        """The results of each alias that is read as a table, by the entity they belong to."""
        found: dict[str, dict[str, list[ResultTree]]] = {}
        for alias, external in self.read.items():
            if external.output is not None:
                owned = found.setdefault(alias, {})
                for tree in self._results(alias).by_entity.values():
                    owner = tree["outputs"].get(external.output)
                    if isinstance(owner, str):
                        owned.setdefault(owner, []).append(tree)
        return found

    @cached_property
    def _unowned(self) -> Mapping[str, tuple[tuple[str, ...], bool]]:
        """By alias, the refused results, which could be anybody's, and whether it is open whose some result is."""
        found = {}
        for alias, external in self.read.items():
            if external.output is not None:
                trees = self._results(alias).by_entity
                refused = tuple(entity for entity, tree in trees.items() if tree["status"] == REFUSED)
                is_open = any(_is_open(tree["outputs"].get(external.output)) for tree in trees.values())
                found[alias] = (refused, is_open)
        return found

    def _read(self, declared: InputDeclaration, external: External, entity: str) -> CellRead:
        alias = external.alias
        if external.output is not None:
            return self._table(declared, alias, entity)
        known = self.supplied.results.get(alias)
        tree = known.by_entity.get(entity) if isinstance(known, KnownResults) else None
        where = DataPlace(file=known.file if isinstance(known, KnownResults) else None, entity=entity)
        if tree is None:
            missing = Refusal("data-missing", {"name": declared.name})
            return CellRead(State.MISSING) if not alias else CellRead(None, (diagnose(missing, where),))
        if tree["status"] == REFUSED:
            return CellRead(None, (_refused(alias, (entity,), where),))
        return _one(declared, tree, where)

    def _table(self, table: InputDeclaration, alias: str, entity: str) -> CellRead:
        refused, is_open = self._unowned[alias]
        where = DataPlace(file=self._results(alias).file, entity=entity)
        if refused:
            return CellRead(None, (_refused(alias, refused, where),))
        if is_open:
            return CellRead(State.PENDING)
        records: list[Mapping[str, FactValue]] = []
        problems: list[Diagnostic] = []
        for tree in self._owners[alias].get(entity, ()):
            read = {
                each.name: _one(each, tree, evolve(where, column=f"{alias}.{tree['entity']}")) for each in table.fields
            }
            problems += [problem for each in read.values() for problem in each.problems]
            records.append(
                MappingProxyType({name: each.value for name, each in read.items() if each.value is not None})
            )
        return CellRead(None if problems else tuple(records), tuple(problems))


def _one(declared: InputDeclaration, tree: ResultTree, where: DataPlace) -> CellRead:
    found = fact_of(declared, tree)
    if isinstance(found, Refusal):
        return CellRead(None, (diagnose(found, where),))
    return CellRead(found)


def _is_of(found: KnownResults, external: External) -> bool:
    """Tell whether results are of the ruleset that is read; earlier ones may be of any version."""
    is_version = not external.alias or found.version == external.version
    return not found.by_entity or (found.ruleset == external.ruleset and is_version)


def _is_open(owner: object) -> bool:
    return isinstance(owner, dict) and owner.get("state") == State.PENDING.value


def _refused(alias: str, entities: Sequence[str], where: DataPlace) -> Diagnostic:
    more = (f"… +{len(entities) - _MOST_NAMED}",) if len(entities) > _MOST_NAMED else ()
    args: dict[str, Argument] = {"name": _called(alias), "entities": (*entities[:_MOST_NAMED], *more)}
    return Diagnostic(Code.RESULTS_REFUSED, args=args, where=where)


def _called(alias: str) -> str:
    """Return what people call results: the author's name for them, or that they are of an earlier period."""
    return alias or Word(PREVIOUS)


def _options(alias: str) -> tuple[str, ...]:
    return (f"--results {alias}=FILE",) if alias else ("--previous FILE", "--previous none")


def _titled(ruleset: str, version: str | None) -> str:
    return ruleset if version is None else f"{ruleset} {version}"
