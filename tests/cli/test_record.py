"""Sealed records on the command line: made, checked, computed again, shown, signed, sampled."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import cli
from perfrules.record import open_record
from tests.golden.record_kinds import JUDGED, JUDGED_DATA, RECORDS
from tests.support.records import forged

TOP = Path(__file__).parents[2]
RULESETS = TOP / "rulesets"


def perfrules(*words: object, status: int = 0) -> Result:
    result = CliRunner().invoke(cli, [str(word) for word in words], env={"PERFRULES_LANG": "en"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules.perfrules").write_text(JUDGED, "utf-8")
    (tmp_path / "data.csv").write_text(JUDGED_DATA, "utf-8")
    (tmp_path / "good.csv").write_text("".join(JUDGED_DATA.splitlines(keepends=True)[:4]), "utf-8")
    return tmp_path


def seal(*more: object, data: str = "good.csv", to: str = "r.zip", status: int = 0) -> Result:
    return perfrules("score", "rules.perfrules", data, "--record", to, *more, status=status)


def test_a_run_is_sealed_checked_and_computed_again(here: Path) -> None:
    plain = perfrules("score", "rules.perfrules", "good.csv")
    sealed = seal()
    assert sealed.stdout == plain.stdout
    assert sealed.stderr.startswith("sealed 3 entities in r.zip; seal ")
    checked = perfrules("verify", "r.zip").stdout
    assert checked.startswith("r.zip: whole: 15 files, 3 entities, ")
    assert sealed.stderr.rpartition("seal ")[2].strip() in checked
    assert "nothing was computed" in checked
    again = perfrules("replay", "r.zip").stdout
    assert again.startswith("r.zip: computed again: 3 entities, 66 values, ")
    assert "all the same" in again


def test_results_go_where_they_go_without_a_record(here: Path) -> None:
    for form in ("json", "csv"):
        perfrules("score", "rules.perfrules", "good.csv", "--out", f"plain.{form}")
        seal("--out", f"sealed.{form}")
        assert (here / f"plain.{form}").read_bytes() == (here / f"sealed.{form}").read_bytes()
    with zipfile.ZipFile("r.zip") as archive:
        assert archive.read("results.json") == (here / "plain.json").read_bytes()


def test_refused_entities_are_sealed_too_and_told(here: Path) -> None:
    found = seal(data="data.csv", status=3)
    assert found.stderr.count("data-not-a-number") == 1
    assert "sealed 4 entities" in found.stderr
    perfrules("replay", "r.zip")
    seal("--on-problem", "stop", data="data.csv", to="none.zip", status=3)
    assert not (here / "none.zip").exists()


def test_nothing_is_sealed_of_nobody(here: Path) -> None:
    (here / "nobody.csv").write_text("部门,spent,Budget\n", "utf-8")
    assert "no entity to seal" in seal(data="nobody.csv", status=3).stderr
    assert not (here / "r.zip").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--together", "rules.perfrules", "good.csv"),
        ("--threads", "1", "--out", "x.csv"),
        ("--engine", "rows", "--out", "x.csv"),
        ("--out", "x.parquet"),
        ("--sample", "1"),
        ("--seed", "1"),
    ],
    ids=" ".join,
)
def test_what_does_not_go_with_a_record_is_told(here: Path, words: tuple[str, ...]) -> None:
    assert "--record" in seal(*words, status=2).stderr or "--seed" in seal(*words, status=2).stderr
    assert not (here / "r.zip").exists()


def test_what_goes_with_a_record_only_is_told(here: Path) -> None:
    found = perfrules("score", "rules.perfrules", "good.csv", "--sample", "1", "--seed", "s", status=2)
    assert "go with --record" in found.stderr


def test_a_damaged_record_is_told_with_the_place_of_the_damage(here: Path) -> None:
    seal()
    content = bytearray((here / "r.zip").read_bytes())
    content[content.index(b'"spent"')] = ord("'")
    (here / "r.zip").write_bytes(content)
    found = perfrules("verify", "r.zip", status=1)
    assert "the byte there is 0x27, it was 0x22" in found.stderr
    assert found.stdout == ""
    assert "0x27" in perfrules("replay", "r.zip", status=1).stderr
    (here / "no.zip").write_bytes(b"no record at all")
    assert "this is no record" in perfrules("verify", "no.zip", status=3).stderr
    assert "不是评价记录" in perfrules("replay", "no.zip", "--lang", "zh", status=3).stderr


def test_the_first_difference_is_told_in_both_languages(here: Path) -> None:
    def better(leaf: dict[str, object]) -> None:
        if leaf["entity"] == "财政局":
            nodes = leaf["nodes"]
            assert isinstance(nodes, list)
            next(each for each in nodes if each["id"] == "A/rounded")["value"] = "9.9"

    (here / "r.zip").write_bytes(forged((RECORDS / "judged.zip").read_bytes(), leaf=better))
    perfrules("verify", "r.zip")
    found = perfrules("replay", "r.zip", status=1).stdout
    assert found == "r.zip: the first difference is in 财政局, node A/rounded, value: recorded 9.9, computed 7.94\n"
    found = perfrules("replay", "r.zip", "--lang", "zh", status=1).stdout
    assert found == "r.zip：第一处不同在 财政局，节点 A/rounded，value：记录为 9.9，重算为 7.94\n"


def test_one_entity_is_shown_and_proved(here: Path) -> None:
    seal()
    seal(data="data.csv", to="other.zip", status=3)
    shown = perfrules("record", "show", "r.zip", "教育局", "--out", "p.json").stderr
    root = shown.splitlines()[0].rpartition(" ")[2]
    assert "the seed of the salts is stated" in shown
    found = perfrules("verify", "p.json").stdout
    assert f"教育局 is part of the record with root {root}" in found
    assert "status final, total 14, grade 差" in found
    assert "compare it" in found
    with zipfile.ZipFile("r.zip") as archive:
        archive.extract("manifest.json")
    for whole in ("r.zip", "manifest.json"):
        assert "it is the record asked about" in perfrules("verify", "p.json", "--against", whole).stdout
        perfrules("verify", "r.zip", "--against", whole)
    assert "not part of" in perfrules("verify", "p.json", "--against", "other.zip", status=1).stderr
    assert "another record" in perfrules("verify", "r.zip", "--against", "other.zip", status=1).stderr
    assert "neither a file" in perfrules("verify", "p.json", "--against", "nothing", status=2).stderr
    assert "no entity" in perfrules("record", "show", "r.zip", "无", "--out", "q.json", status=2).stderr
    (here / "p.json").write_bytes((here / "p.json").read_bytes().replace(b'"14"', b'"29"'))
    assert "root" in perfrules("verify", "p.json", status=1).stderr


def test_salts_from_a_secret(here: Path) -> None:
    (here / "secret").write_bytes(bytes(range(32)))
    (here / "short").write_bytes(b"short")
    seal("--salt-file", "secret")
    assert "can be guessed" in seal("--salt-file", "short", to="no.zip", status=2).stderr
    assert "seed of the salts" not in perfrules("record", "show", "r.zip", "教育局", "--out", "p.json").stderr
    perfrules("replay", "r.zip")
    perfrules("replay", "r.zip", "--salt-file", "secret")
    (here / "other").write_bytes(bytes(32))
    assert "not salted with this secret" in perfrules("replay", "r.zip", "--salt-file", "other", status=2).stderr


def test_a_record_takes_the_place_of_another(here: Path) -> None:
    first = seal().stderr.rpartition("seal ")[2].strip()
    seal("--supersedes", "r.zip", data="data.csv", to="s.zip", status=3)
    assert f"takes the place of the record with seal {first}" in perfrules("verify", "s.zip").stdout
    perfrules("replay", "s.zip")
    assert "no record" in seal("--supersedes", "data.csv", to="t.zip", status=3).stderr


@pytest.fixture
def keys(here: Path) -> Path:
    for words in (
        ["genpkey", "-algorithm", "ed25519", "-out", "key.pem"],
        ["pkey", "-in", "key.pem", "-pubout", "-out", "public.pem"],
    ):
        subprocess.run(["openssl", *words], check=True, capture_output=True)
    return here


def test_a_signature_is_made_and_checked(keys: Path) -> None:
    seal()
    keyid = perfrules("record", "sign", "r.zip", "--key", "key.pem").stderr.split()[3].rstrip(":")
    perfrules("record", "show", "r.zip", "教育局", "--out", "p.json")
    for signature in ("r.zip.sig", "r.zip.dsse.json"):
        found = perfrules("verify", "r.zip", "--signature", signature, "--public-key", "public.pem").stdout
        assert f"signed by key {keyid}" in found
    signed = ("--signature", "r.zip.dsse.json", "--public-key", "public.pem")
    assert f"signed by key {keyid}" in perfrules("verify", "p.json", *signed).stdout
    seal(data="data.csv", to="other.zip", status=3)
    assert "of another record" in perfrules("verify", "other.zip", *signed, status=1).stderr
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", "key2.pem"], check=True)
    perfrules("record", "sign", "r.zip", "--key", "key2.pem")
    assert "not signed by this key" in perfrules("verify", "r.zip", *signed, status=1).stderr
    assert "go together" in perfrules("verify", "r.zip", "--signature", "r.zip.sig", status=2).stderr
    assert "no key" in perfrules("record", "sign", "r.zip", "--key", "data.csv", status=2).stderr


def commands() -> list[str]:
    """The commands of VERIFY.txt, as they stand there."""
    with zipfile.ZipFile(RECORDS / "judged.zip") as archive:
        text = archive.read("VERIFY.txt").decode()
    return [line.removeprefix("    $ ") for line in text.splitlines() if line.startswith("    $ ")]


def test_plain_tools_check_a_record_with_the_commands_that_it_tells(keys: Path) -> None:
    seal(to="record.zip")
    perfrules("record", "sign", "record.zip", "--key", "key.pem")
    done = subprocess.run(["sh", "-e", "-c", "\n".join(commands())], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    with zipfile.ZipFile("record.zip") as archive:
        names = archive.namelist()
    listed = len(names) - 2
    assert [line.endswith(": OK") for line in lines[:listed]] == [True] * listed
    sums, stated, sm3, stated_sm3, seal_, common, stated_common, verified, leaf = lines[listed:]
    assert sums == stated
    assert common == stated_common
    assert seal_ in perfrules("verify", "record.zip").stdout
    assert sm3 == stated_sm3
    assert (len(sums), len(sm3), len(leaf)) == (64, 64, 64)
    assert verified == "Signature Verified Successfully"


def test_plain_tools_see_what_was_changed(keys: Path) -> None:
    seal(to="record.zip")
    perfrules("record", "sign", "record.zip", "--key", "key.pem")
    (keys / "record.zip").write_bytes((RECORDS / "judged.zip").read_bytes())
    done = subprocess.run(["sh", "-e", "-c", "\n".join(commands())], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Signature Verified Successfully" not in done.stdout


def test_a_sample_is_drawn(here: Path) -> None:
    written = seal("--sample", "2", "--seed", "审计").stderr
    perfrules("record", "sample", "r.zip", "--sample", "2", "--seed", "审计", "--out", "s.csv")
    perfrules("record", "sample", "r.zip", "--sample", "2", "--seed", "审计", "--out", "s.xlsx")
    assert (here / "s.csv").read_bytes() == (here / "r.zip.sample.csv").read_bytes()
    assert (here / "s.xlsx").read_bytes() == (here / "r.zip.sample.xlsx").read_bytes()
    with (here / "s.csv").open(encoding="utf-8-sig", newline="") as file:
        drawn = list(dict.fromkeys(row[1] for row in list(csv.reader(file))[7:]))
    assert len(drawn) == 2
    assert all(name in written for name in drawn)


PLACES = (
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
    {"PYTHONHASHSEED": "4711", "LC_ALL": "POSIX", "TZ": "America/St_Johns"},
)
WATCHED = """
import sys
opened = []
def watch(event, args):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "urllib.")):
        raise SystemExit(f"no record needs {event}")
    if event == "open" and isinstance(args[0], str):
        opened.append(args[0])
