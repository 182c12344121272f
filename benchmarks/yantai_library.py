"""A library of 5,711 indicator definitions in three tiers, as Yantai's has: common, by sector, by department.

Only the number and the tiers are published. The definitions are synthetic: titles are combined from words of each
sector and what is asked of them, the rule follows from what is asked. (Those in `rulesets/yantai` are indicators
that budget offices use.) `python benchmarks/yantai_library.py FOLDER` writes 103 files below FOLDER.
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
_COMMON_OBJECTS = (
    *("项目", "资金", "预算", "采购", "资产", "合同", "培训", "信息系统", "档案", "公开事项"),
    *("审计问题", "绩效目标", "专家评审", "政务服务", "人员经费"),
)
_OBJECTS = {
    "education": "校舍 教师 学生资助 幼儿园学位 职业实训 校车 体育设施 教研活动 特殊教育 校园安防",
    "health": "家庭医生签约 疫苗接种 慢病管理 急救出车 医疗设备 床位 采血 妇幼筛查 基层门诊 传染病报告",
    "transport": "农村公路 危桥 国省道养护 公交班次 港口泊位 客运站 路产巡查 超限检测 航道疏浚 桥隧检测",
    "water": "水库除险 河道治理 灌区配套 农村供水 水土保持 节水改造 堤防加固 雨水情监测 取水许可 山洪预警",
    "agriculture": "高标准农田 种粮补贴 动物防疫 农机购置 农产品抽检 户厕改造 秸秆利用 畜禽粪污 农技推广 果园更新",
    "forestry": "造林 森林防火 病虫害防治 古树保护 湿地修复 林道 种苗 护林员巡护 退化林修复 野生动物救助",
    "ecology": "断面监测 大气治理 清洁取暖 危废处置 土壤修复 排污许可 污水处理 环境执法 噪声治理 环境信访",
    "culture": "惠民演出 图书流通 文物修缮 非遗传承 农村电影 文化馆课程 景区服务 旅游厕所 数字文化 考古勘探",
    "sports": "健身器材 全民赛事 青训队员 场馆开放 社会体育指导员 体育公园 体质监测 竞赛组织 健身步道 体育培训",
    "science": "科研立项 成果转化 高新企业 技术合同 仪器共享 孵化器 科普活动 人才引进 专利资助 实验室建设",
    "industry": "技改项目 奖补资金 专精特新企业 节能改造 园区配套 上云企业 产业基金 新产品 淘汰产能 工业互联网",
    "commerce": "外贸企业 外资项目 消费券 展会展位 农贸市场 冷链设施 电商培训 追溯体系 口岸通关 会展活动",
    "housing": "老旧小区 公租房 棚改安置 污水管网 供热管网 城市道路 公园绿地 垃圾分类 物业监管 农房改造",
    "land": "耕地保护 不动产登记 违法用地整改 矿山修复 国土调查 土地供应 测绘成果 地灾防治 海岸线修复 规划编制",
    "civil": "低保 养老床位 助老食堂 残疾人补贴 临时救助 困境儿童 社区服务 殡葬惠民 志愿服务 社会组织",
    "labour": "技能培训 稳岗返还 创业贷款 公益岗位 招聘活动 仲裁案件 社保参保 工伤认定 零工市场 欠薪处置",
    "safety": "隐患整改 执法检查 物资储备 应急演练 救援队伍 消防设施 灾情报送 危化监管 森林灭火 避难场所",
    "police": "接警出警 视频点位 电诈止付 户政业务 交通信号 案件侦办 禁毒宣传 辅警培训 涉案财物 出入境服务",
    "justice": "法律援助 人民调解 社区矫正 公证服务 普法活动 行政复议 村居法律顾问 司法鉴定 仲裁服务 执法监督",
    "marine": "增殖放流 海洋牧场 渔船更新 伏季休渔 水产抽检 渔港建设 海域监管 渔业油补 海洋预报 岸线巡查",
}
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
    "投诉率": "满意度",
}
_DEPARTMENTS_ASPECTS = {"核查率": "过程", "归档率": "管理", "整改率": "质量", "返工率": "质量"}


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
    body = "".join(_definition(part, number, *title) for number, title in enumerate(_titles(part), start=1))
    return f"{head}{body}}}\n"


def _titles(part: Part) -> Iterator[tuple[str, str, str]]:
    """Yield of each definition what it is about, what is asked of that, and the word for the latter in the tags."""
    code = next((code for code, title in SECTORS.items() if title == part.sector), "")
    objects = _OBJECTS[code].split() if code else _COMMON_OBJECTS
    aspects = _DEPARTMENTS_ASPECTS if part.tier == "部门" else _ASPECTS
    combined = ((subject, aspect, about) for subject, (aspect, about) in product(objects, aspects.items()))
    return islice(combined, part.count)


def _definition(part: Part, number: int, subject: str, aspect: str, about: str) -> str:
    name = f"{part.name.rpartition('.')[2]}_{number:03}"
    tags = f'sector: "{part.sector}", tier: "{part.tier}", "{about}"'
    parameters = "done : count in [0, 1_000_000], due : count in [1, 1_000_000]"
    head = f'  define {name}({parameters}) "{subject}{aspect}" tags ({tags})'
    rule = "".join(f"    {line}\n" for line in _RULES.get(aspect, _CURVE).split("\n"))
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
_LIMIT = """score tally from full {
  measure above 0%: less 10% of full per started 1pp
}"""
_RULES = {
    **dict.fromkeys(("合格率", "达标率", "满意度"), _BANDS),
    **dict.fromkeys(("及时率", "核查率", "整改率"), _TALLY),
    **dict.fromkeys(("完成率", "执行率"), _CASES),
    **dict.fromkeys(("投诉率", "返工率"), _LIMIT),
}


def write(folder: Path) -> int:
    """Write all files below *folder*; return how many definitions they hold."""
    for part in parts():
        place = folder / f"{part.name.replace('.', '/')}.perfrules"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text_of(part), "utf-8")
    return sum(part.count for part in parts())


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "definitions")
