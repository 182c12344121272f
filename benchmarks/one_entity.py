"""One entity, 35 indicators: exact marks with every step against the float function somebody would write by hand.

`python benchmarks/one_entity.py` prints medians and ratios of one run. The plan: 35 leaves (curves, bands, tallies)
rounded to two decimals, in 16 groups, in 6 parts, a total, a rounded total, a grade. The float function computes the
total and the grade, and nothing else. Every figure is read from a dict of the same facts.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from random import Random

from timing import interleaved

from perfrules.evaluate import generated, reference
from perfrules.evaluate.assemble import assemble
from perfrules.evaluate.generated.nodes import compiled_for
from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, CombineOp, Expr, Origin, PartsRule
from perfrules.ir.inputs import Facts, InputDeclaration
from perfrules.ir.plan import Node, Plan, Role
from perfrules.lang.exact import from_decimal_text
from perfrules.lang.rounding import Decimals, Mode, Rounding
from perfrules.readers.mapping import read_mapping
from tests.strategies.building import constant, declare, node, plan_of

LEAVES, GROUPS, PARTS = 35, 16, 6
SLOW = 20
TWO_DECIMALS = Rounding(Mode.HALF_UP, Decimals(2))
AT = Origin("expression")


def leaf_score(number: int) -> tuple[Expr, list[InputDeclaration]]:
    """Return the score of one leaf and its inputs: in turn a curve of a ratio, bands, and a tally per started step."""
    done, goal = f"done{number}", f"goal{number}"
    match number % 3:
        case 0:
            rate = core.Arith(ArithOp.DIVIDE, (core.Input(done), core.Input(goal)))
            points = ((constant(0), constant(0)), (constant(1), constant(5)))
            return core.Lines(rate, points), [declare(done, decimals=2), declare(goal, decimals=0)]
        case 1:
            bands = tuple(
                core.Step(core.Between(constant(low), None, True, False), constant(marks), AT)
                for low, marks in (("90", 4), ("80", 3), ("70", 2), ("60", 1))
            )
            return core.Steps(core.Input(done), bands, constant(0)), [declare(done, decimals=1)]
        case _:
            over = core.Arith(
                ArithOp.MAXIMUM, (constant(0), core.Arith(ArithOp.SUBTRACT, (core.Input(done), core.Input(goal))))
            )
            parts = core.Parts(PartsRule.STARTED, over, constant(3))
            loss = core.Clamp(core.Arith(ArithOp.MULTIPLY, (parts, constant("0.5"))), None, constant(3))
            line = core.LedgerLine(-1, loss, AT)
            score = core.Ledger(constant(3), (line,), (), constant(0), constant(3))
            return score, [declare(done, decimals=2), declare(goal, decimals=2)]


def make_plan() -> Plan:
    """Return the plan."""
    nodes: list[Node] = []
    inputs: list[InputDeclaration] = []
    for number in range(LEAVES):
        score, declared = leaf_score(number)
        inputs += declared
        nodes.append(node(f"L{number}/score", score, Role.SCORE))
        nodes.append(
            node(f"L{number}/rounded", core.Round(core.NodeRef(f"L{number}/score"), TWO_DECIMALS), Role.ROUNDED)
        )
        nodes.append(node(f"L{number}", core.NodeRef(f"L{number}/rounded"), Role.FINAL))
    nodes += [node(f"G{g}", _sum([f"L{n}" for n in range(g, LEAVES, GROUPS)]), Role.FINAL) for g in range(GROUPS)]
    nodes += [node(f"P{p}", _sum([f"G{g}" for g in range(p, GROUPS, PARTS)]), Role.FINAL) for p in range(PARTS)]
    nodes.append(node("total", _sum([f"P{p}" for p in range(PARTS)]), Role.TOTAL))
    nodes.append(node("rounded total", core.Round(core.NodeRef("total"), TWO_DECIMALS), Role.TOTAL_ROUNDED))
    grades = tuple(
        core.Step(core.Between(constant(low), None, True, False), core.Const(grade), AT)
        for low, grade in (("120", "A"), ("100", "B"), ("80", "C"))
    )
    nodes.append(node("grade", core.Steps(core.NodeRef("rounded total"), grades, core.Const("D")), Role.GRADE))
    return plan_of(nodes, inputs, grades=("A", "B", "C", "D"))


def _sum(members: list[str]) -> Expr:
    return core.Combine(CombineOp.SUM, tuple(core.Member(m, core.NodeRef(m), None, None) for m in members), None)


def hand_written() -> Callable[[Mapping[str, float]], tuple[float, str]]:
    """Return the float function, written out leaf by leaf as by hand, without loops."""
    lines = ["def score(facts):"]
    for n in range(LEAVES):
        match n % 3:
            case 0:
                lines.append(f"    s{n} = 5.0 * min(max(facts['done{n}'] / facts['goal{n}'], 0.0), 1.0)")
            case 1:
                lines.append(f"    x{n} = facts['done{n}']")
                for word, low, marks in (("if", 90, 4.0), ("elif", 80, 3.0), ("elif", 70, 2.0), ("elif", 60, 1.0)):
                    lines += [f"    {word} x{n} >= {low}:", f"        s{n} = {marks}"]
                lines += ["    else:", f"        s{n} = 0.0"]
            case _:
                lines.append(f"    over{n} = max(0.0, facts['done{n}'] - facts['goal{n}'])")
                lines.append(f"    s{n} = max(0.0, 3.0 - min(math.ceil(over{n} / 3) * 0.5, 3.0))")
        lines.append(f"    s{n} = math.floor(s{n} * 100 + 0.5) / 100")
    for prefix, count, below, members in (("g", GROUPS, "s", LEAVES), ("p", PARTS, "g", GROUPS)):
        for position in range(count):
            addends = " + ".join(f"{below}{n}" for n in range(position, members, count))
            lines.append(f"    {prefix}{position} = {addends}")
    lines.append("    total = math.floor((" + " + ".join(f"p{p}" for p in range(PARTS)) + ") * 100 + 0.5) / 100")
    lines.append("    return total, 'A' if total >= 120 else 'B' if total >= 100 else 'C' if total >= 80 else 'D'")
    names: dict[str, object] = {"math": math}
    exec("\n".join(lines), names)
    return names["score"]  # type: ignore[return-value]


def make_texts(plan: Plan, random: Random) -> dict[str, str]:
    """Return the facts of one entity as they are written in a table."""
    texts = {}
    for declared in plan.inputs:
        low = 1 if declared.name.startswith("goal") else 0
        texts[declared.name] = str(Decimal(random.randint(low, 100)) + Decimal(random.randrange(100)) / 100)
        if declared.decimals is not None and declared.decimals < 2:
            texts[declared.name] = str(round(Decimal(texts[declared.name]) + low, declared.decimals))
    return texts


def main() -> None:
    """Print the table."""
    plan, random, entities = make_plan(), Random(0), 300
    texts = [make_texts(plan, random) for _ in range(entities)]
    decimals = [{name: Decimal(text) for name, text in row.items()} for row in texts]
    floats = [{name: float(text) for name, text in row.items()} for row in texts]
    facts = [Facts(entity="e", values={name: Fraction(text) for name, text in row.items()}) for row in texts]
    score = hand_written()
    start = time.perf_counter()
    compiled = compiled_for(plan, None)
    assert compiled is not None
    compiling = (time.perf_counter() - start) * 1e3
    for row, one in zip(floats, facts, strict=True):
        assert generated.evaluate_nodes(plan, one)["total"] == reference.evaluate_nodes(plan, one)["total"]
        assert abs(score(row)[0] - float(generated.evaluate_nodes(plan, one)["rounded total"])) < 1  # type: ignore[arg-type]
    rows = [
        ("hand-written float, total and grade only, from a dict of floats", lambda k: score(floats[k])),
        ("generated, every step, from a dict of exact numbers", lambda k: compiled.run(facts[k].values, {}, {})),
        ("  … as a trace", lambda k: generated.evaluate_nodes(plan, facts[k])),
        ("  … as a result whose total and grade are read", lambda k: _read(plan, facts[k])),
        ("  … from a dict of Decimals", lambda k: _read(plan, _from_decimals(decimals[k]))),
        ("  … through the reader of mappings, all checks included", lambda k: _checked(plan, decimals[k])),
        ("  … from a dict of texts", lambda k: _read(plan, _from_texts(texts[k]))),
        ("reference, every step", lambda k: reference.evaluate_nodes(plan, facts[k])),
    ]
    steps = len(generated.evaluate_nodes(plan, facts[0]).raw)
    print(f"{LEAVES} leaves, {len(plan.inputs)} inputs, {generated.evaluate_nodes(plan, facts[0]).layout.size} steps")
    print(f"(raw values kept: {steps}; generating the function once: {compiling:.1f} ms)")
    times = interleaved({name: _over(work, SLOW if "reference" in name else entities) for name, work in rows})
    base = times[rows[0][0]] / entities
    for name, taken in times.items():
        each = taken / (SLOW if "reference" in name else entities)
        print(f"{each * 1e6:10.1f} µs {each / base:8.2f}×  {name}")


def _over(work: Callable[[int], object], entities: int) -> Callable[[], object]:
    def all_of_them() -> None:
        for entity in range(entities):
            work(entity)

    return all_of_them


def _read(plan: Plan, facts: Facts) -> object:
    result = assemble(plan, facts, generated.evaluate_nodes(plan, facts))
    return result.total, result.grade


def _checked(plan: Plan, row: Mapping[str, Decimal]) -> object:
    facts = read_mapping(plan, row).facts
    assert facts is not None
    return _read(plan, facts)


def _from_decimals(row: Mapping[str, Decimal]) -> Facts:
    return Facts(entity="e", values={name: Fraction(*number.as_integer_ratio()) for name, number in row.items()})


def _from_texts(row: Mapping[str, str]) -> Facts:
    return Facts(entity="e", values={name: from_decimal_text(text) or Fraction(0) for name, text in row.items()})


if __name__ == "__main__":
    main()
