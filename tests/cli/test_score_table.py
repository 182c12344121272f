"""The table of scores at a terminal: all that a ruleset answers, as wide as there is room."""

from __future__ import annotations

import unicodedata

import click
import pytest

from perfrules import loads
from perfrules.cli.score_table import score_table
from perfrules.writers.csv_table import csv_bytes

MONITORED = """ruleset demo.monitored "Monitoring" version "1" {
  entity project "Project"
  input spent : 万元 decimals 2 in [0, 1000]
  input budget : 万元 decimals 2 in [1, 1000]
  input finished : yes/no
  indicator P "Progress" {
    status worst of children
    indicator P1 "Spending" {
      measure spent / budget
      lights { red when measure < 60%; yellow when measure < 80%; otherwise green }
    }
  }
  alert over "Spent too much" { red when spent > budget; otherwise green }
  decision stop "It is stopped" when over = red
  decision ask when P1.light = yellow
  output left "Money left" : 万元 = budget - spent
  output rate "Share spent" : % = spent / budget
  output done "Finished" : yes/no = finished
}
"""
DATA = [
    {"project": "桥", "spent": 20, "budget": 60, "finished": "no"},
    {"project": "Road", "spent": 70, "budget": 100, "finished": "yes"},
    {"project": "Rail", "spent": 120, "budget": 100, "finished": "yes"},
    {"project": "Port", "spent": "x", "budget": 100, "finished": "yes"},
]
OPEN = """ruleset demo.open "Open" version "1" {
  total 20 points
  indicator A "Work" 10 points { score judged { "good" -> [6, 10]; "poor" -> [0, 6) } }
  indicator B "Money" 10 points { score = 5 }
  grades of total { pass >= 12; fail otherwise }
  decision review when grade = fail
  output marks "Share of the marks" : % = total / full
}
"""


def table(text: str, data: list[dict[str, object]], lang: str = "en", width: int | None = None) -> list[list[str]]:
    rules = loads(text)
    shown = score_table(rules.plan, rules.score_all(data), lang, width=width)
    return [[cell for cell in line.split("  ") if cell] for line in shown.splitlines()]


def cells(line: list[str]) -> list[str]:
    return [cell.strip() for cell in line]


def test_a_ruleset_without_marks_shows_lights_alerts_decisions_and_outputs() -> None:
    heading, *rows = map(cells, table(MONITORED, DATA))
    assert heading == [
        "Project",
        "Progress",
        "Spent too much",
        "Decisions",
        "Money left (万元)",
        "Share spent",
        "Finished",
        "Status",
    ]
    assert rows == [
        ["桥", "red", "green", "40", "≈33.33%", "no", "final"],
        ["Road", "yellow", "green", "ask", "30", "70%", "yes", "final"],
        ["Rail", "green", "red", "stop", "-20", "120%", "yes", "final"],
        ["Port", "—", "—", "—", "—", "—", "—", "refused"],
    ]


def test_it_speaks_chinese() -> None:
    heading, first, *_ = map(cells, table(MONITORED, DATA, "zh"))
    assert heading[3:5] == ["决定", "Money left（万元）"]
    assert first == ["桥", "红色", "绿色", "40", "≈33.33%", "否", "确定"]


def test_what_is_open_is_shown_as_what_it_can_be() -> None:
    _, row = map(cells, table(OPEN, [{"entity": "a"}]))
    assert row == ["a", "0 … 10", "5", "5 … 15", "pass / fail", "review (open)", "25% … 75%", "provisional"]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [30, 45, 60, 80])
def test_a_line_is_no_wider_than_the_terminal(width: int, lang: str) -> None:
    rules = loads(MONITORED)
    shown = score_table(rules.plan, rules.score_all(DATA), lang, width=width)
    lines = shown.split("\n\n")[0].splitlines()
    assert max(sum(1 + (unicodedata.east_asian_width(each) in "WF") for each in line) for line in lines) <= width
    assert lines[-1].split()[-1] == {"en": "refused", "zh": "拒绝"}[lang]


def test_columns_without_room_are_left_out_from_the_right_and_named() -> None:
    rules = loads(MONITORED)
    shown = score_table(rules.plan, rules.score_all(DATA), "en", width=60)
    assert shown.endswith("\nNo room for: `Share spent` and `Finished`. `--format csv` has them all.\n")
    assert "No room" not in score_table(rules.plan, rules.score_all(DATA), "en")


def test_lights_and_headings_are_coloured_and_nothing_else_changes() -> None:
    rules = loads(MONITORED)
    results = rules.score_all(DATA)
    coloured = score_table(rules.plan, results, "en", colour=True)
    assert "\x1b[31mred" in coloured
    plain = "\n".join(line.rstrip() for line in click.unstyle(coloured).split("\n"))
    assert plain == score_table(rules.plan, results, "en")


def test_the_csv_has_the_light_of_every_indicator() -> None:
    rules = loads(MONITORED)
    lines = csv_bytes(rules.plan, rules.score_all(DATA)).decode("utf-8-sig").splitlines()
    heading = "entity,status,total,total.lo,total.hi,P.light,P.P1.light,stop,ask,over,left"
    assert lines[0].startswith(f"{heading},")
    assert lines[2].startswith("Road,final,,,,yellow,yellow,no,yes,green,30,")
    assert lines[4].startswith("Port,refused,,,,,,,,,,")
