"""Numeric expressions and conditions of random rulesets: of every operator, function and aggregate."""

from __future__ import annotations

from fractions import Fraction

from attrs import define, field

from tests.strategies.ruleset_across import across, across_with_absent
from tests.strategies.ruleset_draw import Block, Draw, Subject, literal
from tests.strategies.ruleset_inputs import OPTIONS, Inputs

NUMERIC = ("percent", "money", "yuan", "number", "count", "persons", "area", "days", "workdays", "households", "points")
MODES = ("half up", "half even", "half down", "ceiling", "floor", "truncate")


@define
class Known:
    """An indicator that later rules may refer to. *stays*: it always has marks."""

    code: str
    full: Fraction | None
    measure: Subject | None
    levels: tuple[str, ...] = ()
    stays: bool = True


@define
class Writing:
    """A ruleset while it is being written."""

    draw: Draw
    inputs: Inputs
    root: Block
    known: list[Known] = field(factory=list)
    named: list[Subject] = field(factory=list)
    flags: int = 0
    grades: tuple[str, ...] = ()
    has_calendar: bool = False
    compares: bool = False


def mode(draw: Draw) -> str:
    """Return a rounding mode."""
    found = draw.pick(MODES)
    draw.use(f"mode {found}")
    return found


def subject(writing: Writing, *, can_miss: bool = False, can_leave: bool = False) -> Subject:
    """Return a numeric expression; *can_miss* if it is to be missing at times, *can_leave* if it may be excluded."""
    draw = writing.draw
    if can_miss:
        if draw.chance(0.15):
            draw.use("optional table")
            table = writing.inputs.of("table", optional=True).name
            return Subject(f"sum(r.amount for r in {table})", "money", Fraction(0), Fraction(100), can_miss=True)
        column = writing.inputs.of(draw.pick(("percent", "money", "number", "count")), optional=True)
        return column.subject()
    if writing.compares and draw.chance(0.4):
        return across_with_absent(writing) if draw.chance(0.2) else across(writing, can_leave=can_leave)
    return draw.one(
        [
            (4, lambda: writing.inputs.of(draw.pick(NUMERIC)).subject()),
            (4, lambda: ratio(writing)),
            (2, lambda: _of_two(writing)),
            (1.5, lambda: _aggregate(writing, can_leave)),
            (0.7, lambda: _irrational(writing)),
            (0.7, lambda: _rounded(writing)),
            (0.7, lambda: _days(writing)),
            (1.4, lambda: _named(writing)),
            (1.1, lambda: _of_indicator(writing)),
            (0.4, lambda: _conditional(writing)),
            (0.3, lambda: _answered(writing)),
            (0.3, lambda: _scheduled(writing)),
        ]
    )


def ratio(writing: Writing) -> Subject:
    """Return a quotient whose divisor cannot be zero, or is guarded."""
    draw = writing.draw
    family = draw.pick(("money", "persons", "count", "area", "households"))
    top = writing.inputs.of(family)
    if draw.chance(0.25):
        bottom = writing.inputs.of(family)
        if bottom.low == 0 and bottom.name != top.name:
            draw.use("guarded divisor")
            text = f"(if {bottom.name} > 0 then {top.name} / {bottom.name} else 0%)"
            return Subject(text, "ratio", Fraction(0), Fraction(2), edges=())
    bottom = writing.inputs.of(family, positive=True)
    if draw.chance(0.15) and top.name != bottom.name:
        draw.use("relative gap")
        return Subject(f"({top.name} - {bottom.name}) / {bottom.name}", "ratio", Fraction(-1, 2), Fraction(1))
    draw.use("operator /")
    top.edges.append(Fraction(bottom.high))
    return Subject(f"{top.name} / {bottom.name}", "ratio", Fraction(0), Fraction(6, 5))


