"""Random whole rulesets as source text, with data for them: every construct of the language, every kind of boundary.

A ruleset is a function of the seed of its random source. Most of them pass the checker; what does not is left out by
`valid_ruleset`. What it was written with is in `used`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from random import Random

from attrs import frozen
from hypothesis import strategies as st

from perfrules import api
from tests.strategies.ruleset_across import TIES
from tests.strategies.ruleset_draw import Block, Draw, literal, marks
from tests.strategies.ruleset_expressions import Writing, condition, data_check, mode, ratio
from tests.strategies.ruleset_indicators import (
    Made,
    combined,
    leaf,
    lights,
    reach_of,
    vetoes,
    weighted,
    with_points,
)
from tests.strategies.ruleset_inputs import Column, Inputs, cell
from tests.strategies.ruleset_scoring import LEVELS

FILES: Mapping[str, bytes] = {}
GRADES = ("优", "良", "中", "差")
AS_OF = (None, None, date(2024, 3, 31), date(2024, 6, 30), date(2024, 7, 1))


@frozen
class WrittenRuleset:
    """A ruleset as a tree of statements, its inputs, and the constructs it was written with."""

    root: Block
    columns: tuple[Column, ...]
    judged: tuple[tuple[str, Fraction], ...]
    overridable: tuple[str, ...]
    used: frozenset[str]
    files: Mapping[str, bytes]

    @property
    def text(self) -> str:
        """Return the source."""
        return self.root.text() + "\n"

    def shuffled(self, random: Random) -> str:
        """Return the source with its statements in another order."""
        return self.root.text(shuffled=random) + "\n"

    def row(self, random: Random) -> dict[str, object]:
        """Return the data of one entity."""
        row = {each.name.strip("【】"): cell(random, each) for each in self.columns}
        for code, full in self.judged:
            row |= _judgement(random, code, full)
        if self.overridable and random.random() < 0.06:
            code = random.choice(self.overridable)
            row |= {f"{code}.override.value": random.choice((0, 1, "2.5")), f"{code}.override.by": "b"}
            row[f"{code}.override.why"] = "w"
        return row


def make_ruleset(random: Random, *, compares: bool | None = None) -> WrittenRuleset:
    """Write a ruleset; one in four has rules across entities, unless *compares* says whether."""
    draw = Draw(random)
    root = Block('ruleset random.rules "Random rules" version "1"')
    chosen = draw.chance(0.25)
    writing = Writing(draw, Inputs(draw), root, compares=chosen if compares is None else compares)
    if draw.chance(0.7):
        draw.use("grades")
        writing.grades = GRADES[: draw.random.randint(2, 4)]
    root.lines += ["effective 2024-01-01 to 2024-12-31"]
    style = draw.pick(("points", "points", "points", "weights", "base", "group amounts"))
    draw.use(f"amounts {style}")
    made, full, how = {"points": _points, "weights": _weights, "base": _base, "group amounts": _grouped}[style](writing)
    root.children = [each.block for each in made]
    _rounding(writing)
    reach = full_reach(writing, made, how)
    if writing.grades:
        _grading(writing, reach or Fraction(1))
    vetoes(writing, root, full, root=True)
    _results(writing, reach)
    _declarations(writing)
    judged = tuple((each.code, each.full) for each in writing.known if each.levels and each.full is not None)
    columns = tuple(writing.inputs.columns.values())
    files = {"limits.csv": b"", "days.csv": _calendar()}
    choice = next((each for each in columns if each.family == "choice"), None)
    if choice is not None:
        name = choice.name.strip("【】")
        files["limits.csv"] = f"{name},value\n甲,60%\n乙,70%\n丙,80%\n".encode()
    return WrittenRuleset(
        root, columns, judged, tuple(each.code for each in writing.known), frozenset(draw.used), files
    )


def full_reach(writing: Writing, made: list[Made], how: str) -> Fraction:
    """Return marks that the total surely can reach."""
    counted = [each for each in made if not each.bonus]
    return Fraction(100) if how == "base" else reach_of(how, counted)


def _points(writing: Writing) -> tuple[list[Made], Fraction | None, str]:
    draw = writing.draw
    made = [with_points(writing, code, 2) for code in "ABC"[: draw.random.randint(1, 3)]]
    how = draw.pick(("sum", "sum", "sum", "best", "median"))
    draw.use(f"root {how}")
    combined(writing, writing.root, made, how)
    fulls = [each.full for each in made]
    known = [each for each in fulls if each is not None]
    full = None if len(known) < len(fulls) else sum(known, Fraction(0)) if how == "sum" else max(known)
    bonuses = [_bonus(writing, f"J{n}") for n in range(draw.pick((0, 0, 1, 2)))]
    ceiling = draw.pick(
        (
            " capped",
            " unbounded",
            f", at most {marks((full or Fraction(9)) + 5)}",
            f" between 1 and {marks((full or Fraction(9)) + 2)}",
        )
    )
    if full is None:
        ceiling = " unbounded"
    if bonuses or draw.chance(0.6):
        stated = marks(full) if full is not None else None
        if stated is not None:
            ceiling = ceiling if bonuses or draw.chance(0.2) else ""
            draw.use(f"total {ceiling.strip(', 0123456789./').split(' and')[0].rstrip(' 1') or 'plain'}")
            writing.root.lines.append(f"total {stated}{draw.pick((' points', ''))}{ceiling}")
        else:
            bonuses = []
    return made + bonuses, full, how


def _bonus(writing: Writing, code: str) -> Made:
    writing.draw.use("bonus")
    made = leaf(writing, code, "bonus 2 points", Fraction(2))
    made.bonus = True
    return made


def _weights(writing: Writing) -> tuple[list[Made], Fraction | None, str]:
    draw = writing.draw
    top = draw.pick((Fraction(100), Fraction(1)))
    made, how, line = weighted(writing, "W", top)
    writing.root.lines.append(f"scale 0 to {marks(top)}")
    if line:
        writing.root.lines.append(line)
    combined(writing, writing.root, made, how)
    draw.use(f"root {how}")
    return made, top, how


def _base(writing: Writing) -> tuple[list[Made], Fraction | None, str]:
    draw = writing.draw
    writing.root.lines.append(f"base 100 points{draw.pick(('', ' unbounded', ', at most 105', ' between 0 and 110'))}")
    return [leaf(writing, code, "", None) for code in ("P", "Q", "R")[: draw.random.randint(1, 3)]], None, "base"


def _grouped(writing: Writing) -> tuple[list[Made], Fraction | None, str]:
    draw = writing.draw
    choice = writing.inputs.of("choice").name
    writing.root.lines.append(
        f"param worth by {choice} : points {{\n  甲 -> 6\n  乙 -> 8 points\n  otherwise -> 10\n}}"
    )
    made = [leaf(writing, code, draw.pick(("worth points", "weight 1")), Fraction(6)) for code in ("G", "H")]
    for each in made:
        each.block.header = each.block.header.replace("weight 1", "worth points")
    combined(writing, writing.root, made, "sum")
    return made, Fraction(12), "sum"


def _rounding(writing: Writing) -> None:
    draw = writing.draw
    for stage, share in (("leaves", 0.4), ("levels", 0.3), ("total", 0.5)):
        if draw.chance(share):
            draw.use(f"round {stage}")
            to = draw.pick(("2 decimals", "1 decimal", "0 decimals", "3 significant digits", "0.5"))
            writing.root.lines.append(f"round {stage} to {to} {mode(draw)}")


def _grading(writing: Writing, reach: Fraction) -> None:
    draw = writing.draw
    rounded = any(line.startswith("round total") for line in writing.root.lines)
    stage = draw.pick((" of total", " of rounded total")) if rounded else draw.pick((" of total", ""))
    draw.use(f"grades{stage}")
    shares = draw.pick(
        ((Fraction(9, 10), Fraction(2, 3), Fraction(3, 7)), (Fraction(19, 20), Fraction(9, 10), Fraction(1, 3)))
    )
    lines = [
        f"{name} {draw.pick(('>=', '>'))} {literal(reach * share, 'number')}"
        for name, share in zip(writing.grades[:-1], shares, strict=False)
    ]
    writing.root.lines.append(
        f"grades{stage} {{\n  " + "\n  ".join([*lines, f"{writing.grades[-1]} otherwise"]) + "\n}"
    )


def _results(writing: Writing, reach: Fraction) -> None:
    draw = writing.draw
    lines = writing.root.lines
    rounded = "rounded total" if any(line.startswith("round total") for line in lines) else "total"
    if writing.compares and draw.chance(0.6):
        draw.use("across total")
        present, ties = draw.pick(("", ", among those present")), draw.pick(TIES)
        draw.use(f"across ties {ties}")
        lines.append(f"output placed : number = rank(total across entities, highest first, ties share {ties}{present})")
    if writing.grades and draw.chance(0.5):
        draw.use("decision on grade")
        worse = draw.pick((f"in one of ({', '.join(writing.grades[1:])})", f"<= {writing.grades[1]}"))
        lines.append(f'decision tighten "从严" when grade {worse}')
    if draw.chance(0.4):
        draw.use("decision")
        lines.append(f"decision verify when {condition(writing)}, within 10 workdays after notice otherwise suspend")
    if draw.chance(0.3):
        draw.use("alert")
        lights_of = (f"red when {condition(writing)}", f"yellow when total <= {literal(reach * 9 / 10, 'number')}")
        lines.append('alert a1 "预警" {\n  ' + "\n  ".join((*lights_of, "otherwise green")) + "\n}")
    if draw.chance(0.4):
        money = writing.inputs.of("money").name
        kind, value = draw.pick(
            (
                ("万元", f"{money} * 2"),
                ("points", rounded),
                ("points", "total / 3"),
                ("%", ratio(writing).text),
                ("yes/no", condition(writing)),
                ("元", f"round({money} to 1 decimal {mode(draw)})"),
            )
        )
        draw.use(f"output {kind}")
        lines.append(f'output o1 "结果" : {kind} = {value}')
    if draw.chance(0.15):
        severity, titled = draw.pick(("", "warning ", "warning ")), draw.pick(("", ' "数据一致"'))
        lines.append(f"check {severity}{data_check(writing)}{titled}")
    if any(child.lines and any("lights {" in line for line in child.lines) for child in writing.root.children):
        if draw.chance(0.5):
            lines.append("status worst of children")
    elif draw.chance(0.1):
        lights(writing, Block(""))


def _declarations(writing: Writing) -> None:
    draw = writing.draw
    columns = writing.inputs.columns.values()
    if any(each.family == "households" for each in columns):
        draw.use("unit renamed")
        writing.root.lines.append("unit 户 : count")
    if draw.chance(0.05):
        draw.use("unit multiple")
        writing.root.lines.append("unit 垧 = 15 亩")
    if writing.has_calendar:
        draw.use("holidays")
        writing.root.lines.append('holidays from "days.csv"')
    if draw.chance(0.3):
        draw.use("entity")
        writing.root.lines.append('entity unit_name "单位"')
    if draw.chance(0.2):
        draw.use("authority")
        writing.root.lines.append('authority "局"')
    writing.root.lines += [each.declaration() for each in columns]


def _calendar() -> bytes:
    rows = ("2024-01-01,holiday", "2024-05-01,holiday", "2024-10-07,holiday", "2024-02-04,workday")
    return "\n".join(["date,kind", *rows, ""]).encode()


def _judgement(random: Random, code: str, full: Fraction) -> dict[str, object]:
    how = random.random()
    if how < 0.12:
        return {}
    level = random.choice(LEVELS)
    if how < 0.2:
        return {f"{code}.level": level}
    share = {LEVELS[0]: (Fraction(4, 5), *[Fraction(1)] * 5), LEVELS[1]: (Fraction(3, 5), Fraction(7, 10))}
    mark = full * random.choice(share.get(level, (Fraction(0),)))
    return {f"{code}.level": level, f"{code}.mark": mark, f"{code}.by": "b", f"{code}.reason": "r"}


def compiled(written: WrittenRuleset, text: str | None = None) -> api.Compiled:
    """Compile the ruleset, or another text of it."""
    return api.compile(text or written.text, read_resource=written.files.get)


def valid_ruleset(
    random: Random, tries: int = 20, *, compares: bool | None = None
) -> tuple[WrittenRuleset, api.Ruleset, int]:
    """Return a ruleset that passes the checker, and how many were written until then."""
    for number in range(1, tries + 1):
        written = make_ruleset(random, compares=compares)
        found = compiled(written).ruleset
        if found is not None:
            return written, found, number
    raise AssertionError(f"none of {tries} rulesets passes the checker")


def rulesets() -> st.SearchStrategy[tuple[WrittenRuleset, api.Ruleset, int]]:
    """Rulesets that pass the checker, for hypothesis."""
    return st.integers(0, 2**32).map(lambda seed: valid_ruleset(Random(seed)))