sys.addaudithook(watch)
from perfrules.cli.main import cli
try:
    cli(sys.argv[1:])
except SystemExit as end:
    print("\\n".join(["OPENED", *opened]))
    raise
"""


def elsewhere(place: dict[str, str], folder: Path, *words: object) -> str:
    """Run the command in a process of its own that cannot reach any network."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("LANG", "LC_CTYPE", "LC_MESSAGES")},
        **place,
        "PYTHONPATH": str(TOP),
        "PERFRULES_CACHE": "off",
        "PERFRULES_LANG": "en",
    }
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", WATCHED, *map(str, words)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.decode()


def test_the_same_run_elsewhere_is_the_same_record_and_replays_there(tmp_path: Path) -> None:
    scheme = RULESETS / "pinghu" / "department"
    records = []
    for number, place in enumerate(PLACES):
        home = tmp_path / f"家里{number}" / "deep"
        shutil.copytree(scheme, home / "scheme")
        shutil.copytree(RULESETS / "mof", home / "mof")
        rules = home / "scheme" / "pinghu.departments.education.perfrules"
        data = home / "scheme" / "data" / "2024-education.csv"
        elsewhere(place, tmp_path / f"cwd{number}", "score", rules, data, "--path", home, "--record", "r.zip")
        records.append((tmp_path / f"cwd{number}" / "r.zip").read_bytes())
        shutil.rmtree(home)
    assert len(set(records)) == 1
    assert b"cwd0" not in records[0]
    assert "家里".encode() not in records[0]
    for number, place in enumerate(reversed(PLACES)):
        folder = tmp_path / f"fresh{number}"
        folder.mkdir()
        (folder / "r.zip").write_bytes(records[0])
        told, _, opened = elsewhere(place, folder, "replay", "r.zip").partition("OPENED\n")
        assert "all the same" in told
        others = [name for name in opened.splitlines() if name.endswith((".perfrules", ".csv"))]
        assert others
        assert [name for name in others if "/perfrules-" not in name] == []