def _of_two(writing: Writing) -> Subject:
    draw = writing.draw
    family = draw.pick(("money", "number", "count", "percent", "persons"))
    left, right = writing.inputs.of(family), writing.inputs.of(family)
    low, high = max(left.low, right.low), min(left.high, right.high)
    how = draw.pick(("max", "min", "mean", "sum", "+", "-", "abs", "*", "mixed", "^", "per"))
    draw.use(f"function {how}" if how.isalpha() else f"operator {how}")
    match how:
        case "max" | "min" | "mean":
            return Subject(f"{how}({left.name}, {right.name})", family, low, high, left.whole and how != "mean")
        case "sum" | "+" if left is not right:
            text = f"sum({left.name}, {right.name})" if how == "sum" else f"{left.name} + {right.name}"
            return Subject(text, family, left.low + right.low, left.high + right.high, left.whole)
        case "-" if left is not right:
            of = "pp" if family == "percent" else family
            return Subject(f"{left.name} - {right.name}", of, left.low - right.high, left.high - right.low, left.whole)
        case "abs" if left is not right:
            of = "pp" if family == "percent" else family
            return Subject(f"abs({left.name} - {right.name})", of, Fraction(0), (high - low) / 2, left.whole)
        case "*":
            rate = writing.inputs.of("percent")
            money = writing.inputs.of("money")
            return Subject(f"{rate.name} of {money.name}", "money", Fraction(0), money.high * rate.high)
        case "mixed":
            yuan, money = writing.inputs.of("yuan"), writing.inputs.of("money")
            return Subject(f"{money.name} + {yuan.name}", "money", Fraction(0), money.high)
        case "^":
            number = writing.inputs.of("number")
            return Subject(f"{number.name} ^ 2", "number", Fraction(0), number.high**2)
        case "per":
            money, persons = writing.inputs.of("money"), writing.inputs.of("persons", positive=True)
            return Subject(f"{money.name} / {persons.name}", "money per person", Fraction(0), Fraction(4))
    return left.subject()


def _aggregate(writing: Writing, can_leave: bool) -> Subject:
    draw = writing.draw
    table = writing.inputs.of("table").name
    where = draw.pick(("", "", " where r.done", " where r.sort = 甲", " where r.rating >= 50% and not r.done"))
    how = draw.pick(
        (
            "sum",
            "mean",
            "min",
            "max",
            "median",
            "trimmed mean",
            "share",
            "count",
            "count distinct",
            "deviation",
            "deviation",
            "skipping",
        )
    )
    draw.use(f"aggregate {how}")
    if where:
        draw.use("aggregate where")
    field, family, high = draw.pick((("amount", "money", Fraction(100)), ("rating", "percent", Fraction(1))))
    empty = draw.pick((f"{literal(Fraction(0), family)}", f"{literal(high / 2, family)}"))
    if how in ("mean", "min", "max", "median") and can_leave and draw.chance(0.4):
        empty = "excluded"
    draw.use("aggregate empty excluded" if empty == "excluded" else "aggregate empty")
    match how:
        case "sum":
            return Subject(f"sum(r.amount for r in {table}{where})", "money", Fraction(0), Fraction(100))
        case "share":
            return Subject(f"share(r.done for r in {table} empty -> 0%)", "ratio", Fraction(0), Fraction(1))
        case "count":
            return Subject(f"count(r in {table}{where})", "count", Fraction(0), Fraction(8), True)
        case "count distinct":
            return Subject(f"count distinct(r.matter for r in {table}{where})", "count", Fraction(0), Fraction(5), True)
        case "deviation":
            which = draw.pick(("population", "sample"))
            draw.use(f"aggregate {which} deviation")
            text = f"{which} standard deviation(r.amount for r in {table}{where} empty -> 0 万元)"
            return Subject(text, "money", Fraction(0), Fraction(20))
        case "trimmed mean":
            drop = draw.pick(("drop 1 high 1 low when at least 3", "drop 1 high 0 low when at least 2"))
            text = f"trimmed mean(r.{field} for r in {table}{where} {drop} empty -> {empty})"
            return Subject(text, family, Fraction(0), high)
        case "skipping":
            text = f"sum(r.extra for r in {table}{where} skipping missing)"
            return Subject(text, "number", Fraction(0), Fraction(9))
        case _:
            text = f"{how}(r.{field} for r in {table}{where} empty -> {empty})"
            return Subject(text, family, Fraction(0), high, can_leave=empty == "excluded")


