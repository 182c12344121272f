"""The inputs that random plans are made of, and random facts for them: values on and next to every boundary."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random
from typing import Final

from perfrules.ir.inputs import CohortFact, Facts, FactValue, InputDeclaration, JudgedMark, Override
from perfrules.lang.calendar import Calendar
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Choice, Date, Number, Percent, Table, Text, YesNo
from perfrules.lang.states import State
from tests.strategies.building import declare

OPTIONS: Final = ("甲", "乙", "丙")
WORDS: Final = ("a", "missing", "pending", "")
CALENDAR: Final = Calendar(
    date(2024, 1, 1),
    date(2024, 12, 31),
    holidays=frozenset((date(2024, 1, 1), date(2024, 5, 1), date(2024, 10, 7))),
    workdays=frozenset((date(2024, 2, 4), date(2024, 10, 12))),
)
BOUNDARIES: Final = tuple(
    Exact(text)
    for text in (
        *("0", "1", "2", "3", "5", "7", "10", "60", "80", "90", "100", "1/2", "5/2", "1/3", "2/3", "2/7", "3/7"),
        *("1/8", "0.005", "0.015", "0.025", "0.125", "0.9", "0.95", "89.995", "89.996", "12.345", "-1", "-1/2", "-2.5"),
    )
)
LEVELS: Final = ("达成", "部分达成", "未达成")
STATISTICS: Final = ("cohort.1", "cohort.2")
CONDITION_OF_ALL: Final = "cohort.3"

_FIELDS: Final = (
    declare("amount", decimals=2),
    declare("rate"),
    declare("extra", decimals=1, optional=True),
    declare("done", YesNo()),
    declare("checked", YesNo(), optional=True),
    declare("group", Choice(OPTIONS)),
    declare("word", Text(), optional=True),
    declare("day", Date()),
)
NUMBERS: Final = (
    declare("staff", decimals=0),
    declare("money", decimals=2),
    declare("portion", Percent(), decimals=1),
    declare("precise", decimals=12),
    declare("free"),
)
OPTIONAL_NUMBERS: Final = (
    declare("maybe", decimals=1, optional=True),
    declare("loose", optional=True),
)
CONDITIONS: Final = (declare("yes", YesNo()), declare("perhaps", YesNo(), optional=True))
CHOICES: Final = (declare("option", Choice(OPTIONS)), declare("option_if_any", Choice(OPTIONS), optional=True))
TEXTS: Final = (declare("word", Text()), declare("word_if_any", Text(), optional=True))
DATES: Final = (declare("start", Date()), declare("end", Date()), declare("seen", Date(), optional=True))
TABLES: Final = (
    declare("projects", Table(()), fields=_FIELDS),
    declare("visits", Table(()), fields=_FIELDS, optional=True),
)
ALL: Final = (*NUMBERS, *OPTIONAL_NUMBERS, *CONDITIONS, *CHOICES, *TEXTS, *DATES, *TABLES)
JUDGED_CODES: Final = ("J1", "J2")
OVERRIDABLE_CODES: Final = ("O1", "O2")
AS_OF: Final = (date(2018, 6, 1), date(2020, 1, 1), date(2021, 12, 31), date(2022, 1, 1), date(2024, 7, 1))


def facts(random: Random, *, entity: str = "e") -> Facts:
    """Make facts for all inputs: mostly plain, sometimes with pending values, overrides or unexpected decimals."""
    values = {declaration.name: value_of(random, declaration) for declaration in ALL}
    if random.random() < 0.06:
        values[random.choice(ALL).name] = State.PENDING
    overrides = {}
    if random.random() < 0.08:
        overrides = {code: Override(value=number(random, 2), by="b", why="w") for code in OVERRIDABLE_CODES}
    judged = {code: _mark(random) for code in JUDGED_CODES if random.random() < 0.8}
    return Facts(
        entity=entity,
        values=values,
        judged=judged,
        overrides=overrides,
        as_of=random.choice((None, *AS_OF[1:])),
        cohort=dict(_statistics(random)),
    )


def _statistics(random: Random) -> Iterator[tuple[str, CohortFact]]:
    for name in (*STATISTICS, CONDITION_OF_ALL):
        value: Exact | bool | State = random.random() < 0.5 if name == CONDITION_OF_ALL else number(random, 2) / 3
        yield name, CohortFact(value=random.choice(list(State)) if random.random() < 0.1 else value, count=3)


def value_of(random: Random, declared: InputDeclaration) -> FactValue:
    """Make one value as declared."""
    if declared.optional and random.random() < 0.3:
        return State.MISSING
    match declared.kind:
        case YesNo():
            return random.random() < 0.5
        case Choice(options):
            return random.choice(options)
        case Text():
            return random.choice(WORDS)
        case Date():
            return date(2024, 1, 1) + timedelta(days=random.randrange(366 if random.random() < 0.98 else 500))
        case Table():
            return tuple(record(random, declared.fields) for _ in range(random.choice((0, 1, 1, 2, 3, 5, 8))))
        case Percent():
            return number(random, 3)
        case Number():
            fine = random.random() < 0.003
            return number(random, None if fine else declared.decimals)
        case _:
            raise AssertionError(declared)


def record(random: Random, fields: tuple[InputDeclaration, ...]) -> Mapping[str, FactValue]:
    """Make one record of a table."""
    found: dict[str, FactValue] = {field.name: value_of(random, field) for field in fields}
    if random.random() < 0.003:
        found[random.choice(fields).name] = State.PENDING
    return found


def number(random: Random, decimals: int | None) -> Exact:
    """Make a number on a boundary, next to one, or anywhere; as fine as *decimals* allow."""
    near = random.choice(BOUNDARIES)
    if decimals is None:
        return near + random.choice((0, 0, Exact(1, 7), Exact(-1, 1000)))
    unit = Exact(1, 10**decimals)
    if random.random() < 0.2:
        return Exact(random.randrange(-2000, 20_000)) * unit
    return round(near / unit) * unit + random.choice((-1, 0, 0, 0, 1)) * unit


def _mark(random: Random) -> JudgedMark:
    level = random.choice((None, *LEVELS))
    return JudgedMark(level=level, mark=number(random, 1) if random.random() < 0.6 else None, by="b", reason="r")