@pytest.mark.parametrize(
    ("rules", "data", "more"),
    [
        ("pinghu/department/department.perfrules", "pinghu/department/data/2024-pending.csv", ()),
        ("pinghu/department/department.zh.perfrules", "pinghu/department/data/2021-2024.csv", ()),
        (
            "undp/human_development_index/human_development_index.perfrules",
            "undp/human_development_index/data/2021.csv",
            (),
        ),
        ("pinghu/townships/pinghu.townships.perfrules", "pinghu/townships/data/towns.csv", ()),
        ("linjiang/road_passenger/road_passenger.perfrules", "linjiang/road_passenger/data/self_score.json", ()),
        ("township/half_year/half_year.perfrules", "township/half_year/data/published.csv", ()),
        ("mof/self_evaluation/self_evaluation.perfrules", "mof/self_evaluation/data/2024.csv", ()),
        ("forestry/provincial_part/provincial_part.perfrules", "forestry/provincial_part/data/published.csv", ()),
        ("yiyang/industrial_fund/industrial_fund.perfrules", "yiyang/industrial_fund/data/published.json", ()),
        ("shiqu/quality_work/quality_work.perfrules", "shiqu/quality_work/data/published.csv", ()),
    ],
    ids=lambda value: value.rpartition("/")[2] if isinstance(value, str) else "",
)
def test_records_of_real_schemes_replay(tmp_path: Path, rules: str, data: str, more: tuple[str, ...]) -> None:
    out = tmp_path / "r.zip"
    perfrules("score", RULESETS / rules, RULESETS / data, "--path", RULESETS, "--record", out, *more)
    assert "all the same" in perfrules("replay", out).stdout