def _irrational(writing: Writing) -> Subject:
    draw = writing.draw
    count = writing.inputs.of("count")
    how = draw.pick(("ln", "sqrt", "exp", "root", "power"))
    draw.use(f"irrational {how}")
    match how:
        case "ln":
            return Subject(f"ln({count.name} + 1)", "ratio", Fraction(0), Fraction(2))
        case "sqrt":
            return Subject(f"sqrt({count.name})", "ratio", Fraction(0), Fraction(2))
        case "exp":
            rate = writing.inputs.of("percent")
            return Subject(f"exp(-{rate.name})", "ratio", Fraction(2, 5), Fraction(1))
        case "root":
            return Subject(f"root({count.name}, 3)", "ratio", Fraction(0), Fraction(2))
        case _:
            rate = writing.inputs.of("percent")
            return Subject(f"{rate.name} ^ 0.5", "ratio", Fraction(0), Fraction(1))


def _rounded(writing: Writing) -> Subject:
    draw = writing.draw
    inner = writing.inputs.of(draw.pick(("money", "number"))).subject() if draw.chance(0.5) else ratio(writing)
    how = draw.pick(("decimals", "significant", "step"))
    draw.use(f"round to {how}")
    if inner.family == "ratio":
        step = draw.pick(("1%", "0.5%", "0.01", "0.1%"))
        return Subject(f"round({inner.text} to {step} {mode(draw)})", "ratio", inner.low, inner.high)
    to = {"decimals": f"{draw.pick((0, 1, 2))} decimals", "significant": "2 significant digits", "step": "0.5"}[how]
    return Subject(f"round({inner.text} to {to} {mode(draw)})", inner.family, inner.low, inner.high)


def _days(writing: Writing) -> Subject:
    draw = writing.draw
    start, end = writing.inputs.of("date"), writing.inputs.of("date")
    if draw.chance(0.4):
        draw.use("workdays")
        writing.has_calendar = True
        return Subject(f"workdays({start.name}, {end.name})", "workdays", Fraction(0), Fraction(60), True)
    draw.use("days")
    since = f"{start.name}" if start is not end else "2024-03-01"
    return Subject(f"days({since}, {end.name})", "days", Fraction(0), Fraction(90), True)


def _named(writing: Writing) -> Subject:
    """Return a let or a parameter: a new one, or one that is there."""
    draw = writing.draw
    if writing.named and draw.chance(0.4):
        return draw.pick(writing.named)
    name = f"n{len(writing.named) + 1}"
    if draw.chance(0.35):
        draw.use("let")
        inner = ratio(writing)
        writing.root.lines.append(f"let {name} = {inner.text}")
        found = Subject(name, inner.family, inner.low, inner.high, inner.whole, inner.can_miss, inner.edges)
        writing.named.append(found)
        return found
    parameter(writing, name)
    column = writing.inputs.of("percent")
    found = Subject(f"{column.name} - {name}", "pp", Fraction(-1, 5), Fraction(1, 5))
    writing.named.append(found)
    return found


