"""A library of 5,711 indicator definitions in three tiers, as Yantai's has: common, by sector, by department.

Only the number and the tiers are published. The definitions are made up: titles from lists of words, rules of four
forms in turn. `python benchmarks/yantai_library.py FOLDER` writes 103 files below FOLDER.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from attrs import frozen

ALL = 5_711
COMMON = 171
PER_SECTOR = 120
SECTORS = {
    "education": "教育",
    "health": "卫生健康",
    "transport": "交通",
    "water": "水利",
    "agriculture": "农业",
    "forestry": "林业",
    "ecology": "生态环境",
    "culture": "文化旅游",
    "sports": "体育",
    "science": "科技",
    "industry": "工业",
    "commerce": "商务",
    "housing": "住房城建",
    "land": "自然资源",
    "civil": "民政",
    "labour": "人社",
    "safety": "应急管理",
    "police": "公安",
    "justice": "司法",
    "marine": "海洋渔业",
}
DEPARTMENTS = 82
_OBJECTS = (
    *("项目", "资金", "设施", "人员", "设备", "培训", "补助", "工程", "服务", "档案"),
    *("平台", "宣传", "检查", "采购", "验收", "维护", "监测", "改造", "评审", "调研"),
)
_ASPECTS = {
    "完成率": "数量",
    "合格率": "质量",
    "及时率": "时效",
    "成本节约率": "成本",
    "覆盖率": "效益",
    "满意度": "满意度",
    "执行率": "预算",
    "公开率": "管理",
    "达标率": "质量",
    "利用率": "效益",
    "增长率": "效益",
    "投诉件数": "满意度",
}


@frozen
class Part:
    """One file: its name, title, tier and sector, and how many definitions it has."""

    name: str
    title: str
    tier: str
    sector: str
    count: int


def parts() -> Iterator[Part]:
    """Yield the 103 files."""
    yield Part("yantai.common", "共性指标", "共性", "通用", COMMON)
    for code, title in SECTORS.items():
        yield Part(f"yantai.sector.{code}", f"{title}行业指标", "行业", title, PER_SECTOR)
    each, more = divmod(ALL - COMMON - len(SECTORS) * PER_SECTOR, DEPARTMENTS)
    for number in range(DEPARTMENTS):
        sector = list(SECTORS.values())[number % len(SECTORS)]
        count = each + (number < more)
        yield Part(f"yantai.department.d{number + 1:02}", f"部门 {number + 1:02} 指标", "部门", sector, count)


def text_of(part: Part) -> str:
    """Write one file."""
    head = f'library {part.name} "{part.title}" version "2021" {{\n  param pass_mark : % = 60%\n'
    titles = islice(product(_OBJECTS, _ASPECTS), part.count)
    body = "".join(_definition(part, number, *title) for number, title in enumerate(titles, start=1))
    return f"{head}{body}}}\n"


def _definition(part: Part, number: int, subject: str, aspect: str) -> str:
    name = f"{part.name.rpartition('.')[2]}_{number:03}"
    tags = f'sector: "{part.sector}", tier: "{part.tier}", "{_ASPECTS[aspect]}"'
    parameters = "done : count in [0, 1_000_000], due : count in [1, 1_000_000]"
    head = f'  define {name}({parameters}) "{subject}{aspect}" tags ({tags})'
    rule = "".join(f"    {line}\n" for line in _RULES[number % len(_RULES)].split("\n"))
    return f"{head} {{\n    measure done / due\n{rule}  }}\n"


_CURVE = """score curve of measure {
  pass_mark -> 0
  100% -> full
}"""
_BANDS = """score bands of measure {
  >= 100% -> full
  >= 80% -> 80% of full
  >= pass_mark -> 60% of full
  otherwise -> 0
}"""
_TALLY = """score tally from full {
  measure below 100%: less 5% of full per started 2pp
  when measure < pass_mark: zero
}"""
_CASES = """score cases {
  when measure >= 100% -> full
  when measure < pass_mark -> 0
  otherwise -> measure * full
}"""
_RULES = (_CURVE, _BANDS, _TALLY, _CASES)


def write(folder: Path) -> int:
    """Write all files below *folder*; return how many definitions they hold."""
    for part in parts():
        place = folder / f"{part.name.replace('.', '/')}.perfrules"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text_of(part), "utf-8")
    return sum(part.count for part in parts())


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "definitions")
