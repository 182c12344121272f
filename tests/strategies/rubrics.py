"""Random rulesets as text with data that fit them, for what is said about results."""

from collections.abc import Callable
from random import Random
from typing import Final

from attrs import frozen


@frozen
class Rubric:
    """A ruleset's text, and the data of one entity."""

    text: str
    data: dict[str, object]


HEAD: Final = """
ruleset random.rubric "Random" version "1" {
  entity office "Office"
  input done "Done" : 万元 decimals 2 in [0, 1000]
  input planned "Planned" : 万元 decimals 2 in [1, 1000]
  input late "Days late" : days in [0, 60]
  input errors "Errors" : count in [0, 20]
  input tidy "In order" : yes/no
  input fraud "Fraud" : yes/no
  input class "Class" : one of (甲, 乙, 丙)
  input pleased "Pleased" : % decimals 1 in [0%, 100%] optional
  table visits "Visits" { input grave "Grave" : yes/no
    input cost "Cost" : 万元 decimals 2 in [0, 100] }
"""


def make_rubric(random: Random) -> Rubric:
    """Make a ruleset of two levels in points or weights, and data."""
    weights = random.choice((None, None, ("40%", "60%"), ("100%",)))
    groups = [_group(random, 1 + place, weight) for place, weight in enumerate(weights or (None, None))]
    bonus = "" if weights or random.random() < 0.6 else f'  indicator Z "Extra" bonus 5 points {{ {_tally_up()} }}\n'
    full = 100 if weights else 20 * len(groups)
    settings = [
        "scale 0 to 100" if weights else "",
        f"total {full} points {random.choice(('capped', 'unbounded'))}" if bonus else "",
        f"excluded share {random.choice(('rescale', 'lost', 'to G1'))}",
        random.choice(("", "round leaves to 2 decimals half up", "round leaves to 1 decimal half even")),
        random.choice(("", "round levels to 1 decimal half up")),
    ]
    rounded = random.random() < 0.5
    settings.append("round total to 1 decimal half up" if rounded else "")
    grades = _grades(random, "rounded total" if rounded else "total", full)
    body = "".join(f"  {each}\n" for each in settings if each)
    return Rubric(HEAD + body + "".join(groups) + bonus + grades + "}\n", _data(random))


def _group(random: Random, number: int, weight: str | None) -> str:
    """Write a group of leaves that add up to 20 points, or of which the largest has 20, or of weights."""
    count = random.randrange(1, 4)
    shares = {1: (100,), 2: (50, 50), 3: (25, 35, 40)}[count]
    sizes = {1: (20,), 2: (8, 12), 3: (4, 6, 10)}
    combine = "" if weight else random.choice(("", "", "", "    combine best\n", "    combine median\n"))
    if combine:
        sizes = {1: (20,), 2: (20, 12), 3: (4, 20, 10)}
    leaves = "".join(
        _leaf(random, f"L{number}{place}", f"weight {share}%" if weight else f"{size} points")
        for place, (share, size) in enumerate(zip(shares, sizes[count], strict=True), start=1)
    )
    share = "" if combine else f"    excluded share {random.choice(('rescale', 'lost', f'to L{number}1'))}\n"
    amount = f"weight {weight}" if weight else "20 points"
    return f'  indicator G{number} "Group {number}" {amount} {{\n{combine}{share}{leaves}  }}\n'


def _leaf(random: Random, code: str, amount: str) -> str:
    clauses = [
        random.choice(("measure done / planned", "measure (planned - done) / planned", "measure done * 2 / planned")),
        random.choice(
            ("", "", "applies when tidy otherwise excluded", "applies when late < 30 days otherwise 1 points")
        ),
        random.choice(METHODS)(random),
        random.choice(("", "", "", 'veto when fraud "Fraud" -> zero')),
    ]
    if "pleased" in clauses[2]:
        clauses.append(random.choice(("missing -> zero", "missing -> full", "missing -> excluded")))
    return (
        f'    indicator {code} "Leaf {code}" {amount} {{\n'
        + "".join(f"      {each}\n" for each in clauses if each)
        + "    }\n"
    )