def parameter(writing: Writing, name: str) -> None:
    """Declare a percent parameter between 60% and 80%: constant, dated, by group, by group and date, from a file."""
    draw = writing.draw
    how = draw.pick(("constant", "dated", "grouped", "two groups", "dated groups", "file"))
    draw.use(f"param {how}")
    by = writing.inputs.of("choice").name if "group" in how or how == "file" else ""
    values = {
        "constant": ' = 75% "Notice 1"',
        "dated": ' {\n  from 2020-01-01 -> 60% "Notice 1"\n  from 2024-07-01 -> 70%\n}',
        "grouped": " {\n  甲 -> 60%\n  乙 -> 200% / 3\n  otherwise -> 80%\n}",
        "two groups": ' {\n  (甲, "yes") -> 60%\n  (乙, "no") -> 65%\n  otherwise -> 80%\n}',
        "dated groups": " {\n  from 2020-01-01 {\n    甲 -> 60%\n    otherwise -> 70%\n  }\n"
        "  from 2024-07-01 -> 80%\n}",
        "file": ' from "limits.csv"',
    }[how]
    if how == "two groups":
        by = f"({by}, {writing.inputs.of('yes/no').name})"
    writing.root.lines.append(f'param {name} "限额"{f" by {by}" if by else ""} : %{values}')


def _of_indicator(writing: Writing) -> Subject:
    draw = writing.draw
    found = [each for each in writing.known if each.stays and each.full]
    if not found:
        return ratio(writing)
    one = draw.pick(found)
    what = draw.pick(("rate", "marks", "measure", "full"))
    if what == "full":
        draw.use("indicator full")
        return Subject(f"({one.code} - {one.code}.full / 2)", "points", Fraction(0), (one.full or Fraction(1)) / 2)
    if what == "measure" and one.measure is not None:
        draw.use("indicator measure")
        inner = one.measure
        return Subject(f"{one.code}.measure", inner.family, inner.low, inner.high, inner.whole)
    if what == "marks":
        draw.use("indicator marks")
        return Subject(one.code, "points", Fraction(0), one.full or Fraction(1))
    draw.use("indicator rate")
    return Subject(f"{one.code}.rate", "ratio", Fraction(0), Fraction(1))


def _conditional(writing: Writing) -> Subject:
    writing.draw.use("if then else")
    column = writing.inputs.of("money")
    return Subject(
        f"(if {condition(writing)} then {column.name} else {column.name} / 3)", "money", Fraction(0), column.high / 3
    )


def _answered(writing: Writing) -> Subject:
    writing.draw.use("is missing")
    column = writing.inputs.of("number", optional=True)
    text = f"(if {column.name} is missing then {literal(column.low, 'number')} else {column.name})"
    return Subject(text, "number", column.low, column.high, column.whole, edges=(column.edges,))


def _scheduled(writing: Writing) -> Subject:
    writing.draw.use("schedule")
    month = writing.inputs.of("count")
    spent = writing.inputs.of("percent")
    name = f"plan{len(writing.root.lines)}"
    steps = "4 -> 25%\n  6 -> 40%\n  8 -> 60%\n  otherwise -> 10%"
    linear = writing.draw.pick(("", " linear"))
    if linear:
        writing.draw.use("schedule linear")
    writing.root.lines.append(f'schedule {name} "进度" : % of month{linear} {{\n  {steps}\n}}')
    month.edges += [Fraction(4), Fraction(6), Fraction(8)]
    return Subject(f"{spent.name} - {name}({month.name})", "pp", Fraction(-1, 10), Fraction(1, 5))


def condition(writing: Writing) -> str:
    """Return a condition that can hold and can fail; it never is missing."""
    draw = writing.draw
    return draw.one(
        [
            (3, lambda: writing.inputs.of("yes/no").name),
            (3, lambda: _comparison(writing)),
            (1, lambda: _negated(writing)),
            (1, lambda: _joined(writing)),
            (1, lambda: _option(writing)),
            (0.5, lambda: _about_records(writing)),
            (0.5, lambda: _is_missing(writing)),
            (0.5, lambda: _dated(writing)),
            (0.3, lambda: _worded(writing)),
            (0.3, lambda: _inside(writing)),
            (0.8, lambda: _about_indicator(writing)),
            (0.7, lambda: _about_judgement(writing)),
        ]
    )


