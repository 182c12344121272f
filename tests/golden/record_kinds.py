"""Small runs of every kind that a record can be of, and the records that were made of them.

    python -m tests.golden.record_kinds

writes those that are not there yet. One that is there is never written again: what an earlier version sealed must stay
replayable, byte for byte.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attrs import frozen

from perfrules import load
from perfrules.record import Record, make_record

RECORDS: Final = Path(__file__).parent / "records"
SECRET: Final = b"thirty-two bytes that nobody knows"

JUDGED: Final = """ruleset demo.overridden "Judged and overridden" version "2024" {
  entity department "部门"
  input spent : 万元 decimals 2 in [0, 1000]
  input budget "Budget" : 万元 decimals 2 in [1, 1000]
  input pleased : % in [0%, 100%] optional
  total 30 points
  round leaves to 2 decimals half up
  round total to 1 decimal half up
  indicator A "Execution" 10 points {
    evidence "Ledger"
    measure spent / budget
    score curve of measure { 0% -> 0; 95% -> full }
  }
  indicator B "Experts" 10 points { score judged { "good" -> [6, 10]; "poor" -> [0, 6) } }
  indicator C "Satisfaction" 10 points {
    measure pleased
    score bands of measure { >= 90% -> full; [80%, 90%) -> 8; < 80% -> 5 }
    missing -> zero
  }
  grades of total { 优 >= 27; 良 >= 24; 中 >= 18; 差 otherwise }
}
"""
JUDGED_DATA: Final = (
    "部门,spent,Budget,pleased,B.level,B.mark,A.override.value,A.override.by,A.override.why\n"
    "财政局,90.5,120,91%,good,9,,,\n"
    "教育局,100,300,,good,8,6,张三,账目更正\n"
    '卫生局,"1,000",1000,85%,,,,,\n'
    "民政局,八成,100,80%,poor,3,,,\n"
)
LIBRARY: Final = """library demo.common "Common" version "1" {
  param pass_mark : % = 60%
  define rate_of(done, planned : count) "Completion" {
    measure done / planned
    applies when planned > 0 otherwise excluded
    score curve of measure { pass_mark -> 0; 100% -> full }
  }
}
"""
WITH_LIBRARY: Final = """ruleset demo.libraried "With a library" version "1" {
  use demo.common version "1"
  entity office "Office"
  input done : count in [0, 100]
  input planned : count in [0, 100]
  input asked : date in [2024-01-01, 2024-06-30]
  input answered : date in [2024-01-01, 2024-06-30]
  input place : one of (central, western)
  param privilege by place : workdays from "privileges.csv"
  holidays from "holidays.csv"
  let late = max(workdays(asked, answered) - privilege, 0)
  param factor : number { from 2023-01-01 -> 1; from 2024-01-01 -> 0.9 }
  total 20 points
  excluded share rescale
  indicator A 10 points = rate_of(done, planned)
  indicator B "Prompt" 10 points { score = max(full - late * factor / 1 workday, 0) }
}
"""
COHORT: Final = """ruleset demo.ranked "Ranked" version "1" {
  entity town "乡镇"
  input value : 万元 decimals 2 in [0, 1000] optional
  input district : one of (东, 西)
  total 20 points
  indicator A "Place" 10 points {
    measure rank(value across entities among those present, highest first, ties share best)
    score bands of measure { <= 1 -> full; (1, 3] -> 8; > 3 -> 5 }
    missing -> zero
  }
  indicator B "Against the district" 10 points {
    measure value - mean(value across entities within district among those present empty -> missing)
    score bands of measure { >= 0 -> full; < 0 -> 4 }
    missing -> zero
  }
  output spread : 万元 = population standard deviation(value across entities among those present empty -> 0)
}
"""
COHORT_DATA: Final = "乡镇,value,district\n甲镇,120.5,东\n乙镇,88,东\n丙镇,120.5,西\n丁镇,3,西\n戊镇,,西\n"
YEARLY: Final = """ruleset demo.year "Yearly" version "{version}" {{
  entity department "Department"
  input rate : % in [0%, 100%]
  total 100 points
  indicator A 100 points {{ measure rate; score = rate * full }}
  grades of total {{ 优 >= 90; 良 >= 80; 中 >= 60; 差 otherwise }}
  let low_before = if previous(grade) is missing then no else previous(grade) in one of (中, 差)
  decision cut "The budget is cut" when grade in one of (中, 差) and low_before
}}
"""
PROJECT: Final = """ruleset demo.project "Projects" version "2021" {
  entity project "Project"
  total 60 points
  input of_department : text
  input done : % in [0%, 100%]
  indicator A "Done" 60 points { measure done; score = done * full }
  output department : text = of_department
}
"""
DEPARTMENT: Final = """ruleset demo.department "Departments" version "2021" {
  entity department "Department"
  results projects from demo.project version "2021" by department
  indicator D 10 points {
    measure mean(p.total for p in projects empty -> missing)
    score = measure / 10
    missing -> zero
  }
}
"""
NESTED: Final = """ruleset demo.nested "Tables" version "1" {
  entity bureau "Bureau"
  table works "Works" {
    input name : text
    input planned : 万元 decimals 2 in [0, 1000]
    input spent : 万元 decimals 2 in [0, 1000] optional
  }
  total 10 points
  indicator A "Works" 10 points {
    measure share(w.spent >= w.planned * 0.9 for w in works where w.planned > 0 skipping missing empty -> missing)
    score curve of measure { 0% -> 0; 100% -> full }
    missing -> zero
  }
}
"""
NESTED_DATA: Final = (
    '[{"bureau":"Roads","works":[{"name":"Bridge","planned":10.5,"spent":10.5},{"name":"Tunnel","planned":30}]},'
    '{"bureau":"Water","works":[]},{"bureau":"Parks","works":[{"name":"Lake","planned":1,"spent":"0.5"}]}]'
)


@frozen(kw_only=True)
class Kind:
    """A kind of record: the files in a folder, and how the record is made of them."""

    files: Mapping[str, str | bytes]
    make: Callable[[Path], Record]


def _plain(ruleset: str, data: str, **options: object) -> Callable[[Path], Record]:
    def make(folder: Path) -> Record:
        rules = load(folder / ruleset)
        return make_record(rules, folder / data, ruleset=folder / ruleset, **options)  # type: ignore[arg-type]

    return make


def _with_previous(folder: Path) -> Record:
    earlier = make_record(load(folder / "2021.perfrules"), folder / "2021.csv", previous="none")
    (folder / "2021.json").write_bytes(earlier.members["results.json"])
    rules = folder / "2022.perfrules"
    return make_record(load(rules), folder / "2022.csv", ruleset=rules, previous=folder / "2021.json")


def _with_results(folder: Path) -> Record:
    projects = make_record(load(folder / "demo.project.perfrules"), folder / "projects.csv")
    projects.write(folder / "projects.zip")
    rules = folder / "demo.department.perfrules"
    results = {"projects": folder / "projects.zip"}
    return make_record(load(rules), folder / "departments.csv", ruleset=rules, results=results)


def _superseding(folder: Path) -> Record:
    rules, data = load(folder / "judged.perfrules"), folder / "data.csv"
    first = make_record(rules, data, ruleset=folder / "judged.perfrules")
    data.write_text(JUDGED_DATA.replace("八成", "80"), "utf-8")
    return make_record(rules, data, ruleset=folder / "judged.perfrules", supersedes=first.content)


def _with_renderings(folder: Path) -> Record:
    rules = folder / "nested.perfrules"
    renderings = [folder / "报告.html", folder / "book.xlsx"]
    return make_record(load(rules), folder / "data.json", ruleset=rules, renderings=renderings)


def workbook() -> bytes:
    """An Excel file with a sheet of offices and a sheet of their works."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2024, 1, 1)})  # noqa: DTZ001 - a date in a file
    share = book.add_format({"num_format": "0.0%"})
    data, works = book.add_worksheet("Bureau"), book.add_worksheet("Works")
    for row, cells in enumerate((("note", "Bureau"), ("", "Roads"), ("", "Water")), start=1):
        data.write_row(row, 1, cells[1:])
    works.write_row(0, 0, ("Bureau", "name", "planned", "spent", "share"))
    works.write_row(1, 0, ("Roads", "Bridge", 10.5, 10.5))
    works.write_row(2, 0, ("Roads", "Tunnel", 30))
    works.write_row(3, 0, ("Water", "Dam", 100, 96.25))
    works.write_number(1, 4, 1, share)
    book.close()
    return stream.getvalue()