def test_results_flow_from_record_to_record(tmp_path: Path) -> None:
    scheme = RULESETS / "pinghu" / "audit_agency"
    projects, agencies = tmp_path / "project.zip", tmp_path / "agency.zip"
    perfrules(
        "score", scheme / "pinghu.audit_project.perfrules", scheme / "data" / "projects.csv", "--record", projects
    )
    rules = scheme / "pinghu.audit_agency.perfrules"
    read = ("--results", f"projects={projects}")
    perfrules("score", rules, scheme / "data" / "agencies.csv", *read, "--record", agencies)
    with zipfile.ZipFile(projects) as first, zipfile.ZipFile(agencies) as second:
        assert second.read("inputs/results/of-projects.json") == first.read("results.json")
        used = json.loads(second.read("results.json"))["results_used"]
    assert [each["name"] for each in used] == ["projects"]
    assert "all the same" in perfrules("replay", agencies).stdout


def test_a_record_may_stand_for_earlier_results(tmp_path: Path) -> None:
    from tests.golden.record_kinds import KINDS

    for name, content in KINDS["previous"].files.items():
        assert isinstance(content, str)
        (tmp_path / name).write_text(content, "utf-8")
    first, second = tmp_path / "2021.zip", tmp_path / "2022.zip"
    perfrules("score", tmp_path / "2021.perfrules", tmp_path / "2021.csv", "--previous", "none", "--record", first)
    words = ("score", tmp_path / "2022.perfrules", tmp_path / "2022.csv", "--previous", first)
    perfrules(*words, "--record", second)
    assert second.read_bytes() == (RECORDS / "previous.zip").read_bytes()
    with zipfile.ZipFile(second) as archive:
        assert (
            json.loads(archive.read("results.json"))["results"]
            == json.loads(perfrules(*words, "--format", "json").stdout)["results"]
        )
    earlier = first.read_bytes()
    first.write_bytes(earlier.replace(b'"total":"55"', b'"total":"95"', 1))
    assert first.read_bytes() != earlier
    for more in (("--record", tmp_path / "third.zip"), ()):
        changed = perfrules(*words, *more, status=1)
        assert f"{first}: " in changed.stderr
        assert "was changed at offset" in changed.stderr
    assert not (tmp_path / "third.zip").exists()
    (tmp_path / "no.zip").write_bytes(b"PK\x03\x04 and nothing")
    found = perfrules(*words[:-1], tmp_path / "no.zip", status=3)
    assert "no.zip" in found.stderr


