"""The tree of indicators of random rulesets: amounts, ways to combine, exclusion, vetoes, rounding, lights."""

from __future__ import annotations

from fractions import Fraction

from attrs import define

from tests.strategies.ruleset_draw import Block, literal, marks
from tests.strategies.ruleset_expressions import Known, Writing, condition, mode, subject
from tests.strategies.ruleset_scoring import scored

AMOUNTS = (Fraction(1), Fraction(2), Fraction(3), Fraction(5), Fraction(10), Fraction(1, 2), Fraction(15, 2))
REDISTRIBUTING = ("sum", "weighted mean", "geometric mean", "harmonic mean")


@define
class Made:
    """A written indicator: what its parent has to know."""

    block: Block
    code: str
    full: Fraction | None
    can_leave: bool
    negative: bool
    lit: bool = False
    bonus: bool = False
    reach: Fraction = Fraction(0)


def leaf(writing: Writing, code: str, amount: str, full: Fraction | None) -> Made:
    """Write an indicator without children; *amount* stands after its title."""
    draw = writing.draw
    block = Block(f'indicator {code} "指标 {code}"{f" {amount}" if amount else ""}')
    can_miss = draw.chance(0.15)
    measured = subject(writing, can_miss=can_miss, can_leave=True)
    block.lines.append(f"measure {measured.text}")
    levels, reach = scored(writing, block, full, _measure(measured))
    score = block.lines[-1]
    if can_miss and "score judged" not in score:
        policy = draw.pick(("zero", "excluded", "pending", "0.5 points") + (("full",) if full else ()))
        draw.use(f"missing {policy if 'point' not in policy else 'points'}")
        block.lines.append(f"missing -> {policy}")
        can_leave = policy == "excluded"
    else:
        can_leave = False
    can_leave |= applies(writing, block, full) or measured.can_leave
    _rounding(writing, block, measured.family)
    lit = draw.chance(0.25)
    if lit:
        lights(writing, block)
    vetoes(writing, block, full)
    _remarks(writing, block)
    negative = full is None or "unbounded" in score or "between -" in score
    writing.known.append(
        Known(code, full, None if can_miss or can_leave else _measure(measured), levels, not can_leave and not can_miss)
    )
    return Made(block, code, full, can_leave, negative, lit, reach=reach)


def _measure(measured):
    from attrs import evolve

    return evolve(measured, text="measure")


def applies(writing: Writing, block: Block, full: Fraction | None) -> bool:
    """Perhaps say when the indicator applies; return whether it can be excluded."""
    draw = writing.draw
    if not draw.chance(0.2):
        return False
    otherwise = draw.pick(("excluded", "excluded", "excluded", "zero", "0.5 points") + (("full",) if full else ()))
    draw.use(f"applies otherwise {'points' if 'point' in otherwise else otherwise}")
    block.lines.append(f"applies when {condition(writing)}{draw.pick((',', ''))} otherwise {otherwise}")
    return otherwise == "excluded"


def vetoes(writing: Writing, block: Block, full: Fraction | None, *, root: bool = False) -> None:
    """Perhaps add a veto."""
    draw = writing.draw
    if not draw.chance(0.15 if not root else 0.4):
        return
    effects = ["zero", "total 0", f"flag f{writing.flags + 1}"]
    if writing.grades:
        effects += [f"grade {writing.grades[-1]}", f"grade at most {draw.pick(writing.grades[1:])}"]
    effect = draw.pick(effects)
    if effect.startswith("flag"):
        writing.flags += draw.chance(0.8)
    draw.use(f"veto {effect.rsplit(' ', 1)[0]}")
    block.lines.append(f'veto when {condition(writing)} "原因{len(block.lines)}" -> {effect}')


def _rounding(writing: Writing, block: Block, family: str) -> None:
    draw = writing.draw
    if draw.chance(0.12) and family in ("money", "number", "area", "yuan"):
        draw.use("round measure")
        to = draw.pick(("1 decimal", "2 significant digits", "0.5"))
        block.lines.append(f"round measure to {to} {mode(draw)}")
    if draw.chance(0.1):
        draw.use("round own marks")
        block.lines.append(f"round to {draw.pick(('1 decimal', '0.5', '3 significant digits'))} {mode(draw)}")


def lights(writing: Writing, block: Block) -> None:
    """Give an indicator its own lights."""
    draw = writing.draw
    draw.use("lights")
    lines = [f"{draw.pick(('red', 'yellow', 'blue'))} when {condition(writing)}", "otherwise green"]
    block.lines.append("lights {\n  " + "\n  ".join(lines) + "\n}")


def _remarks(writing: Writing, block: Block) -> None:
    if writing.draw.chance(0.15):
        word = writing.draw.pick(("evidence", "note", "cite"))
        writing.draw.use(word)
        block.lines.append(f'{word} "见“附件”"')


def parent(writing: Writing, code: str, made: list[Made], how: str, *, amount: str = "") -> Made:
    """Put *made* together by *how*: a method, or `expression`."""
    draw = writing.draw
    draw.use(f"combine {how}")
    counted = [each for each in made if not each.bonus]
    full = _full(how, counted)
    if how == "expression" or (full is not None and draw.chance(0.5) and not amount):
        full = full or max((each.full for each in counted if each.full is not None), default=Fraction(5))
        amount = amount or literal(full, "points")
    block = Block(f'indicator {code} "部分 {code}"{f" {amount}" if amount else ""}', children=[m.block for m in made])
    can_leave = all(each.can_leave for each in counted)
    combined(writing, block, made, how)
    can_leave |= applies(writing, block, full)
    lit = any(each.lit for each in made)
    if lit and draw.chance(0.5):
        draw.use("status worst of children")
        block.lines.append("status worst of children")
    vetoes(writing, block, full)
    negative = any(each.negative for each in made)
    writing.known.append(Known(code, full, None, (), not can_leave and not negative))
    return Made(block, code, full, can_leave, negative, lit, reach=reach_of(how, counted))


