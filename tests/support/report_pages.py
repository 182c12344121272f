"""The results that reports are tested on: real rulesets, departments that are made up, a ruleset of everything odd."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from perfrules.api import Results, Ruleset, load, loads
from perfrules.readers.raw import ReadOptions
from perfrules.readers.table import read_data
from perfrules.report import cohort_report, entity_report
from tests.support.departments import LONG_NAME, OVERRIDDEN, PENDING, REFUSED, VETOED, scored_departments

ROOT: Final = Path(__file__).parents[2] / "rulesets"
REAL: Final = {
    "pinghu": ("pinghu/department/department.perfrules", "pinghu/department/data/2021-2024.csv"),
    "pending": ("pinghu/department/department.perfrules", "pinghu/department/data/2024-pending.csv"),
    "township": ("township/half_year/half_year.perfrules", "township/half_year/data/published.csv"),
    "self": ("mof/self_evaluation/self_evaluation.perfrules", "mof/self_evaluation/data/2024.csv"),
    "hdi": (
        "undp/human_development_index/human_development_index.perfrules",
        "undp/human_development_index/data/2021.csv",
    ),
    "linjiang": ("linjiang/road_passenger/road_passenger.perfrules", "linjiang/road_passenger/data/self_score.json"),
    "towns": ("pinghu/townships/pinghu.townships.perfrules", "pinghu/townships/data/towns.csv"),
    "nameless": ("pinghu/department/department.perfrules", "pinghu/department/data/cases.csv"),
}
WORD: Final = "Donaudampfschifffahrtsgesellschaftskapitaenswitwenrentenauszahlungsstellenleiterin"
HOSTILE: Final = "<script>alert(1)</script></style>\"'&<b>—{{ x }}"


@cache
def scored(name: str) -> tuple[Ruleset, Results]:
    """Score the data of a real ruleset, the made departments, or the odd ruleset."""
    if name == "departments":
        return scored_departments()
    if name == "odd":
        return odd()
    ruleset, data = (ROOT / part for part in REAL[name])
    rules = load(ruleset, paths=[ROOT])
    rows = read_data(data, rules.plan, ReadOptions()).rows
    return rules, rules.score_rows(rows[:3] if name == "nameless" else rows)


def odd() -> tuple[Ruleset, Results]:
    """Score a ruleset of nine levels, long words, a parent that does not add, a bonus, markup in every text."""
    plain = HOSTILE.replace('"', "")
    inner = f"""indicator N9 "{WORD} {"很长的指标名称" * 9}" 3 points {{
        score curve of x {{ 0 -> 0; 100 -> full }}
        evidence "{WORD}/{"佐证材料" * 30}"
        note "{plain}"
      }}
      indicator M9 "small" 0.1 points {{ score curve of x {{ 0 -> 0; 100 -> full }} }}"""
    for level in range(8, 1, -1):
        inner = f"""indicator N{level} "Level {level}" 3.1 points {{
          {inner}
        }}"""
    text = f"""ruleset odd "{plain} {WORD}" version "1" {{
      entity body "Body"
      total 10 points capped
      round total to 1 decimal half up
      input x "{"名称很长的数据项" * 8}" : count in [0, 1000]
      input fraud : yes/no
      indicator N "Deep" 3.1 points {{
        {inner}
      }}
      indicator G "Best of two" 6.9 points {{
        combine best
        indicator G1 "One" 6.9 points {{ score curve of x {{ 0 -> 1; 100 -> full }} }}
        indicator G2 "Two" 6.9 points {{ score curve of x {{ 0 -> 1; 50 -> full }} }}
      }}
      indicator B "Extra" bonus 2 points {{ score curve of x {{ 50 -> 0; 100 -> full }} }}
      veto when fraud "{WORD}" -> total 0
      grades of rounded total {{
        {WORD} >= 9
        middle >= 5
        poor otherwise
      }}
    }}"""
    rules = loads(text)
    rows = [{"body": f"{HOSTILE} {number}", "x": x, "fraud": number == 3} for number, x in enumerate((0, 37, 100, 80))]
    return rules, rules.score_all([*rows, {"body": WORD * 3, "x": "x" * 300, "fraud": "no"}])


@cache
def every_page(language: str) -> Mapping[str, str]:
    """Return pages by their names: all cohorts, the first entity of each, the special departments; made once."""
    return make_every_page(language)


def make_every_page(language: str) -> dict[str, str]:
    """Make all of them."""
    pages = {}
    for name in (*REAL, "departments", "odd"):
        rules, results = scored(name)
        pages[f"{name} all"] = cohort_report(rules.plan, results, language)
        pages[f"{name} first"] = entity_report(results[0], language)
    _, results = scored("departments")
    for special in (PENDING, REFUSED, VETOED, OVERRIDDEN, LONG_NAME):
        pages[f"department {special[:8]}"] = entity_report(results[special], language)
    return pages
