"""Every published scoring rule of the collection, against marks derived by hand (dsl_grammar/conformance).

The cases are data: source, inputs as a person writes them, expected marks with their derivation. Both evaluators must
agree with them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from perfrules import api
from perfrules.evaluate import generated, reference
from perfrules.evaluate.assemble import assemble
from perfrules.evaluate.result import Result, Status
from perfrules.evaluate.trace import Trace
from perfrules.ir.inputs import Facts
from perfrules.ir.plan import Plan
from perfrules.lang.exact import parse_exact
from perfrules.readers.mapping import read_mappings

FOLDER = Path(__file__).parents[2] / "dsl_grammar" / "conformance" / "rubric-rules"


def readings() -> Iterator[Any]:
    for file in sorted(FOLDER.glob("*.toml")):
        rule = tomllib.loads(file.read_text(encoding="utf-8"))
        for reading in rule["reading"]:
            yield pytest.param(reading, id=f"{rule['id']:03d}-{reading['name']}")


@pytest.mark.parametrize("reading", list(readings()))
def test_rule_gives_the_marks_derived_by_hand(reading: dict[str, Any]) -> None:
    files = {name: text.encode("utf-8") for name, text in reading.get("files", {}).items()}
    ruleset = api.loads(reading["source"], read_resource=files.get)
    for case in reading["case"]:
        entities = entities_of(case)
        for results in runs(ruleset, entities):
            for entity, result in zip(entities, results, strict=True):
                found = {name: observed(result, name, value) for name, value in entity["expect"].items()}
                expected = {name: as_expected(value) for name, value in entity["expect"].items()}
                assert found == expected, (case["derivation"], result.entity, result.problems)


def entities_of(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The entities that a case scores together; a case without a list is one entity."""
    entities: list[dict[str, Any]] = case.get("entities", [case])
    return entities


def runs(ruleset: api.Ruleset, entities: list[dict[str, Any]]) -> Iterator[Sequence[Result]]:
    """Score the entities together: as the front door does, then by each evaluator, which must be asked for by name."""
    column = ruleset.plan.entity_name
    rows = [{column: entity.get("name", "1"), **as_supplied(entity["inputs"])} for entity in entities]
    scored = list(ruleset.score_rows(read_mappings(with_results_as_data(ruleset.plan), rows).rows))
    yield scored
    for evaluator in (reference, generated):
        yield [again(result, evaluator.evaluate_nodes) for result in scored]


def with_results_as_data(plan: Plan) -> Plan:
    """In the cases what is read of other results is given beside the data: `previous.grade`."""
    return evolve(plan, inputs=tuple(evolve(each, external=None) for each in plan.inputs))


def again(result: Result, evaluate_nodes: Callable[[Plan, Facts], Trace]) -> Result:
    """Evaluate what was scored once more; what was refused stays refused."""
    if result.facts is None or result.trace is None:
        return result
    return assemble(result.plan, result.facts, evaluate_nodes(result.plan, result.facts))


def as_supplied(inputs: dict[str, Any]) -> dict[str, Any]:
    """In the cases `missing` says that nothing was supplied, also where the input is a text."""
    return {name: None if value == "missing" else value for name, value in inputs.items()}


def as_expected(text: str) -> object:
    number = parse_exact(text)
    if number is None and "/" in text:
        top, bottom = (parse_exact(part) for part in text.split("/"))
        number = top / bottom if top is not None and bottom else None
    if number is None and text.endswith("%"):
        percent = parse_exact(text[:-1])
        number = None if percent is None else percent / 100
    return text if number is None else number


def observed(result: Result, name: str, expected: str) -> object:
    """What the result says under the name an expectation uses, in the form expectations have."""
    if name == "status":
        return result.status.value
    assert result.status is not Status.REFUSED, [problem.code for problem in result.problems]
    kind, _, rest = name.partition(".")
    match kind, rest:
        case ("total", ""):
            return result.total
        case ("grade", ""):
            return result.grade
        case ("decision", _):
            return yes_no(result.decisions[rest])
        case ("flag", _):
            return yes_no(result.flags[rest])
        case ("alert", _):
            return result.alerts[rest]
        case ("output", _):
            return result.outputs[rest]
        case ("total", "lo" | "hi"):
            return end(result, "rounded total" if "rounded total" in result.enclosures else "total", rest)
    code, _, attribute = name.rpartition(".")
    match attribute:
        case "measure":
            return result[code].measure
        case "state":
            return result[code].status.value
        case "light":
            return result[code].light
        case "lo" | "hi":
            return end(result, result[code].code, attribute)
    return result[name].score


def end(result: Result, node: str, which: str) -> object:
    if node not in result.enclosures:  # nothing is open: both ends are the value
        assert result.trace is not None
        return result.trace[node]
    numbers = result.enclosures[node].numbers
    assert numbers is not None
    return numbers.lo if which == "lo" else numbers.hi


def yes_no(value: bool | None) -> str | None:
    return None if value is None else "yes" if value else "no"


def test_every_file_is_named_by_its_rule() -> None:
    names = {int(file.stem): tomllib.loads(file.read_text(encoding="utf-8"))["id"] for file in FOLDER.glob("*.toml")}
    assert len(names) == 138
    assert all(stem == number for stem, number in names.items())


def test_the_readme_counts_what_is_there() -> None:
    rules = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml"))]
    readings = [reading for rule in rules for reading in rule["reading"]]
    cases = [case for reading in readings for case in reading["case"]]
    counted = {
        "rules written": f"{len(rules)} of 138",
        "readings": str(len(readings)),
        "cases": str(len(cases)),
        "of these with several entities": str(sum("entities" in case for case in cases)),
        "rules for which at least one reading has to state something that the words leave open": str(
            sum(any(reading["states"] for reading in rule["reading"]) for rule in rules)
        ),
        "rules whose wording allows more than one reading that is worth having, each a reading of its own": str(
            sum(len(rule["reading"]) > 1 for rule in rules)
        ),
    }
    page = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    assert all(f"| {name} | {count} |" in page for name, count in counted.items())


def test_every_case_has_its_derivation() -> None:
    rules = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.toml"))]
    cases = [case for rule in rules for reading in rule["reading"] for case in reading["case"]]
    assert all(case["derivation"].strip() for case in cases)
