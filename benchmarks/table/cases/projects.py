"""Rules over nested tables: each department has from none to a dozen projects (`list<struct>` in Arrow)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import frozen

from benchmarks.table.competitor import Case, Competitor, Entry, Scored
from benchmarks.table.competitors.perfrules_columns import decimals_of, entries
from benchmarks.table.numbers import BUDGETS, Array, entity_names

if TYPE_CHECKING:
    import pyarrow as pa

GRADES = ("D", "C", "B", "A")
LINES = (60, 80, 90)
DELAYS = ((0, 20), (5, 15), (15, 10), (30, 5))
"""At most so many days: so many points."""
RULESET = """ruleset benchmark.projects "Projects of departments (synthetic)" version "1" {
  entity department
  total 100 points
  round leaves to 2 decimals half up
  round total to 2 decimals half up
  table projects {
    input budget : 万元 decimals 2 in [1, 5_000]
    input paid   : 万元 decimals 2 in [0, 10_000]
    input done   : yes/no
    input delay  : days in [0, 1_000]
  }
  let budgets = sum(p.budget for p in projects)
  let most = max(p.delay for p in projects empty -> 0 days)
  indicator A "Execution" 40 points {
    measure if budgets > 0 万元 then sum(p.paid for p in projects) / budgets else 0%
    score curve of measure { 0% -> 0; 100% -> full }
  }
  indicator B "Completion" 25 points {
    measure share(p.done for p in projects empty -> 0%)
    score curve of measure { 50% -> 0; 100% -> full }
  }
  indicator C "Overspending" 15 points {
    score tally from full { p in projects where p.paid > p.budget: less 1.5 points each }
  }
  indicator D "Delay" 20 points {
    score bands of most { <= 0 days -> full; <= 5 days -> 15; <= 15 days -> 10; <= 30 days -> 5; otherwise -> 0 }
  }
  grades of rounded total { A >= 90; B >= 80; C >= 60; D otherwise }
}
"""


@frozen
class Projects:
    """Projects in the order of their departments: money in hundredths; *starts* has one more than departments."""

    starts: Array
    budget: Array
    paid: Array
    done: Array
    delay: Array

    @property
    def rows(self) -> int:
        return len(self.starts) - 1

    def first(self, rows: int) -> Projects:
        """Return the first departments only."""
        end = self.starts[rows]
        return Projects(self.starts[: rows + 1], self.budget[:end], self.paid[:end], self.done[:end], self.delay[:end])


def data(rows: int) -> Projects:
    """Make the data; one department in twenty-five has no project."""
    random = np.random.default_rng(61)
    counts = np.where(random.random(rows) < 0.04, 0, random.integers(1, 13, rows))
    starts = np.concatenate([[0], np.cumsum(counts)])
    size = int(starts[-1])
    budget = random.choice(BUDGETS, size).astype(np.int64) * 100
    paid = np.rint(budget * np.clip(random.normal(0.95, 0.07, size), 0, 2)).astype(np.int64)
    paid = np.where(random.random(size) < 0.3, budget, paid)
    delay = np.where(random.random(size) < 0.85, 0, random.integers(1, 40, size))
    return Projects(starts, budget, paid, random.random(size) < 0.93, delay)


def in_floats(_about: None, p: Projects) -> tuple[Array, Array]:
    """Score in float64."""
    count = np.diff(p.starts)
    budget = _sums(p.budget / 100, p.starts)
    paid, done = _sums(p.paid / 100, p.starts), _sums(p.done.astype(float), p.starts)
    with np.errstate(invalid="ignore"):
        execution = np.where(budget > 0, paid / budget, 0)
        completion = np.where(count > 0, done / count, 0)
    a = np.floor(40 * np.minimum(execution, 1) * 100 + 0.5) / 100
    b = np.floor(25 * np.clip((completion - 0.5) / 0.5, 0, 1) * 100 + 0.5) / 100
    c = np.maximum(15 - 1.5 * _sums((p.paid > p.budget).astype(float), p.starts), 0)
    total = np.floor((a + b + c + _delays(p)) * 100 + 0.5) / 100
    return total, np.digitize(total, LINES)


def by_hand(_about: None, p: Projects) -> tuple[Array, Array]:
    """Score exactly in int64 hundredths."""
    count, budget, paid = np.diff(p.starts), _sums(p.budget, p.starts), _sums(p.paid, p.starts)
    a = (2 * 4_000 * np.minimum(paid, budget) + budget) // np.maximum(2 * budget, 1)
    done = np.maximum(2 * _sums(p.done.astype(np.int64), p.starts) - count, 0)
    b = (2 * 2_500 * done + count) // np.maximum(2 * count, 1)
    c = np.maximum(1_500 - 150 * _sums((p.paid > p.budget).astype(np.int64), p.starts), 0)
    total = a + b + c + 100 * _delays(p)
    return total, np.digitize(total, [line * 100 for line in LINES])


def _sums(values: Array, starts: Array) -> Array:
    return _reduced(np.add, values, starts)


def _delays(p: Projects) -> Array:
    longest = _reduced(np.maximum, p.delay, p.starts)
    return np.select([longest <= days for days, _ in DELAYS], [points for _, points in DELAYS], 0)


def _reduced(how: np.ufunc, values: Array, starts: Array) -> Array:
    """Reduce the projects of each department; nothing is 0 (`reduceat` would give the next department's first)."""
    found = np.zeros(len(starts) - 1, values.dtype)
    some = np.flatnonzero(np.diff(starts))
    found[some] = how.reduceat(values, starts[some])
    return found


def in_arrow(p: Projects) -> pa.Table:
    """Return a table with a column of lists of structs."""
    import pyarrow as pa

    named = {
        "budget": decimals_of(p.budget, 2),
        "paid": decimals_of(p.paid, 2),
        "done": pa.array(p.done),
        "delay": pa.array(p.delay),
    }
    records = pa.StructArray.from_arrays(list(named.values()), names=list(named))
    lists = pa.ListArray.from_arrays(pa.array(p.starts.astype(np.int32)), records)
    return pa.table({"department": entity_names(p.rows), "projects": lists})


def _floats() -> Competitor:
    def read(found: tuple[Array, Array]) -> Scored:
        return Scored(found[0] * 100, found[1])

    return Competitor(load=lambda p: p, compile=lambda _: None, score=in_floats, read=read)


def _by_hand() -> Competitor:
    return Competitor(load=lambda p: p, compile=lambda _: None, score=by_hand, read=lambda found: Scored(*found))


CASE = Case(
    title="Rules over nested tables, 6 projects a department",
    rows=300_000,
    data=data,
    about=RULESET,
    exact=lambda p: Scored(*by_hand(None, p)),
    entries={
        "numpy-float": Entry("numpy float, reduceat", 1, _floats),
        "by-hand": Entry("numpy int64 with //, exact by hand", 1, _by_hand),
        **entries(in_arrow, GRADES),
    },
)
