"""What a report rests on: the ruleset, what it is made of, other results, plug-ins; all with their hashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from perfrules.evaluate.result import Result
from perfrules.ir.plan import Plan
from perfrules.readers.supplied import UsedResults
from perfrules.report.wording import Wording


@frozen
class Fact:
    """A line of a heading: *code* tells that the value is a hash or a name of the language."""

    name: str
    value: str
    code: bool = False


def identity_of(plan: Plan, say: Wording) -> tuple[Fact, ...]:
    """Return the ruleset's title, name, version and hash."""
    return tuple(_identity(plan, say))


def as_of(plan: Plan, results: Sequence[Result], day: date | None, say: Wording) -> Fact:
    """Return the day as of which dated parameters were read; *day* is the one that was asked for."""
    days = {result.facts.as_of for result in results if result.facts is not None}
    stated = {each for each in days or {day or plan.as_of_default} if each is not None}
    return Fact(say("as-of"), ", ".join(each.isoformat() for each in sorted(stated)) or say("as-of-none"))


def made_of(plan: Plan, used: Sequence[UsedResults], say: Wording) -> tuple[Fact, ...]:
    """Return the files, other results and plug-ins, each with its hash."""
    return tuple(_made_of(plan, used, say))


def _identity(plan: Plan, say: Wording) -> Iterator[Fact]:
    yield Fact(say("ruleset"), plan.title or plan.name)
    yield Fact(say("ruleset-name"), plan.name, code=True)
    yield Fact(say("version"), plan.version or say("version-none"))
    if plan.authority:
        yield Fact(say("authority"), say("between").join(plan.authority))
    if plan.effective is not None:
        start, end = (day.isoformat() for day in plan.effective)
        yield Fact(say("effective"), say("from-to", start=start, end=end))
    yield Fact(say("hash"), plan.compiled_hash, code=True)


def _made_of(plan: Plan, used: Sequence[UsedResults], say: Wording) -> Iterator[Fact]:
    yield Fact(say("source-text"), plan.source_hash, code=True)
    for each in plan.sources:
        yield Fact(_named(say(f"source-{each.kind}"), each.name, each.version), each.digest, code=True)
    for one in used:
        yield Fact(_named(say("source-results"), one.ruleset, one.version), one.digest, code=True)
    for plugin in plan.plugins:
        yield Fact(_named(say("source-plugin"), plugin.name, plugin.version), plugin.digest, code=True)


def _named(sort: str, name: str, version: str | None) -> str:
    return f"{sort} {name} {version}" if version else f"{sort} {name}"
