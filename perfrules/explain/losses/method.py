"""The losses inside a scoring method: they add up to the full marks less what the method gave.

A tally is told line by line; what a cap or a limit absorbs is an item of its own. Every other method loses all at one
place: the curve, the band, the case, the judged mark, the formula.
"""

from __future__ import annotations

from perfrules.evaluate.numbering import Placed
from perfrules.explain.again import number_of
from perfrules.explain.explanation import Loss
from perfrules.explain.ledger import Account, Line, account_of
from perfrules.explain.narrate.bands import chosen_band
from perfrules.explain.narrate.tally import line_name
from perfrules.explain.printing import in_words, says_more_than_its_value
from perfrules.explain.reading import Reading, kind_of
from perfrules.explain.reasons import ground, is_formula, taken, worked_out
from perfrules.explain.statement import Statement, statement
from perfrules.ir import expressions as core
from perfrules.lang.exact import Exact


def method_losses(reading: Reading, placed: Placed, full: Exact, code: str) -> tuple[Loss, ...]:
    """Return the losses of the method *placed*, which gave a number."""
    given = reading.exact(placed)
    if given is None:
        return ()
    match placed.expr:
        case core.Ledger():
            found = _tally(reading, account_of(placed), full, code)
            return () if found is None else found
        case core.Lines():
            says = statement(
                "loss.curve", subject=in_words(reading, placed.parts[0]), value=reading.part(placed.parts[0])
            )
            return _one("curve", full - given, says, code)
        case core.Steps():
            return _one("band", full - given, _band(reading, placed), code)
        case core.Select():
            return _one("case", full - given, _case(reading, placed), code)
        case core.Judged():
            return _one("judged", full - given, statement("loss.judged"), code)
    return _one("formula", full - given, _formula(reading, placed), code)


def _one(cause: str, amount: Exact, says: Statement, code: str) -> tuple[Loss, ...]:
    return (Loss(cause=cause, amount=amount, says=says, code=code),) if amount else ()


def _case(reading: Reading, placed: Placed) -> Statement:
    """Say which case lost marks by the author's title, else by its numbers."""
    found = taken(reading, placed)
    assert found is not None  # the case gave a number
    title = found.value.expr.origin.title if found.value.expr.origin.construct == "case" else None
    if title is not None:
        return statement("loss.case", case=title)
    if is_formula(found.value):
        return statement("loss.case", case=worked_out(reading, found.value))
    return statement("loss.case", case=ground(reading, found))


def _formula(reading: Reading, placed: Placed) -> Statement:
    if not says_more_than_its_value(placed):
        return statement("loss.formula", expression=in_words(reading, placed))
    return statement("loss.formula", expression=worked_out(reading, placed))


def _band(reading: Reading, placed: Placed) -> Statement:
    band = chosen_band(reading, placed)
    subject = placed.parts[0]
    kind = kind_of(reading, subject)
    shown = "" if band is None else band.edge(reading, kind)
    return statement("loss.band", band=shown, subject=in_words(reading, subject), value=reading.part(subject))


def _tally(reading: Reading, account: Account, full: Exact, code: str) -> tuple[Loss, ...] | None:
    """Return the items of a tally; None where it gave no number."""
    result, total = reading.exact(account.placed), reading.extra(account.placed)
    if result is None or not isinstance(total, Exact):
        return None
    if account.is_zeroed(reading):
        items = list(_one("zero line", full, _zero(reading, account), code))
    else:
        items = _lines(reading, account, full, code)
    cause = "floor" if result > total else "ceiling"
    return (*items, *_one(cause, total - result, statement(f"loss.{cause}"), code))


def _zero(reading: Reading, account: Account) -> Statement:
    holding = next(part for part in account.zeroed if reading.value(part) is True)
    return statement("loss.zero-line", condition=in_words(reading, holding))


def _lines(reading: Reading, account: Account, full: Exact, code: str) -> list[Loss]:
    items: list[Loss] = []
    unearned: list[Loss] = []
    for line in account.lines:
        items += _line(reading, line, code)
        unearned += _unearned(reading, line, code)
    base = reading.exact(account.base) or Exact(0)
    rest = full - base - sum((loss.amount for loss in unearned), Exact(0))
    key = "loss.base" if rest > 0 else "loss.base-given"
    if base == 0 and account.lines:
        # A tally from nothing: what its lines added was not lost, so only what they left open is told.
        rest += sum((item.amount for item in items if item.cause == "earned"), Exact(0))
        items = [item for item in items if item.cause != "earned"]
        key = "loss.not-added" if rest > 0 else "loss.beyond"
    return [*_one("base", rest, statement(key), code), *unearned, *items]


def _line(reading: Reading, line: Line, code: str) -> list[Loss]:
    """Return what a line took (negative: added) before its cap, and what its cap absorbed."""
    if isinstance(line.uncapped.expr, core.Ledger):
        nested = _tally(reading, account_of(line.uncapped), Exact(0), code)
        items = list(nested or ()) if line.sign > 0 else []
    else:
        amount = reading.exact(line.uncapped) if line.excuse is None or reading.value(line.excuse) is False else None
        cause = "tally line" if line.sign < 0 else "earned"
        says = statement("loss.line" if line.sign < 0 else "loss.earned", line=line_name(reading, line))
        items = list(_one(cause, -line.sign * (amount or Exact(0)), says, code))
    cap = statement("loss.cap", line=line_name(reading, line))
    return [*items, *_one("cap", line.sign * line.absorbed(reading), cap, code)]


def _unearned(reading: Reading, line: Line, code: str) -> tuple[Loss, ...]:
    """Return what a line would have added had its condition held."""
    if line.sign < 0 or line.condition is None or line.amount is None or reading.value(line.condition) is not False:
        return ()
    if line.excuse is not None:
        return ()
    amount = number_of(reading, line.amount.expr) or Exact(0)
    if line.cap is not None:
        amount = min(amount, reading.exact(line.cap) or amount)
    return _one("not earned", amount, statement("loss.not-earned", line=line_name(reading, line)), code)
