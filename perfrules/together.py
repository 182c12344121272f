"""Scoring the entities of several rulesets that extend one base, as one cohort for what that base says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve

from perfrules.api import Results, Ruleset, RulesetError, result_of
from perfrules.before_scoring import checked_row
from perfrules.diagnostics import Argument, Code, Diagnostic
from perfrules.evaluate.cohort.passes import Entity, evaluate_together
from perfrules.plan.together import Together, together
from perfrules.readers.mapping import read_mappings
from perfrules.readers.raw import ReadOptions
from perfrules.readers.rows import EntityRow
from perfrules.readers.supplied import Supply
from perfrules.supplying import supply_each


def score_together(
    parts: Iterable[tuple[Ruleset, Iterable[Mapping[str, Any]]]],
    *,
    as_of: date | None = None,
    results: Mapping[str, Results | str | Path] | None = None,
    previous: Results | str | Path | None = None,
) -> Results:
    """Score the entities of rulesets that extend one base; each entity by its own ruleset.

    Statistics across entities that the base's text says are taken over the entities of all; those that an extension
    says, over its own. The results stand in the order given. No two entities have one name. RulesetError tells why
    rulesets cannot be scored together. *as_of*, *results* and *previous* are as for `Ruleset.score`; *previous* are
    results that were scored together, too.
    """
    given = [(ruleset, tuple(rows)) for ruleset, rows in parts]
    options = ReadOptions(as_of=as_of)
    supplied = supply_each([ruleset.plan for ruleset, _ in given], results, previous)
    read = [(ruleset, read_mappings(ruleset.plan, rows, options).rows) for ruleset, rows in given]
    return score_rows_together(read, supplied)


def score_rows_together(parts: Sequence[tuple[Ruleset, Sequence[EntityRow]]], supplied: Sequence[Supply]) -> Results:
    """Score what a reader has read for each ruleset, with the results that are *supplied* to each."""
    joined = joined_rulesets([ruleset for ruleset, _ in parts])
    rows = _named_once(
        [
            (place, checked_row(ruleset.plan, supply.facts(row)))
            for place, ((ruleset, read), supply) in enumerate(zip(parts, supplied, strict=True))
            for row in read
        ],
        joined,
    )
    found = evaluate_together(joined, [Entity(row.entity, row.facts, ruleset=place) for place, row in rows])
    scored = (result_of(joined.plans[place], row, each) for (place, row), each in zip(rows, found, strict=True))
    used = (each for supply in supplied for each in supply.used)
    return Results(tuple(scored), tuple(dict.fromkeys(used)))


def joined_rulesets(rulesets: Sequence[Ruleset]) -> Together:
    """Return the rulesets with what they share, or raise RulesetError."""
    if not rulesets:
        return Together((), ())
    found = together([ruleset.plan for ruleset in rulesets])
    if found.problems:
        sources = {name: source for ruleset in rulesets for name, source in ruleset.sources.items()}
        raise RulesetError(found.problems, rulesets[0].source, sources)
    return found


def _named_once(rows: Sequence[tuple[int, EntityRow]], joined: Together) -> list[tuple[int, EntityRow]]:
    """Refuse entities whose name one of another ruleset has."""
    by_name: dict[str, list[tuple[int, EntityRow]]] = {}
    for place, row in rows:
        by_name.setdefault(row.entity, []).append((place, row))
    return [(place, _refused_if_twice(place, row, by_name[row.entity], joined)) for place, row in rows]


def _refused_if_twice(
    place: int, row: EntityRow, namesakes: Sequence[tuple[int, EntityRow]], joined: Together
) -> EntityRow:
    others = [(other, each) for other, each in namesakes if other != place]
    if not others or not row.entity:
        return row
    args: dict[str, Argument] = {
        "entity": row.entity,
        "rows": tuple(f"{each.place.row} ({each.place.file or joined.plans[other].name})" for other, each in others),
    }
    problem = Diagnostic(Code.DATA_DUPLICATE_ENTITY, args=args, where=row.place)
    return evolve(row, facts=None, problems=(*row.problems, problem))
