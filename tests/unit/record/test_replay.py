"""Records whose digests all fit, but which say something else than what comes out: replay names the first of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from perfrules import load
from perfrules.record import AnotherSalt, Difference, NotARecord, NotPerformed, make_record, open_record, replay
from tests.golden.record_kinds import JUDGED, PROJECT, SECRET
from tests.support.records import forged

RECORDS = Path(__file__).parents[2] / "golden" / "records"


def kept(name: str) -> bytes:
    return (RECORDS / f"{name}.zip").read_bytes()


def of(entity: str, change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    def only(leaf: dict[str, Any]) -> None:
        if leaf["entity"] == entity:
            change(leaf)

    return only


def node(leaf: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in leaf["nodes"] if each["id"] == name)
    return found


def first_of(content: bytes) -> Difference:
    open_record(content)  # nothing contradicts itself
    found = replay(content).difference
    assert found is not None
    return found


def test_a_better_mark_is_named_with_entity_node_and_both_values() -> None:
    def better(leaf: dict[str, Any]) -> None:
        node(leaf, "A/rounded")["value"] = "9.9"
        leaf["result"]["total"] = "28.9"

    found = first_of(forged(kept("judged"), leaf=of("财政局", better)))
    # 90.5 of 120 is 181/240, of 95% 905/1140 · 10, which is 7.938…
    assert found == Difference(entity="财政局", node="A/rounded", place="value", recorded="9.9", recomputed="7.94")


def test_a_changed_step_is_named_by_its_number() -> None:
    def other(leaf: dict[str, Any]) -> None:
        node(leaf, "A/measure")["steps"][0] = "100"

    found = first_of(forged(kept("judged"), leaf=of("财政局", other)))
    assert found == Difference(entity="财政局", node="A/measure", place="steps.1", recorded="100", recomputed="90.5")


def test_a_changed_result_is_named_by_its_path() -> None:
    def better(leaf: dict[str, Any]) -> None:
        leaf["result"]["grade"] = "优"

    found = first_of(forged(kept("judged"), leaf=of("教育局", better)))
    assert found == Difference(entity="教育局", place="result.grade", recorded="优", recomputed="差")


def test_the_first_entity_in_the_order_of_the_tree_comes_first() -> None:
    def better(leaf: dict[str, Any]) -> None:
        leaf["result"]["status"] = "changed"

    first = min(leaf["entity"] for leaf in open_record(kept("judged")).leaves)
    assert first_of(forged(kept("judged"), leaf=better)).entity == first


def test_data_changed_after_the_sealing_show_in_the_input() -> None:
    data = open_record(kept("judged")).members["inputs/given/data.csv"]
    found = first_of(forged(kept("judged"), texts={"inputs/given/data.csv": data.replace(b"90.5", b"95.5")}))
    assert found == Difference(entity="财政局", place="inputs.spent.given", recorded="90.5", recomputed="95.5")


def test_rules_changed_after_the_sealing_show_in_the_ruleset() -> None:
    rules = JUDGED.replace("95% -> full", "85% -> full").encode()
    found = first_of(forged(kept("judged"), texts={"ruleset/judged.perfrules": rules}))
    assert (found.place, found.entity) == ("ruleset.hash", None)
    assert found.recorded == open_record(kept("judged")).manifest["ruleset"]["hash"]


def test_a_statistic_is_named_where_it_was_made_up() -> None:
    def other(leaf: dict[str, Any]) -> None:
        leaf["statistics"]["cohort.1"]["value"] = "1"

    found = first_of(forged(kept("cohort"), leaf=of("乙镇", other)))
    assert found == Difference(entity="乙镇", place="statistics.cohort.1.value", recorded="1", recomputed="3")


def test_an_entity_left_out_is_named() -> None:
    data = open_record(kept("previous")).members["inputs/given/2022.csv"]
    found = first_of(forged(kept("previous"), texts={"inputs/given/2022.csv": data + b"Parks,50%\n"}))
    assert found.entity == "Parks"
    assert (found.recorded, found.recomputed) == (None, "Parks")


def test_other_earlier_results_change_what_was_read() -> None:
    name = "inputs/results/previous.json"
    earlier = open_record(kept("previous")).members[name].replace("差".encode(), "优".encode())
    found = first_of(forged(kept("previous"), texts={name: earlier}))
    assert found.entity == "Edu"
    assert (found.recorded, found.recomputed) == ("差", "优")


def test_an_overridden_mark_without_its_reason_is_noticed() -> None:
    def without_reason(leaf: dict[str, Any]) -> None:
        leaf["overrides"]["A"]["why"] = "因为"

    found = first_of(forged(kept("judged"), leaf=of("教育局", without_reason)))
    assert found == Difference(entity="教育局", place="overrides.A.why", recorded="因为", recomputed="账目更正")


def test_what_no_entity_says_is_compared_by_bytes() -> None:
    def other_title(nodes: dict[str, Any]) -> None:
        nodes["inputs"][1]["title"] = "Spending"

    found = first_of(forged(kept("judged"), nodes=other_title))
    assert found.place == "manifest.json"  # which has the digest of the nodes


def test_a_record_of_another_version_replays_and_says_so() -> None:
    def older(manifest: dict[str, Any]) -> None:
        manifest["engine"]["version"] = "0.0.9"

    replayed = replay(forged(kept("judged"), manifest=older))
    assert replayed.difference is None
    assert replayed.other_engine == {"name": "perfrules", "version": "0.0.9"}
    assert replay(kept("judged")).other_engine is None


def test_texts_that_are_no_ruleset_are_told() -> None:
    content = forged(
        kept("judged"), texts={"ruleset/judged.perfrules": JUDGED.replace("total 30", "total 31").encode()}
    )
    with pytest.raises(NotPerformed) as wrong:
        replay(content)
    assert [each.code.value for each in wrong.value.problems if each.severity.value == "error"]


def test_another_secret_is_told() -> None:
    with pytest.raises(AnotherSalt):
        replay(kept("secret"), salt=b"another secret of some length")
    with pytest.raises(AnotherSalt):
        replay(kept("judged"), salt=SECRET)


def test_a_salt_that_does_not_come_from_the_secret_is_found_with_the_secret_only() -> None:
    def other_salt(leaf: dict[str, Any]) -> None:
        leaf["salt"] = "00" * 32

    content = forged(kept("secret"), leaf=of("财政局", other_salt))
    assert replay(content).difference is None
    found = replay(content, salt=SECRET).difference
    assert found is not None
    assert (found.entity, found.place) == ("财政局", "salt")


def test_files_that_cannot_lie_in_one_folder_are_told() -> None:
    def elsewhere(manifest: dict[str, Any]) -> None:
        manifest["run"]["data"]["name"] = "../data.csv"

    with pytest.raises(NotARecord):
        replay(forged(kept("judged"), manifest=elsewhere))


def test_results_in_a_record_are_those_of_the_command(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from perfrules.cli.main import cli

    (tmp_path / "rules.perfrules").write_text(JUDGED, "utf-8")
    members = open_record(kept("judged")).members
    (tmp_path / "data.csv").write_bytes(members["inputs/given/data.csv"])
    words = ("score", str(tmp_path / "rules.perfrules"), str(tmp_path / "data.csv"), "--format", "json")
    assert json.loads(CliRunner().invoke(cli, words).stdout) == json.loads(members["results.json"])


def test_results_under_two_long_names_are_both_kept(tmp_path: Path) -> None:
    names = {"a": "上年度部门整体支出绩效评价结果表甲", "b": "上年度部门整体支出绩效评价结果表乙"}
    files = {}
    for name, alias in names.items():
        rules = tmp_path / f"demo.{name}.perfrules"
        rules.write_text(PROJECT.replace("demo.project", f"demo.{name}"), "utf-8")
        done = {"a": "50%", "b": "100%"}[name]
        (tmp_path / "p.csv").write_text(f"project,of_department,done\nP,Edu,{done}\n", "utf-8")
        made = make_record(load(rules), tmp_path / "p.csv")
        files[alias] = tmp_path / f"{name}.json"
        files[alias].write_bytes(made.members["results.json"])
    (tmp_path / "d.csv").write_text("department\nEdu\n", "utf-8")
    indicators = "\n".join(
        f"""results {alias} from demo.{name} version "2021" by department
        indicator {name.upper()} 10 points {{
          measure mean(p.total for p in {alias} empty -> missing)
          score = measure / 10
          missing -> zero
        }}"""
        for name, alias in names.items()
    )
    both = tmp_path / "both.perfrules"
    both.write_text(f'ruleset demo.both "Both" version "1" {{\nentity department "D"\n{indicators}\n}}\n', "utf-8")
    record = make_record(load(both), tmp_path / "d.csv", results=files)
    assert record.results["Edu"].total == 3 + 6
    kept_results = sorted(name for name in record.members if name.startswith("inputs/results/"))
    assert kept_results == ["inputs/results/of-file-1.json", "inputs/results/of-file-2.json"]
    assert replay(record.content).difference is None
