"""Rulesets and random tables with everything in them that an engine could get wrong."""

from __future__ import annotations

from random import Random

import pyarrow as pa

from perfrules import api

SIMPLE = api.loads("""
ruleset simple "Simple" version "1" {
  entity town "Town"
  total 20 points
  input done "Done" : count in [0, 1000]
  input spent : 万元 decimals 2 in [0, 10_000]
  indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
  indicator B "Execution" 10 points {
    score curve of spent { 0 万元 -> 0; 9_000 万元 -> full }
    round to 2 decimals half up
  }
  grades of total { high >= 10; low otherwise }
}
""")
JUDGED = api.loads("""
ruleset marked "Judged" version "1" {
  entity town "Town"
  total 20 points
  input x : number decimals 1 in [0, 10]
  indicator A 10 points { score = x between 0 and full }
  indicator B 10 points { score judged { "good" -> [6, 10]; "poor" -> [0, 6) } }
  output place : count = rank(total across entities, highest first, ties share best, among those present)
  output least : number = min(B.rate across entities, among those present empty -> 0)
}
""")
COMPARED = api.loads("""
ruleset compared "Compared" version "1" {
  entity town "Town"
  total 20 points
  input region "Region" : one of (north, south, west) optional
  input tier : count in [1, 2]
  input done : count in [0, 1000]
  input extra : number decimals 1 in [0, 100] optional
  let top = max(done across entities within region, among those present empty -> 1)
  indicator A "Share of the best" 10 points { score curve of done / max(top, 1) { 0 -> 0; 1 -> full }; missing -> zero }
  indicator B "Done" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
  let place = rank(done across entities within tier, highest first, ties share mean, among those present)
  output place : number = place
  output spread : number =
    population standard deviation(extra across entities within tier, among those present empty -> 0)
  output least : number = min(place across entities, among those present empty -> 0)
  output anybody : yes/no = any(done > 990 across entities, among those present)
  grades of total { high >= 10; low otherwise }
}
""")
SHARED = api.loads("""
ruleset parted "Shared" version "1" {
  entity town "Town"
  input region : one of (north, south)
  input x : number decimals 1 in [0, 100]
  input amount : number decimals 1 in [0, 100]
  let pool = max(amount across entities within region)
  output part : number =
    share(pool by x across entities within region to 0 decimals largest remainder, ties by entity, empty -> 0)
}
""")
LATER = api.loads("""
ruleset later "Later" version "1" {
  entity town "Town"
  total 10 points
  input done : count in [0, 1000]
  indicator A "Completion" 10 points { score curve of done { 0 -> 0; 1000 -> full } }
  output before : points = if previous(total) is missing then 0 points else previous(total)
}
""")


def simple_table(random: Random, rows: int) -> pa.Table:
    return pa.table(
        {
            "town": [_town(random, row) for row in range(rows)],
            "Done": [None if random.random() < 0.05 else random.randint(-20, 1020) for _ in range(rows)],
            "spent": [_amount(random, 2) for _ in range(rows)],
        }
    )


def judged_table(random: Random, rows: int) -> pa.Table:
    """Return marks of a judge, of which few are open."""
    return pa.table(
        {
            "town": [_town(random, row) for row in range(rows)],
            "x": [row % 101 / 10 for row in range(rows)],
            "B.level": ["poor" if row % 7 == 0 else "good" for row in range(rows)],
            "B.mark": [None if row % 70 == 1 else 3 if row % 7 == 0 else 8 for row in range(rows)],
        }
    )


def compared_table(random: Random, rows: int) -> pa.Table:
    return pa.table(
        {
            "town": [_town(random, row) for row in range(rows)],
            "region": [
                None if random.random() < 0.05 else random.choice(("north", "south", "west")) for _ in range(rows)
            ],
            "tier": [None if random.random() < 0.02 else random.randint(1, 2) for _ in range(rows)],
            "done": [-1 if random.random() < 0.01 else random.randint(0, 1000) for _ in range(rows)],
            "extra": [None if random.random() < 0.3 else f"{random.randint(0, 1000) / 10}" for _ in range(rows)],
        }
    )


def shared_table(random: Random, rows: int) -> pa.Table:
    regions = [random.choice(("north", "south")) for _ in range(rows)]
    return pa.table(
        {
            "town": [f"town {row}" for row in range(rows)],
            "region": regions,
            "x": [random.randint(0, 20) for _ in range(rows)],
            "amount": ["100" if region == "north" else "99.5" for region in regions],
        }
    )


def _town(random: Random, row: int) -> str:
    """Name a town; some occur twice, in another part of the table."""
    return f"town {row // 2 if random.random() < 0.01 else row}"


def _amount(random: Random, decimals: int) -> str | None:
    if random.random() < 0.05:
        return random.choice((None, "many", "1.23456", "-1"))
    return f"{random.randint(0, 900_000) / 10**decimals}"
