"""A tally in words: where it starts, what each line adds or takes off, the sum, and the limits."""

from __future__ import annotations

from attrs import evolve

from perfrules.evaluate.numbering import Placed
from perfrules.explain.explanation import Step
from perfrules.explain.ledger import Account, Line, account_of
from perfrules.explain.narrate.limits import limits_in_words
from perfrules.explain.narrate.narration import Narration, expr_part, marks_part
from perfrules.explain.printing import in_words, one_after_the_other, with_values
from perfrules.explain.reading import Reading
from perfrules.explain.statement import Figure, Part, Phrase, Statement, Term, marks, statement
from perfrules.ir import expressions as core
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Number


def narrate(reading: Reading, placed: Placed, code: str) -> Narration:
    """Say what the lines are, then what each came to."""
    account = account_of(placed)
    rule = (
        statement("tally.base", base=marks_part(reading, account.base)),
        *(line_in_words(reading, line) for line in account.lines),
        *(statement("tally.zero-rule", condition=in_words(reading, part)) for part in account.zeroed),
        *_limits(reading, account),
    )
    return Narration(rule=rule, steps=_steps(reading, account))


def line_in_words(reading: Reading, line: Line) -> Statement:
    """Say what a line adds or takes off, with its cap, its exception and its title."""
    said = _plain(reading, line)
    if line.cap is not None:
        said = statement("tally.capped", cap=marks_part(reading, line.cap), line=said)
    if line.excuse is not None:
        said = statement("tally.unless", excuse=in_words(reading, line.excuse), line=said)
    title = line.origin.title
    repeats = any(part is not None and in_words(reading, part) == title for part in (line.condition, line.count))
    return said if title is None or repeats else statement("tally.titled", line=said, title=title)


def line_name(reading: Reading, line: Line) -> Part:
    """Return what to call a line: the author's title, else what it looks at."""
    if line.origin.title is not None:
        return line.origin.title
    distance = line.distance
    if distance is not None:
        return statement(
            f"tally.{distance.direction}",
            reference=in_words(reading, distance.reference),
            subject=in_words(reading, distance.subject),
        )
    if line.condition is not None:
        return in_words(reading, line.condition)
    if isinstance(line.uncapped.expr, core.Ledger):
        return line.uncapped.expr.origin.title or Term("nested-tally")
    return in_words(reading, line.count or line.uncapped)


def _plain(reading: Reading, line: Line) -> Statement:
    sign = "less" if line.sign < 0 else "plus"
    if isinstance(line.uncapped.expr, core.Ledger):
        lines = account_of(line.uncapped).lines
        return statement("tally.nested", lines=one_after_the_other([line_in_words(reading, each) for each in lines]))
    if line.amount is None:
        return statement(f"tally.{sign}-formula", expression=in_words(reading, line.uncapped))
    amount = marks_part(reading, line.amount)
    if line.condition is not None:
        return statement(f"tally.{sign}-when", amount=amount, condition=in_words(reading, line.condition))
    if line.steps is not None and isinstance(line.steps.expr, core.Parts):
        key = f"tally.{sign}-{line.steps.expr.rule.value}"
        name = _counted(reading, line, line.steps)
        return statement(key, amount=amount, step=expr_part(reading, line.steps.parts[1].expr), what=name)
    assert line.count is not None
    return statement(f"tally.{sign}-each", amount=amount, what=in_words(reading, line.count))


def _counted(reading: Reading, line: Line, steps: Placed) -> Part:
    return line_name(reading, _untitled(line)) if line.distance is not None else in_words(reading, steps.parts[0])


def _untitled(line: Line) -> Line:
    return evolve(line, origin=evolve(line.origin, title=None))


def _limits(reading: Reading, account: Account) -> tuple[Statement, ...]:
    floor = None if account.floor is None else marks_part(reading, account.floor)
    ceiling = None if account.ceiling is None else marks_part(reading, account.ceiling)
    return limits_in_words(floor, ceiling)


def _steps(reading: Reading, account: Account) -> tuple[Step, ...]:
    base = reading.part(account.base)
    steps = [Step(construct="tally", says=statement("tally.starts", base=base))]
    steps += [Step(construct="tally line", says=_line_step(reading, line)) for line in account.lines]
    holding = [part for part in account.zeroed if reading.value(part) is True]
    if holding:
        condition, values = in_words(reading, holding[0]), with_values(reading, holding[0])
        steps.append(Step(construct="zero line", says=statement("tally.zeroed", condition=condition, values=values)))
        return tuple(steps)
    return (*steps, *_sum(reading, account))


def _line_step(reading: Reading, line: Line) -> Statement:
    name = line_name(reading, line)
    taken = line.taken(reading)
    if taken is None:
        return statement("tally.undecided", line=name, value=reading.part(line.placed))
    if line.excuse is not None and reading.value(line.excuse) is True:
        return statement("tally.excused", excuse=in_words(reading, line.excuse), line=name)
    sign = "less" if line.sign < 0 else "plus"
    said = statement(f"tally.{sign}-nothing", line=name) if taken == 0 else _amount(reading, line, name, sign)
    if line.absorbed(reading) == 0:
        return said
    return statement("tally.held-at", line=said, marks=marks(taken), reached=reading.part(line.uncapped))


def _amount(reading: Reading, line: Line, name: Part, sign: str) -> Statement:
    value = reading.part(line.uncapped)
    if line.amount is None or line.count is None:
        return statement(f"tally.{sign}-amount", line=name, marks=value)
    count = reading.exact(line.count)
    amount = reading.part(line.amount)
    shown: Part = Phrase((_bare(count), " × ", amount))
    distance = line.distance
    if distance is None:
        return statement(f"tally.{sign}-times", line=name, marks=value, times=shown)
    return statement(
        f"tally.{sign}-distance",
        distance=reading.part(distance.placed),
        line=name,
        marks=value,
        times=shown,
        value=reading.part(distance.subject),
    )


def _bare(count: Exact | None) -> Part:
    return Term("undecided") if count is None else Figure(count, Number())


def _sum(reading: Reading, account: Account) -> tuple[Step, ...]:
    total = reading.extra(account.placed)
    result = reading.exact(account.placed)
    if not isinstance(total, Exact) or result is None:
        return ()
    base = reading.exact(account.base)
    parts: list[Part] = [_bare(base)]
    for line in account.lines:
        taken = line.taken(reading)
        if taken and base == 0 and len(parts) == 1 and line.sign * taken > 0:
            parts = [_bare(taken)]
            base = taken
        elif taken:
            parts += [" − " if (line.sign < 0) == (taken > 0) else " + ", _bare(abs(taken))]
    says = statement("tally.sum", sum=Phrase(tuple(parts)), total=marks(total))
    steps = [Step(construct="tally", says=says)] if len(parts) > 1 or base != total else []
    if total != result:
        said = statement("limits.held", after=marks(result), before=marks(total))
        steps.append(Step(construct="limits", says=said, before=marks(total), after=marks(result)))
    return tuple(steps)