def test_files_made_for_people_are_listed_and_stay_beside(here: Path) -> None:
    (here / "报告.html").write_text("<p>78.95</p>", "utf-8")
    (here / "book.xlsx").write_bytes(b"cells")
    seal("--rendering", "报告.html", "--rendering", "book.xlsx")
    found = perfrules("verify", "r.zip").stdout
    assert "报告.html, which it lists, lies beside it unchanged" in found
    assert "all the same" in perfrules("replay", "r.zip").stdout
    with zipfile.ZipFile("r.zip") as archive:
        listed = json.loads(archive.read("renderings.json"))["renderings"]
    assert [each["name"] for each in listed] == ["book.xlsx", "报告.html"]
    (here / "报告.html").write_text("<p>87.95</p>", "utf-8")
    (here / "book.xlsx").unlink()
    found = perfrules("verify", "r.zip", status=1).stdout
    assert "报告.html beside it is another than the one it lists" in found
    assert "book.xlsx, which it lists, does not lie beside it" in found
    (here / "more").mkdir()
    (here / "more" / "报告.html").write_text("", "utf-8")
    assert "of one name" in seal("--rendering", "报告.html", "--rendering", "more/报告.html", status=2).stderr


def test_what_stands_in_the_way_of_a_replay_is_told(here: Path) -> None:
    content = (RECORDS / "judged.zip").read_bytes()

    def replayed(content: bytes, status: int) -> Result:
        (here / "r.zip").write_bytes(content)
        return perfrules("replay", "r.zip", status=status)

    found = replayed(forged(content, texts={"ruleset/judged.perfrules": b"ruleset demo {"}), 1)
    assert "are none for this version" in found.stderr
    found = replayed(forged(content, manifest=lambda tree: tree["run"].update(plugins=["gini"])), 2)
    assert "allow them with --plugin: `gini`" in found.stderr
    found = replayed(forged(content, manifest=lambda tree: tree["engine"].update(version="0.0.1")), 0)
    assert "made by perfrules 0.0.1" in found.stderr
    found = replayed(forged(content, leaf=lambda leaf: leaf["result"].update(flags={"x": True})), 1)
    assert "卫生局, result.flags.x: recorded true, computed nothing" in found.stdout
    found = replayed(forged(content, nodes=lambda tree: tree["inputs"][0].update(title="x")), 1)
    assert "manifest.json" in found.stdout


def test_limits_are_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfrules.record import seal as sealing

    monkeypatch.setattr(sealing, "MOST_ENTITIES", 2)
    assert "3 entities: a record holds at most 2" in seal(status=3).stderr
    monkeypatch.setattr(sealing, "MOST_ENTITIES", 10)
    monkeypatch.setattr(sealing, "MOST_MEMBERS", 5)
    assert "15 files: a record holds at most 5" in seal(status=3).stderr
    monkeypatch.setattr(sealing, "MOST_BYTES", 5)
    assert "bytes: a record holds at most 5" in seal(status=3).stderr
    assert not (here / "r.zip").exists()