KINDS: Final[Mapping[str, Kind]] = {
    "judged": Kind(
        files={"judged.perfrules": JUDGED, "data.csv": JUDGED_DATA}, make=_plain("judged.perfrules", "data.csv")
    ),
    "library": Kind(
        files={
            "demo/common.perfrules": LIBRARY,
            "rules.perfrules": WITH_LIBRARY,
            "holidays.csv": "date,kind\n2024-05-01,holiday\n2024-05-02,holiday\n2024-05-11,workday\n",
            "privileges.csv": "place,value\ncentral,2\nwestern,5\n",
            "data.csv": (
                "Office,done,planned,place,asked\nNorth,90,100,central,2024-04-30\nSouth,0,0,western,2024-05-06\n"
            ),
        },
        make=_plain("rules.perfrules", "data.csv", as_of=date(2024, 6, 30), settings={"answered": "2024-05-13"}),
    ),
    "cohort": Kind(
        files={"ranked.perfrules": COHORT, "数据.csv": COHORT_DATA.encode("gb18030")},
        make=_plain("ranked.perfrules", "数据.csv"),
    ),
    "previous": Kind(
        files={
            **{f"{year}.perfrules": YEARLY.format(version=year) for year in ("2021", "2022")},
            "2021.csv": "department,rate\nEdu,55%\nHealth,95%\n",
            "2022.csv": "department,rate\nEdu,70%\nHealth,70%\nCulture,70%\n",
        },
        make=_with_previous,
    ),
    "results": Kind(
        files={
            "demo.project.perfrules": PROJECT,
            "demo.department.perfrules": DEPARTMENT,
            "projects.csv": "project,of_department,done\nP1,Edu,50%\nP2,Edu,20%\nP3,Health,100%\n",
            "departments.csv": "department\nEdu\nHealth\nCulture\n",
        },
        make=_with_results,
    ),
    "nested": Kind(
        files={"nested.perfrules": NESTED, "data.json": NESTED_DATA}, make=_plain("nested.perfrules", "data.json")
    ),
    "apart": Kind(
        files={
            "nested.perfrules": NESTED.replace('"Works" {', '"工程" {'),
            "data.csv": "Bureau\nRoads\nWater\n",
            "工程.csv": "Bureau,name,planned,spent\nWater,Dam,100,96.25\nRoads,Bridge,10.5,10.5\nRoads,Tunnel,30,\n",
        },
        make=_plain("nested.perfrules", "data.csv"),
    ),
    "workbook": Kind(
        files={"nested.perfrules": NESTED, "data.xlsx": b""},
        make=_plain("nested.perfrules", "data.xlsx", ignore_unknown=True),
    ),
    "secret": Kind(
        files={"judged.perfrules": JUDGED, "data.csv": JUDGED_DATA},
        make=_plain("judged.perfrules", "data.csv", salt=SECRET),
    ),
    "renderings": Kind(
        files={
            "nested.perfrules": NESTED,
            "data.json": NESTED_DATA,
            "报告.html": "<p>10</p>",
            "book.xlsx": "",
        },
        make=_with_renderings,
    ),
    "superseding": Kind(files={"judged.perfrules": JUDGED, "data.csv": JUDGED_DATA}, make=_superseding),
}


def record_of(name: str, folder: Path) -> Record:
    """Make the record of a kind from its files, which are put into *folder*."""
    kind = KINDS[name]
    for file, content in kind.files.items():
        place = folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        written = workbook() if file.endswith(".xlsx") else content
        place.write_bytes(written.encode("utf-8") if isinstance(written, str) else written)
    return kind.make(folder)


if __name__ == "__main__":
    for each in KINDS:
        target = RECORDS / f"{each}.zip"
        if not target.exists():
            with TemporaryDirectory() as place:
                record_of(each, Path(place)).write(target)