def _curve(random: Random) -> str:
    return random.choice(
        (
            "score curve of measure { 0% -> 0; 100% -> full }",
            "score curve of measure { 50% -> full; 120% -> 0 }",
            "score curve of measure { 20% -> 0; 60% -> 40% of full; 100% -> full; 150% -> 50% of full }",
        )
    )


def _bands(random: Random) -> str:
    return random.choice(
        (
            "score bands of measure { >= 90% -> full; >= 60% -> 50% of full; otherwise -> 0 }",
            "score bands of measure { <= 50% -> full; <= 100% -> 30% of full; otherwise -> 10% of full }",
            "score bands of class { = 甲 -> full; = 乙 -> 60% of full; otherwise -> 0 }",
            "score bands of pleased { > 80% -> full; (60%, 80%] -> 50% of full; otherwise -> 0 }",
        )
    )


def _cases(random: Random) -> str:
    return random.choice(
        (
            "score cases { when measure >= 90% and tidy -> full; when late < 10 days -> 50% of full; otherwise -> 0 }",
            "score cases { when measure > 100% -> 0; when class = 甲 -> full; otherwise -> 30% of full }",
        )
    )


def _formula(random: Random) -> str:
    return random.choice(
        ("score = measure * full between 0 and full", "score = full - errors * 10% of full between 0 and full")
    )


def _judged(random: Random) -> str:
    return 'score judged { "A" -> [80%, 100%] of full; "B" -> [0%, 80%) of full }'


def _tally(random: Random) -> str:
    lines = (
        "measure above 100%: less 1 point per started 1pp, at most 3 points",
        "measure away from 100%: less 0.5 points per exact 3pp",
        "measure below 90%: less 1 point per whole 5pp",
        "late above 5 days: less 1 point per whole 5 days",
        'errors: less 0.4 points each "Errors"',
        'v in visits where v.grave: less 1 point each "Grave visits"',
        "tidy: plus 2 points",
        "when measure > 70%: plus 1 point unless fraud",
        "fraud: zero",
        "done above planned: plus 1 points per whole 10% of planned, at most 2 points",
    )
    chosen = random.sample(lines, random.randrange(1, 5))
    start = random.choice(("full", "full", "0", "50% of full"))
    return f"score tally from {start} {{\n        " + "\n        ".join(chosen) + "\n      }"


def _tally_up() -> str:
    return "score tally from 0 { tidy: plus 2 points; late below 30 days: plus 1 point per whole 10 days }"


METHODS: Final[tuple[Callable[[Random], str], ...]] = (_curve, _bands, _cases, _formula, _judged, _tally, _tally)


def _grades(random: Random, stage: str, full: int) -> str:
    lines = f"优 >= {full * 9 // 10}; 良 >= {full * 7 // 10}; 中 > {full // 2}; 差 otherwise"
    veto = random.choice(("", '  veto when fraud "Fraud" -> grade at most 中\n'))
    return f"{veto}  grades of {stage} {{ {lines} }}\n"


def _data(random: Random) -> dict[str, object]:
    planned = random.choice((100, 90, 7, 333, random.randrange(1, 1000)))
    done = random.choice((planned, planned * 0.9, 0, random.randrange(0, 1000)))
    return {
        "office": "x",
        "done": str(round(done, 2)),
        "planned": str(planned),
        "late": random.choice((0, 5, 10, 11, 24, 60)),
        "errors": random.randrange(0, 6),
        "tidy": random.choice(("yes", "no")),
        "fraud": random.choice(("no", "no", "no", "yes")),
        "class": random.choice("甲乙丙"),
        "pleased": random.choice((None, "80%", "60%", "79.9%", "88.6%", "10%")),
        "visits": [
            {"grave": random.choice(("yes", "no")), "cost": random.randrange(0, 100)}
            for _ in range(random.randrange(3))
        ],
    }
