"""Changes of what follows from a result: decisions with their deadlines, alerts, outputs, flags; and checks of data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from perfrules.compare.items import Item, Owners, Sort
from perfrules.compare.said import Said, said
from perfrules.compare.sides import Side
from perfrules.compare.telling.telling import Readings, Told, changed, lines, value_lines
from perfrules.explain.narrate.cases import narrate as cases
from perfrules.explain.printing import in_words
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Part, value_part
from perfrules.ir import expressions as core
from perfrules.ir.plan import CheckOutline, Deadline, Plan, ResultOutline


@frozen(eq=False)
class _Result:
    """A decision, alert, output or flag."""

    sort: str
    name: str
    title: str | None
    node: str
    deadline: Deadline | None = None

    def called(self) -> Said:
        """Name it."""
        return said(f"result.{self.sort}", title=self.title or self.name)


def results(readings: Readings, owners: Owners) -> Iterator[Told]:
    """Tell every consequence that differs."""
    old, new = _results(readings.old.plan), _results(readings.new.plan)
    for node in {**old, **new}:
        before, after = old.get(node), new.get(node)
        item = Item(Sort.RESULT, node)
        if before is None and after is not None:
            words = (said("rule", says=line) for line in _words(readings.after, node))
            yield item, after.called(), "added", (*words, *_deadline(None, after.deadline))
        elif after is None and before is not None:
            yield item, before.called(), "removed", ()
        elif before is not None and after is not None:
            says = tuple(_differences(readings, before, after, differs=item in owners.order))
            if says:
                yield item, after.called(), "changed", says


def checks(readings: Readings, _owners: Owners) -> Iterator[Told]:
    """Tell every check of the data that differs; its title tells which it is."""
    old, new = (dict(_checks(side)) for side in (readings.old, readings.new))
    for title in {**old, **new}:
        item, name = Item(Sort.CHECK, title), said("check", title=title)
        if title not in new:
            yield item, name, "removed", ()
        elif title not in old:
            yield item, name, "added", ()
        elif old[title] != new[title]:
            warns = (said("check.warning" if each[0].warning else "check.error") for each in (old[title], new[title]))
            yield item, name, "changed", tuple(changed("check.severity", *warns)) or (said("differently"),)


def _checks(side: Side) -> Iterator[tuple[str, tuple[CheckOutline, str]]]:
    from attrs import evolve

    for check in side.plan.checks:
        means = side.own_meaning(check.node)
        yield check.title, (evolve(check, node="", left=None, right=None), means)


def _results(plan: Plan) -> Mapping[str, _Result]:
    def of(sort: str, outlines: tuple[ResultOutline, ...]) -> Iterator[_Result]:
        return (_Result(sort, each.name, each.title, each.node, each.deadline) for each in outlines)

    found = (*of("decision", plan.decisions), *of("alert", plan.alerts), *of("output", plan.outputs))
    flags = (_Result("flag", name, None, f"flag.{name}") for name in plan.flags)
    return {each.node: each for each in (*found, *flags)}


def _differences(readings: Readings, old: _Result, new: _Result, *, differs: bool) -> Iterator[Said]:
    yield from changed("title", old.title, new.title)
    if differs:
        found = tuple(lines(_words(readings.before, old.node), _words(readings.after, new.node)))
        yield from found or (said("differently"),)
    yield from _deadline(old.deadline, new.deadline)


def _words(reading: Reading, node: str) -> tuple[Part, ...]:
    """Say when something follows, or what it is."""
    root = reading.root(node)
    if isinstance(root.expr, core.Select | core.Steps | core.Lines | core.Dated):
        light = isinstance(root.expr, core.Select)
        return cases(reading, root, node).rule[1:] if light else value_lines(reading, node)
    return (in_words(reading, root),)


def _deadline(old: Deadline | None, new: Deadline | None) -> Iterator[Said]:
    yield from changed("deadline", *(None if each is None else _in_words(each) for each in (old, new)))


def _in_words(deadline: Deadline) -> Said:
    length = deadline.length
    within: Part = deadline.written if length is None else value_part(length.value, length.kind)
    return said("deadline.words", after=deadline.event, otherwise=deadline.otherwise, within=within)