def reach_of(how: str, made: list[Made]) -> Fraction:
    """Return marks that what is combined surely can reach."""
    all_ = [each.reach for each in made]
    match how:
        case "sum":
            return sum(all_, Fraction(0))
        case "best":
            return max(all_)
        case "expression":
            return min(sum(all_, Fraction(0)) / len(all_), max(all_[0], all_[-1] / 2)) if len(all_) > 1 else all_[0] / 2
        case _:
            return min(all_)


def combined(writing: Writing, block: Block, made: list[Made], how: str) -> None:
    """Say how children combine, and what becomes of the share of an excluded one."""
    draw = writing.draw
    counted = [each for each in made if not each.bonus]
    if how == "expression":
        codes = [each.code for each in counted]
        shown = draw.pick((f"({' + '.join(codes)}) / {len(codes)}", f"max({codes[0]}, {codes[-1]} * 50%)"))
        block.lines.append(f"combine = {shown}" if len(codes) > 1 else f"combine = {codes[0]} / 2")
        return
    if how not in ("sum", "weighted mean") or draw.chance(0.3):
        block.lines.append(f"combine {how}")
    block.ordered = how == "first available"
    if how in REDISTRIBUTING and len(counted) > 1 and any(each.can_leave for each in counted):
        share = draw.pick(("rescale", "rescale", "lost", f"to {counted[-1].code}"))
        draw.use(f"excluded share {share.split()[0]}")
        block.lines.append(f"excluded share {share}")


def _full(how: str, counted: list[Made]) -> Fraction | None:
    fulls = [each.full for each in counted if each.full is not None]
    if len(fulls) < len(counted) or not fulls or how == "expression":
        return None
    return sum(fulls, Fraction(0)) if how == "sum" else max(fulls)


def with_points(writing: Writing, code: str, depth: int) -> Made:
    """Write a subtree in points."""
    draw = writing.draw
    if depth == 0 or draw.chance(0.35):
        full = draw.pick(AMOUNTS)
        return leaf(writing, code, literal(full, "points"), full)
    if draw.chance(0.2):
        return with_weights(writing, code, draw.pick((Fraction(10), Fraction(20), Fraction(5))))
    how = draw.pick(
        (
            "sum",
            "sum",
            "sum",
            "best",
            "worst",
            "first available",
            "median",
            "geometric mean",
            "harmonic mean",
            "expression",
        )
    )
    count = draw.random.randint(2, 3)
    if how in ("geometric mean", "harmonic mean"):
        full = draw.pick(AMOUNTS)
        made = [_not_negative(writing, f"{code}{n}", literal(full, "points"), full) for n in range(1, count + 1)]
    else:
        made = [with_points(writing, f"{code}{n}", depth - 1) for n in range(1, count + 1)]
    return parent(writing, code, made, how)


def with_weights(writing: Writing, code: str, top: Fraction) -> Made:
    """Write a parent in points whose children have weights on a scale of its own."""
    draw = writing.draw
    made, how, line = weighted(writing, code, top)
    found = parent(writing, code, made, how, amount=literal(top, "points"))
    found.block.lines.append(f"scale 0 to {marks(top)}")
    if line:
        found.block.lines.append(line)
    draw.use("scale")
    return found


def weighted(writing: Writing, code: str, top: Fraction) -> tuple[list[Made], str, str]:
    """Write children with weights; return them, how they combine, and the line that makes weights relative."""
    draw = writing.draw
    relative = draw.chance(0.3)
    draw.use("weights relative" if relative else "weights of 100%")
    shares = (
        draw.pick((("10", "7.5", "2.5"), ("3", "4")))
        if relative
        else draw.pick((("30%", "70%"), ("25%", "25%", "50%"), ("12.5%", "87.5%")))
    )
    if len(shares) == 2 and not relative and draw.chance(0.3):
        draw.use("weights by parameter")
        number, by = len(writing.root.lines), writing.inputs.of("choice").name
        for place, (first, second) in enumerate((("1 / 3", "20%"), ("2 / 3", "80%"))):
            name = f"share{number}_{place}"
            writing.root.lines.append(
                f"param {name} by {by} : number {{\n  甲 -> {first}\n  otherwise -> {second[:-1]} / 100\n}}"
            )
            shares = (name,) if not place else (*shares[:1], name)
    how = draw.pick(("weighted mean", "weighted mean", "geometric mean", "harmonic mean"))
    make = leaf if how == "weighted mean" else _not_negative
    made = [make(writing, f"{code}w{n}", f"weight {share}", top) for n, share in enumerate(shares, start=1)]
    return made, how, "weights relative" if relative else ""


def _not_negative(writing: Writing, code: str, amount: str, full: Fraction) -> Made:
    for _ in range(20):
        known = len(writing.known)
        made = leaf(writing, code, amount, full)
        if not made.negative:
            return made
        del writing.known[known:]
    block = Block(
        f'indicator {code} "指标" {amount}', [f"score = full * min({writing.inputs.of('percent').name}, 100%)"]
    )
    return Made(block, code, full, can_leave=False, negative=False, reach=full)