def data_check(writing: Writing) -> str:
    """Return a check of the data, of inputs or of the records of a table."""
    draw = writing.draw
    if draw.chance(0.3):
        table = writing.inputs.of("table").name
        draw.use("check of records")
        return f"r in {table}{draw.pick(('', ' where r.done'))}: r.amount > {draw.pick(('0', '1'))} 万元"
    makers = (_negated, _joined, _option, _about_records, _dated, _worded, _inside)
    draw.use("check")
    return draw.pick(makers)(writing)


def _comparison(writing: Writing) -> str:
    draw = writing.draw
    left = subject(writing)
    cuts = left.inner(draw, 1)
    if not cuts:
        return writing.inputs.of("yes/no").name
    op = draw.pick((">=", ">", "<=", "<", ">=", "<"))
    draw.use(f"compare {op}")
    return f"{left.text} {op} {left.literal(cuts[0])}"


def _negated(writing: Writing) -> str:
    writing.draw.use("not")
    return f"not {writing.inputs.of('yes/no').name}"


def _joined(writing: Writing) -> str:
    word = writing.draw.pick(("and", "or"))
    writing.draw.use(word)
    count = writing.inputs.of("count").subject()
    [cut, *_] = count.inner(writing.draw, 1) or [Fraction(1)]
    return f"{writing.inputs.of('yes/no').name} {word} {count.text} > {count.literal(cut)}"


def _option(writing: Writing) -> str:
    draw = writing.draw
    name = writing.inputs.of("choice").name
    how = draw.pick(("=", "!=", "one of"))
    draw.use(f"choice {how}")
    return f"{name} in one of ({OPTIONS[0]}, {OPTIONS[2]})" if how == "one of" else f"{name} {how} {draw.pick(OPTIONS)}"


def _about_records(writing: Writing) -> str:
    draw = writing.draw
    table = writing.inputs.of("table").name
    how = draw.pick(("any", "all", "count"))
    draw.use(f"aggregate {how} as condition")
    return {
        "any": f"any(r.rating < 60% for r in {table})",
        "all": f"all(r.done for r in {table} where r.amount > 1 万元)",
        "count": f"count(r in {table} where not r.done) > 1",
    }[how]


def _is_missing(writing: Writing) -> str:
    writing.draw.use("is missing")
    return f"{writing.inputs.of('money', optional=True).name} is missing"


def _dated(writing: Writing) -> str:
    writing.draw.use("date compared")
    return f"{writing.inputs.of('date').name} {writing.draw.pick(('<', '>='))} 2024-06-30"


def _worded(writing: Writing) -> str:
    writing.draw.use("text compared")
    return f'{writing.inputs.of("text").name} = "a"'


def _inside(writing: Writing) -> str:
    draw = writing.draw
    column = writing.inputs.of("number").subject()
    cuts = column.inner(draw, 2)
    if len(cuts) < 2:
        return _negated(writing)
    draw.use("in range")
    open_, close = draw.pick(("[", "(")), draw.pick(("]", ")"))
    return f"{column.text} in {open_}{column.literal(cuts[0])}, {column.literal(cuts[1])}{close}"


def _about_indicator(writing: Writing) -> str:
    draw = writing.draw
    leaves = [each for each in writing.known if not each.stays]
    judged = [each for each in writing.known if each.levels]
    if judged and draw.chance(0.7):
        code = draw.pick(judged).code
        draw.use("is pending")
        return f"{code} is pending"
    if leaves:
        draw.use("is excluded")
        return f"{draw.pick(leaves).code} is excluded"
    return _negated(writing)


def _about_judgement(writing: Writing) -> str:
    draw = writing.draw
    judged = [each for each in writing.known if each.levels and each.stays]
    if not judged:
        return _dated(writing)
    one = draw.pick(judged)
    what = draw.pick(("level", "mark"))
    draw.use(f"judged {what}")
    if what == "mark":
        return f"{one.code}.mark >= {literal((one.full or Fraction(1)) / 2, 'points')}"
    return f'{one.code}.level = "{one.levels[1]}"'