def test_a_workbook_asks_for_its_library(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfrules.cli import record_sample

    monkeypatch.setattr(record_sample, "find_spec", lambda _name: None)
    written = seal("--sample", "1", "--seed", "s").stderr
    assert "r.zip.sample.csv" in written
    assert "xlsx" not in written
    words = ("record", "sample", "r.zip", "--sample", "1", "--seed", "s", "--out", "s.xlsx")
    assert "perfrules[excel]" in perfrules(*words, status=2).stderr


def test_entities_of_one_name_are_chosen_by_position(here: Path) -> None:
    (here / "twice.csv").write_text("部门,spent,Budget\n甲局,1,2\n甲局,3,4\n", "utf-8")
    seal(data="twice.csv", status=3)
    found = perfrules("record", "show", "r.zip", "甲局", "--out", "p.json", status=2)
    assert "choose with --position: 1 and 2" in found.stderr
    perfrules("record", "show", "r.zip", "甲局", "--position", "2", "--out", "p.json")
    assert "status refused, total –, grade –" in perfrules("verify", "p.json").stdout


def test_a_ruleset_changed_under_way_is_told(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from perfrules.cli import score_record

    def changing(*words: object, **more: object) -> tuple[dict[str, Path], None]:
        (here / "rules.perfrules").write_text(JUDGED.replace("95%", "96%"), "utf-8")
        return {}, None

    monkeypatch.setattr(score_record, "supplied_files", changing)
    assert "was changed while it was read" in seal(status=3).stderr


def test_files_that_are_read_are_not_replaced(here: Path) -> None:
    seal()
    for out in ("good.csv", "rules.perfrules", "./good.csv"):
        before = (here / out).read_bytes()
        assert "write to another file" in seal(to=out, status=2).stderr
        assert (here / out).read_bytes() == before
    assert "the same file" in seal("--out", "./new.json", to="new.json", status=2).stderr
    assert not (here / "new.json").exists()
    record = (here / "r.zip").read_bytes()
    assert "write to another file" in seal("--supersedes", "r.zip", status=2).stderr
    perfrules("record", "show", "r.zip", "教育局", "--out", "r.zip", status=2)
    perfrules("record", "sample", "r.zip", "--sample", "1", "--seed", "s", "--out", "r.zip", status=2)
    assert (here / "r.zip").read_bytes() == record


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux only")
def test_names_that_are_no_text_are_told(here: Path) -> None:
    odd = os.fsdecode("数据.csv".encode("gbk"))
    (here / odd).write_text(JUDGED_DATA, "utf-8")
    assert "the name is not in UTF-8" in seal(data=odd, status=2).stderr
    assert "the name is not in UTF-8" in seal("--rendering", odd, status=2).stderr
    assert not (here / "r.zip").exists()


def test_what_a_root_and_a_seal_hold_for_is_told(here: Path) -> None:
    seal()
    perfrules("record", "show", "r.zip", "教育局", "--out", "p.txt")
    lines = perfrules("verify", "r.zip").stdout.splitlines()
    root, known = (next(line.split()[1] for line in lines if line.startswith(name)) for name in ("root", "seal"))
    for file in ("r.zip", "p.txt"):
        assert "it is the record asked about" in perfrules("verify", file, "--against", known).stdout
        of_root = perfrules("verify", file, "--against", root).stdout
        assert "it is the record asked about" not in of_root
        assert "only the seal holds for all the rest" in of_root


def test_what_a_record_says_cannot_pass_for_what_the_command_says(here: Path) -> None:
    def rename(leaf: dict[str, object]) -> None:
        leaf["entity"] = f"{leaf['entity']}\x1b[2K\nsigned by key 00\u202e"

    (here / "r.zip").write_bytes(forged((RECORDS / "judged.zip").read_bytes(), leaf=rename))
    first = open_record((here / "r.zip").read_bytes()).leaves[0]["entity"]
    shown = perfrules("record", "show", "r.zip", first, "--out", "p.json").stderr
    checked, again = perfrules("verify", "p.json").stdout, perfrules("replay", "r.zip", status=1).stdout
    for said in (shown, checked, again):
        assert "\\u001b[2K\\u000asigned by key 00\\u202e" in said
        assert not any(line.startswith("signed") for line in said.splitlines())
