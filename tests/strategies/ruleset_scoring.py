"""The six ways to score, as random rulesets write them."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from tests.strategies.ruleset_draw import Block, Draw, Subject, literal, marks
from tests.strategies.ruleset_expressions import Writing, condition, mode, ratio, subject
from tests.strategies.ruleset_inputs import OPTIONS

LEVELS = ("达成", "部分达成", "未达成")


def scored(
    writing: Writing, block: Block, full: Fraction | None, measured: Subject
) -> tuple[tuple[str, ...], Fraction]:
    """Write one way to score into *block*; return the levels of a judged one and marks that can be reached.

    *full* None: no full marks.
    """
    draw = writing.draw
    if full is None:
        block.lines.append(_tally(writing, measured, None))
        return (), Fraction(0)
    how = draw.pick(("formula", "curve", "curve", "bands", "bands", "cases", "tally", "tally", "tally", "judged"))
    draw.use(f"score {how}")
    if how == "judged":
        block.lines.append(_judged(draw, full))
        return LEVELS, full
    if how == "tally":
        text = _tally(writing, measured, full)
        block.lines.append(text)
        base = text.split(" {")[0].removeprefix("score tally from ")
        return (), full if base == "full" else Fraction(0) if base == "0" else full / 2
    makers = {"formula": _formula, "curve": _curve, "bands": _bands, "cases": _cases}
    block.lines.append(makers[how](writing, measured, full))
    return (), full


def part_of(draw: Draw, full: Fraction) -> str:
    """Return marks between 0 and *full*."""
    how = draw.pick(("full", "percent", "bare", "points", "third"))
    some = full * draw.pick((Fraction(1, 4), Fraction(1, 2), Fraction(3, 5), Fraction(1)))
    return {
        "full": "full",
        "percent": f"{draw.pick((20, 50, 80))}% of full",
        "bare": marks(some),
        "points": literal(some, "points"),
        "third": draw.pick(("full / 3", "full * 2 / 7", "2 / 3 * full")),
    }[how]


def _limits(draw: Draw, full: Fraction) -> str:
    how = draw.pick(("between 0 and full", "between 0 and full", f"between -3 and {marks(full)}", "unbounded"))
    draw.use(f"limits {'unbounded' if how == 'unbounded' else 'between'}")
    return how


def _formula(writing: Writing, measured: Subject, full: Fraction) -> str:
    draw = writing.draw
    rate = writing.inputs.of("percent")
    share = ratio(writing)
    how = draw.pick(("proved", "held", "points", "rounded", "if", "irrational", "measure", "marks of others"))
    if how == "marks of others":
        known = [each.code for each in writing.known if each.stays and each.full]
        if known:
            draw.use("score from another indicator")
            return f"score = {draw.pick(known)}.rate * full, between 0 and full"
    return {
        "proved": f"score = full * min({rate.name}, 100%)",
        "held": f"score = full * ({share.text}), {_limits(draw, full)}",
        "points": f"score = full - {writing.inputs.of('points').name} {_limits(draw, full)}",
        "rounded": f"score = round(full * ({share.text}) to 2 decimals {mode(draw)}) between 0 and full",
        "if": f"score = if {condition(writing)} then {part_of(draw, full)} else 0 points",
        "irrational": f"score = full * exp(-{rate.name})",
    }.get(how, f"score = full - 1 point * abs(100% - {rate.name}) * 4, between 0 and full")


def _curve(writing: Writing, measured: Subject, full: Fraction) -> str:
    draw = writing.draw
    cuts = measured.inner(draw, draw.random.randint(2, 4))
    xs = cuts if len(cuts) > 1 else [measured.low, measured.high]
    if draw.chance(0.3):
        ys = ["full", *(marks(full * Fraction(2, 3 + n)) for n in range(len(xs) - 2)), "0"]
    else:
        ys = ["0", *(part_of(draw, full) for _ in xs[2:]), "full"]
    points = "\n  ".join(f"{measured.literal(x)} -> {y}" for x, y in zip(xs, ys, strict=True))
    return f"score curve of {_shown(measured)} {{\n  {points}\n}}"


def _bands(writing: Writing, measured: Subject, full: Fraction) -> str:
    draw = writing.draw
    form = draw.pick(("down", "down", "up", "ranges", "options", "yes/no", "moving", "equal"))
    draw.use(f"bands {form}")
    if form == "options":
        subject_text = writing.inputs.of("choice").name
        edges = [f"= {OPTIONS[0]}", f"one of ({OPTIONS[1]})", "otherwise"]
    elif form == "yes/no":
        subject_text, edges = writing.inputs.of("yes/no").name, ["= yes", "= no"]
    elif form == "moving":
        subject_text, edges = writing.inputs.of("money").name, [f">= {writing.inputs.of('money').name}", "otherwise"]
        if edges[0].endswith(f" {subject_text}"):
            edges[0] = ">= 20 万元"
    else:
        subject_text, edges = _shown(measured), _edges(draw, measured, form)
    values = ["full", *(part_of(draw, full) for _ in edges[1:])]
    titles = ["" if draw.chance(0.8) else f' "档{n}"' for n in range(len(edges))]
    lines = "\n  ".join(f"{edge} -> {value}{title}" for edge, value, title in zip(edges, values, titles, strict=True))
    return f"score bands of {subject_text} {{\n  {lines}\n}}"


def _edges(draw: Draw, measured: Subject, form: str) -> list[str]:
    cuts = measured.inner(draw, draw.random.randint(1, 4))
    if not cuts:
        return ["otherwise"]
    shown = [measured.literal(each) for each in cuts]
    if form == "down":
        return [*(f"{draw.pick(('>=', '>'))} {each}" for each in reversed(shown)), "otherwise"]
    if form == "up":
        return [*(f"{draw.pick(('<=', '<'))} {each}" for each in shown), "otherwise"]
    if form == "equal":
        return [f"= {shown[0]}", f"> {shown[0]}", "otherwise"]
    closed = draw.chance(0.5)
    middle = [f"[{low}, {high})" if closed else f"({low}, {high}]" for low, high in pairwise(shown)]
    ends = [f"< {shown[0]}", f">= {shown[-1]}"] if closed else [f"<= {shown[0]}", f"> {shown[-1]}"]
    return [ends[0], *middle, ends[1]]


def _cases(writing: Writing, measured: Subject, full: Fraction) -> str:
    draw = writing.draw
    lines = [f"when {condition(writing)} -> full"]
    if draw.chance(0.5):
        lines.append(f"when {condition(writing)} -> {part_of(draw, full)}")
    lines.append(f'otherwise -> {draw.pick(("0", part_of(draw, full)))} "其余"')
    inner = "\n  ".join(lines)
    return f"score cases {{\n  {inner}\n}}"


def _judged(draw: Draw, full: Fraction) -> str:
    top = draw.pick(("[80%, 100%] of full", "full"))
    middle = draw.pick(("[60%, 80%) of full", f"[{marks(full * 3 / 5)}, {marks(full * 4 / 5)})"))
    bottom = draw.pick(("[0%, 60%) of full", "0", f"(-1, {marks(full / 2)}]"))
    if bottom.startswith("(-1"):
        draw.use("judged below zero")
    draw.use("judged range")
    lines = "\n  ".join(f'"{name}" -> {limits}' for name, limits in zip(LEVELS, (top, middle, bottom), strict=True))
    held = " between -1 and full" if bottom.startswith("(-1") else ""
    return f"score judged {{\n  {lines}\n}}{held}"


def _tally(writing: Writing, measured: Subject, full: Fraction | None) -> str:
    draw = writing.draw
    base = "0" if full is None else draw.pick(("full", "full", "0", marks(full / 2), "50% of full"))
    step = full or Fraction(4)
    lines = [tally_line(writing, measured, full) for _ in range(draw.random.randint(1, 4))]
    if draw.chance(0.2):
        draw.use("tally nested")
        inner = "\n    ".join(tally_line(writing, measured, full) for _ in range(2))
        lines.append(f'tally from 0 {{\n    {inner}\n    between -{marks(step / 2)} and {marks(step / 2)}\n  }} "分项"')
    if full is None:
        lines.append(draw.pick(("between -10 and 10", "unbounded")))
    elif draw.chance(0.3):
        lines.append(draw.pick(("between 0 and full", f"between -{marks(step)} and full", "unbounded")))
        draw.use("tally limits")
    draw.random.shuffle(lines)
    return f"score tally from {base} {{\n  " + "\n  ".join(lines) + "\n}"


def tally_line(writing: Writing, measured: Subject, full: Fraction | None) -> str:
    """Return one line of a tally."""
    draw = writing.draw
    most = full or Fraction(4)
    word, some = (
        draw.pick(("less", "less", "plus")),
        most * draw.pick((Fraction(1, 10), Fraction(1, 4), Fraction(1, 7))),
    )
    draw.use(f"tally {word}")
    amount = literal(some, "points") if full is None or draw.chance(0.6) else "20% of full"
    form = draw.pick(
        ("distance", "distance", "distance", "events", "fact", "facts", "records", "when", "zero", "subject")
    )
    draw.use(f"tally {form}")
    if form == "zero":
        return f"when {condition(writing)}: zero" if draw.chance(0.7) else f"{writing.inputs.of('yes/no').name}: zero"
    line = {
        "distance": lambda: _distance(writing, measured, word, amount),
        "events": lambda: f"{writing.inputs.of('count').name}: {word} {amount} each",
        "fact": lambda: f"{writing.inputs.of('yes/no').name}: {word} {amount}",
        "facts": lambda: f"{writing.inputs.of('yes/no').name}, {writing.inputs.of('count').name}: {word} {amount} each",
        "records": lambda: _records(writing, word, amount),
        "when": lambda: f"when {condition(writing)}: {word} {amount}",
        "subject": lambda: f"{writing.inputs.of('count').name}: {word} {amount} {_per(draw)} {draw.pick((2, 3))} 件",
    }[form]()
    if draw.chance(0.35):
        draw.use("tally at most")
        line += (
            f"{draw.pick((',', ''))} at most {literal(most * draw.pick((Fraction(1, 2), Fraction(1, 3))), 'points')}"
        )
    if draw.chance(0.15) and "unless" not in line:
        draw.use("tally unless")
        line += f", unless {condition(writing)}"
    return line + (' "说明"' if draw.chance(0.2) else "")


def _per(draw: Draw) -> str:
    word = draw.pick(("exact", "whole", "started"))
    draw.use(f"per {word}")
    return f"per {word}"


def _distance(writing: Writing, measured: Subject, word: str, amount: str) -> str:
    draw = writing.draw
    far = measured if measured.family not in ("points", "money per person") else subject(writing)
    cuts = far.inner(draw, 1)
    if far.can_miss or not cuts or far.family in ("points", "money per person"):
        far = writing.inputs.of("percent").subject()
        cuts = far.inner(draw, 1) or [far.high / 2]
    way = draw.pick(("above", "below", "away from"))
    draw.use(f"tally {way}")
    reference = far.literal(cuts[0])
    width = far.high - far.low
    step = Fraction(draw.pick((1, 3, 7)), 100) if far.family in ("percent", "ratio", "pp") else _step(draw, width, far)
    if draw.chance(0.2) and far.family in ("money", "area", "persons") and "/" not in reference and cuts[0] > 0:
        draw.use("per part of target")
        return f"{far.text} {way} {reference}: {word} {amount} {_per(draw)} 10% of {reference}"
    shown = literal(step, "pp" if far.family in ("percent", "ratio", "pp") else far.family)
    return f"{far.text} {way} {reference}: {word} {amount} {_per(draw)} {shown}"


def _step(draw: Draw, width: Fraction, far: Subject) -> Fraction:
    step = width / draw.pick((4, 10, 20))
    return Fraction(max(1, round(step))) if far.whole else step


def _records(writing: Writing, word: str, amount: str) -> str:
    draw = writing.draw
    table = writing.inputs.of("table").name
    where = draw.pick(("", " where v.rating < 60%", " where v.done"))
    form = draw.pick(("plain", "once per", "amount of record", "unless"))
    draw.use(f"tally records {form}")
    match form:
        case "once per":
            return f"v in {table}{where} once per v.matter: {word} {amount} each"
        case "amount of record":
            return f"v in {table}{where}: {word} v.worth each"
        case "unless":
            return f"v in {table}{where}: {word} {amount} each unless v.sort = 乙"
        case _:
            return f"v in {table}{where}: {word} {amount} each"


def _shown(measured: Subject) -> str:
    return measured.text
