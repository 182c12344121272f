"""Every source form, in English and in Chinese: both read as one tree, and the tree prints as both."""

from __future__ import annotations

import pytest

from perfrules.syntax.formatter import format_text
from perfrules.syntax.parse import parse
from perfrules.syntax.unparse import unparse
from perfrules.text import SourceText

IN_A_RULESET = [
    ('authority "B"', '发布机关 "B"'),
    ("effective 2021-01-01 to 2021-12-31", "有效期 2021-01-01 至 2021-12-31"),
    ('entity department "Department"', '评价对象 department "Department"'),
    ("total 100 points", "总分 100分"),
    ("total 100 points unbounded", "总分 100分 不设限"),
    ("total 100 capped", "总分 100 封顶"),
    ("total 100 points at most 110 points", "总分 100分 至多 110分"),
    ("total 100 points between 0 and 110", "总分 100分 介于 0 与 110"),
    ("base 100 points", "基础分 100分"),
    ("round leaves to 2 decimals half up", "舍入 末级 至 2小数位 四舍五入"),
    ("round levels to 1 decimal half even", "舍入 各级 至 1小数位 四舍六入五成双"),
    ("round total to 3 significant digits half down", "舍入 总分 至 3有效位 五舍六入"),
    ("round measure to 0.5 ceiling", "舍入 计量 至 0.5 向上取"),
    ("round to 1 significant digit truncate", "舍入 至 1有效位 截去"),
    ('input spent "Spent" : 万元 decimals 6 in [0, 10_000]', '数据 spent "Spent" : 万元 小数位 6 属于 [0, 10_000]'),
    ("input x : % in (0, 1] written as ratio", "数据 x : % 属于 (0, 1] 以比率书写"),
    ('input x : % written as percent optional source "L"', '数据 x : % 以百分数书写 可缺 来源 "L"'),
    ("input x : 万元/persons", "数据 x : 万元/persons"),
    ("input x : count", "数据 x : 计数"),
    ("input x : number", "数据 x : 数值"),
    ("input x : points", "数据 x : 分"),
    ("input x : yes/no", "数据 x : 是/否"),
    ("input x : text", "数据 x : 文本"),
    ("input 【total】 : date", "数据 【total】 : 日期"),
    ('input x : one of (central, "a b")', '数据 x : 任一 (central, "a b")'),
    (
        'table t "T" optional {\n    input amount : 万元\n    input done : yes/no\n  }',
        '数据表 t "T" 可缺 {\n    数据 amount : 万元\n    数据 done : 是/否\n  }',
    ),
    ('param p "P" : % = 60% "N"', '参数 p "P" : % = 60% "N"'),
    (
        'param p : % {\n    from 2019-01-01 -> 60% "N"\n    from 2022-01-01 {\n      a -> 1%\n    } "M"\n  }',
        '参数 p : % {\n    自 2019-01-01 -> 60% "N"\n    自 2022-01-01 {\n      a -> 1%\n    } "M"\n  }',
    ),
    (
        "param p by g : count {\n    central -> 3\n    otherwise -> 2\n  }",
        "参数 p 分组 g : 计数 {\n    central -> 3\n    其余 -> 2\n  }",
    ),
    ('param p by (a, b) : % {\n    (a, "b") -> 5%\n  }', '参数 p 分组 (a, b) : % {\n    (a, "b") -> 5%\n  }'),
    ('param p by (a, b) : % from "p.csv"', '参数 p 分组 (a, b) : % 自 "p.csv"'),
    ("unit 户 : count", "单位 户 : 计数"),
    ("unit 万亩 = 10000 亩", "单位 万亩 = 10000 亩"),
    ("unit 户", "单位 户"),
    (
        "schedule s : % of month {\n    4 -> 25%\n    otherwise -> 0%\n  }",
        "进度表 s : % 的 month {\n    4 -> 25%\n    其余 -> 0%\n  }",
    ),
    ('holidays from "cn.csv"', '节假日 自 "cn.csv"'),
    (
        "grades of rounded total {\n    优 >= 90\n    良 [80, 90)\n    差 otherwise\n  }",
        "等级按 舍入后总分 {\n    优 >= 90\n    良 [80, 90)\n    差 其余\n  }",
    ),
    ("grades of total {\n    优 >= 90\n  }", "等级按 总分 {\n    优 >= 90\n  }"),
    ("grades {\n    优 >= 90\n  }", "等级 {\n    优 >= 90\n  }"),
    (
        'decision d "D" when grade in one of (中, 差) within 10 workdays after e otherwise f',
        '决定 d "D" 当 评级 属于 任一 (中, 差) 限期 10 workdays 起于 e 其余 f',
    ),
    (
        "alert p {\n    red when x < 60%\n    yellow when x < 80%\n    blue when x < 90%\n    otherwise green\n  }",
        "预警 p {\n    红色 当 x < 60%\n    黄色 当 x < 80%\n    蓝色 当 x < 90%\n    其余 绿色\n  }",
    ),
    ('output o "O" : 万元 = a - b', '输出 o "O" : 万元 = a - b'),
    (
        'test "t" {\n    as of 2021-06-30\n    given a = 50, A3.level = "达成", b = missing\n    expect A1 = 5\n  }',
        '用例 "t" {\n    截至 2021-06-30\n    给定 a = 50, A3.档次 = "达成", b = 缺失\n    预期 A1 = 5\n  }',
    ),
    (
        'test "t" {\n    given ps = [(amount = 3, done = yes), (amount = -4)], qs = []\n  }',
        '用例 "t" {\n    给定 ps = [(amount = 3, done = 是), (amount = -4)], qs = []\n  }',
    ),
    (
        'test "t" {\n    expect grade = 优, total in [80, 90], A1 is excluded, not decision d, alert p = red\n  }',
        '用例 "t" {\n    预期 评级 = 优, 总分 属于 [80, 90], A1 为 剔除, 非 决定 d, 预警 p = 红色\n  }',
    ),
    ('test "t" {\n    examples from "c.csv"\n  }', '用例 "t" {\n    样例 自 "c.csv"\n  }'),
    (
        'test "t" {\n    given a: x = 1, y = 2\n    given "b c": x = 3\n    expect a: A1 = 5, decision d\n  }',
        '用例 "t" {\n    给定 a: x = 1, y = 2\n    给定 "b c": x = 3\n    预期 a: A1 = 5, 决定 d\n  }',
    ),
    ('veto when a "why" -> zero', '否决 当 a "why" -> 归零'),
    ("veto when a -> total 0", "否决 当 a -> 总分 0"),
    ("veto when a -> grade 差", "否决 当 a -> 评级 差"),
    ("veto when a -> grade at most 良", "否决 当 a -> 评级 至多 良"),
    ("veto when a -> flag barred", "否决 当 a -> 标记 barred"),
    ('indicator A1 "X" 5 points', '指标 A1 "X" 5分'),
    ("indicator A1 full_marks points", "指标 A1 full_marks 分"),
    ("indicator A1 weight 30%", "指标 A1 权重 30%"),
    ("indicator A1 weight 7.5", "指标 A1 权重 7.5"),
    ("indicator A1 bonus 1 point", "指标 A1 附加分 1分"),
    ("excluded share rescale", "剔除份额 折算"),
    ("excluded share lost", "剔除份额 不补"),
    ("excluded share to A.A2", "剔除份额 至 A.A2"),
    ("combine weighted mean", "汇总 加权平均"),
    ("combine first available", "汇总 取首个可用"),
    ("combine = A1 * 60% + A2 * 40%", "汇总 = A1 * 60% + A2 * 40%"),
    ("weights relative", "相对权重"),
    ("scale 0 to 100", "分值区间 0 至 100"),
    ("status worst of children", "状态 下级最差"),
    ("let rate = a / b", "令 rate = a / b"),
    ('slot X "Own" 30 points', '插槽 X "Own" 30分'),
    ('indicators from "i.csv" as mof.minmax', '指标取自 "i.csv" 作为 mof.minmax'),
    (
        'indicator A1 10 points = mof.execution(x, y: z) {\n    note "n"\n  }',
        '指标 A1 10分 = mof.execution(x, y: z) {\n    备注 "n"\n  }',
    ),
    ('check warning done <= planned "D"', '核对 警告 done <= planned "D"'),
    ("check d in ds where d.real: d.part / 2 <= d.x", "核对 d 属于 ds 其中 d.real: d.part / 2 <= d.x"),
    ('results ps from a.b version "2021" by department', '评价结果 ps 自 a.b 版本 "2021" 分组 department'),
    ("results self from a.self", "评价结果 self 自 a.self"),
    (
        "schedule s : % of month linear {\n    1 -> 0%\n    12 -> 100%\n  }",
        "进度表 s : % 的 month 线性 {\n    1 -> 0%\n    12 -> 100%\n  }",
    ),
    (
        "param p by (q, r) : one of (a, b) {\n    (red, green) -> a\n    otherwise -> b\n  }",
        "参数 p 分组 (q, r) : 任一 (a, b) {\n    (红色, 绿色) -> a\n    其余 -> b\n  }",
    ),
    (
        'test "t" {\n    given previous.grade = 差, self.total = 8, previous.A1.measure = 95%, A1.light = red\n  }',
        '用例 "t" {\n    给定 上年.评级 = 差, self.总分 = 8, 上年.A1.计量 = 95%, A1.灯色 = 红色\n  }',
    ),
    (
        'test "t" {\n    given ps = [(total = 80, rounded total = 8, grade = 优, entity = "e", A1.rate = 5%)]\n  }',
        '用例 "t" {\n    给定 ps = [(总分 = 80, 舍入后总分 = 8, 评级 = 优, 评价对象 = "e", A1.得分率 = 5%)]\n  }',
    ),
    ('use mof.common version "2020"', '引用 mof.common 版本 "2020"'),
    ('use plugin gini version "1.2"', '引用 插件 gini 版本 "1.2"'),
    (
        'define f(a : money, n : count in [0, 9] = 3, t : table) "F" tags (sector: "x", "y") {\n    measure a / n\n  }',
        '定义 f(a : money, n : 计数 属于 [0, 9] = 3, t : 数据表) "F" 标签 (sector: "x", "y") {\n    计量 a / n\n  }',
    ),
    ("define f(a : 万元/persons decimals 2 optional) = a", "定义 f(a : 万元/persons 小数位 2 可缺) = a"),
    ("define f() = g(a: b / c)", "定义 f() = g(a: b / c)"),
    ('fill X.Y {\n    note "n"\n  }', '填充 X.Y {\n    备注 "n"\n  }'),
    (
        'replace A.A1 "New" 6 points was "Old" 5 points = f(x) {\n    note "n"\n  }',
        '替换 A.A1 "New" 6分 原为 "Old" 5分 = f(x) {\n    备注 "n"\n  }',
    ),
    ('replace A1 was "Old"', '替换 A1 原为 "Old"'),
    ("replace param p : % = 65%", "替换 参数 p : % = 65%"),
    ("replace check d in ds: f(d.x) <= 3", "替换 核对 d 属于 ds: f(d.x) <= 3"),
    ("set A2 weight 6% was weight 5%", "改为 A2 权重 6% 原为 权重 5%"),
    ("set p = 65% was 60%", "改为 p = 65% 原为 60%"),
    ('remove B3 was "Old" 5 points', '删除 B3 原为 "Old" 5分'),
    ("remove waiting", "删除 waiting"),
]

IN_AN_INDICATOR = [
    ("measure spent / budget", "计量 spent / budget"),
    ("applies when b > 0 otherwise excluded", "适用条件 b > 0 其余 剔除"),
    ("applies when b > 0 otherwise 3 points", "适用条件 b > 0 其余 3分"),
    ("missing -> zero", "缺失 -> 归零"),
    ("missing -> full", "缺失 -> 满分"),
    ("missing -> pending", "缺失 -> 待定"),
    ('evidence "e"', '佐证 "e"'),
    ('note "n ""quoted"""', '备注 "n ""quoted"""'),
    ('cite "财预〔2020〕10号"', '依据 "财预〔2020〕10号"'),
    ("lights {\n      otherwise green\n    }", "信号灯 {\n      其余 绿色\n    }"),
    ("score = a between 0 and full", "评分 = a 介于 0 与 满分"),
    ("score = a unbounded", "评分 = a 不设限"),
    (
        "score curve of measure {\n      0% -> 0\n      -5 -> 1\n    } between 0 and full",
        "评分 曲线 计量 {\n      0% -> 0\n      -5 -> 1\n    } 介于 0 与 满分",
    ),
    (
        'score bands of x {\n      >= 90% -> full\n      [80%, 90%) -> 4 "g"\n      one of (3) -> 1\n    }',
        '评分 分段 x {\n      >= 90% -> 满分\n      [80%, 90%) -> 4 "g"\n      任一 (3) -> 1\n    }',
    ),
    ("score bands of x {\n      otherwise -> 0\n    }", "评分 分段 x {\n      其余 -> 0\n    }"),
    (
        'score cases {\n      when a -> 1 "t"\n      otherwise -> full\n    }',
        '评分 情形 {\n      当 a -> 1 "t"\n      其余 -> 满分\n    }',
    ),
    (
        'score judged {\n      "达成" -> [80% of full, 100% of full)\n      "无" -> (-5, -1]\n      "零" -> 0\n    }',
        '评分 评判 {\n      "达成" -> [80% 的 满分, 100% 的 满分)\n      "无" -> (-5, -1]\n      "零" -> 0\n    }',
    ),
]

TALLY_LINES = [
    (
        "x above 100%: less 0.5 points per exact 1pp, at most 3 points",
        "x 高于 100%: 扣 0.5分 按比例每 1个百分点, 至多 3分",
    ),
    ("measure away from 100%: less 1 point per exact 3pp", "计量 偏离 100%: 扣 1分 按比例每 3个百分点"),
    ("delay above 0 workdays: less 1 point per whole 5 workdays", "delay 高于 0 workdays: 扣 1分 每满 5 workdays"),
    ("a below b: plus 3 points per started 10% of b", "a 低于 b: 加 3分 每起 10% 的 b"),
    ("x below 3: less 1 point per 1pp", "x 低于 3: 扣 1分 每 1个百分点"),
    ('county: less 2 points each "Petition"', 'county: 扣 2分 每项 "Petition"'),
    (
        "v in vs where v.serious once per v.matter: less 1 point each unless v.excused",
        "v 属于 vs 其中 v.serious 去重按 v.matter: 扣 1分 每项 除非 v.excused",
    ),
    ("done: plus 1 point", "done: 加 1分"),
    ("a, b, c: plus 20% of full each", "a, b, c: 加 20% 的 满分 每项"),
    ("when x < 50%: zero", "当 x < 50%: 归零"),
    ('tally from 0 {\n        a: plus 1\n      } "Part"', '增减 自 0 {\n        a: 加 1\n      } "Part"'),
    ("between 0 and full", "介于 0 与 满分"),
    ("unbounded", "不设限"),
]

EXPRESSIONS = [
    ("1_000 + 0.5 * 95% - 2pp", "1_000 + 0.5 * 95% - 2个百分点"),
    ("5 workdays + 1_200 万元 + 3 count", "5 workdays + 1_200 万元 + 3 计数"),
    ("(a - b) / -c ^ 2", "(a - b) / -c ^ 2"),
    ("a and not b or c", "a 与 非 b 或 c"),
    ("a >= 1 and b != 2 and c = yes", "a >= 1 与 b != 2 与 c = 是"),
    ("x in [0, 30) or y in one of (甲, 乙)", "x 属于 [0, 30) 或 y 属于 任一 (甲, 乙)"),
    ("q is missing or A1 is pending", "q 为 缺失 或 A1 为 待定"),
    ("q is not missing and x - 1 is not excluded", "q 为 非 缺失 与 x - 1 为 非 剔除"),
    ("if b > 0 then a / b else 0%", "若 b > 0 则 a / b 否则 0%"),
    ('x = 2024-01-31 or y = "t"', 'x = 2024-01-31 或 y = "t"'),
    ("max(a, b) + days(s, e) + ln(x)", "最大(a, b) + days(s, e) + ln(x)"),
    ("round(x to 2 decimals half up)", "舍入(x 至 2小数位 四舍五入)"),
    ("A1.measure + A1.rate + A1.full + A1.level + A1.mark", "A1.计量 + A1.得分率 + A1.满分 + A1.档次 + A1.评定分"),
    ("total + rounded total + full", "总分 + 舍入后总分 + 满分"),
    ("sum(p.amount for p in ps where p.done skipping missing)", "合计(p.amount 对于 p 属于 ps 其中 p.done 跳过缺失)"),
    ("count(p in ps where p.late)", "计数(p 属于 ps 其中 p.late)"),
    ("count distinct(p.key for p in ps)", "去重计数(p.key 对于 p 属于 ps)"),
    ("mean(p.x for p in ps empty -> 0%)", "平均(p.x 对于 p 属于 ps 为空 -> 0%)"),
    ("share(p.x for p in ps empty -> excluded)", "占比(p.x 对于 p 属于 ps 为空 -> 剔除)"),
    ("any(p.x for p in ps) and all(p.x for p in ps)", "存在(p.x 对于 p 属于 ps) 与 全部(p.x 对于 p 属于 ps)"),
    (
        "trimmed mean(j.x for j in js drop 1 high 1 low when at least 5 empty -> missing)",
        "截尾平均(j.x 对于 j 属于 js 去除 1 个最高 1 个最低 当 至少 5 为空 -> 缺失)",
    ),
    (
        "population standard deviation(j.x for j in js empty -> 0)",
        "总体标准差(j.x 对于 j 属于 js 为空 -> 0)",
    ),
    (
        "rank(total across entities, highest first, ties share best)",
        "排名(总分 跨对象, 从高到低, 并列 取最高)",
    ),
    ("rank(x across entities, lowest first, ties share dense)", "排名(x 跨对象, 从低到高, 并列 连续名次)"),
    (
        "mean(A1.measure across entities within district where a, among those present empty -> 0)",
        "平均(A1.计量 跨同组对象 district 其中 a, 仅计有数者 为空 -> 0)",
    ),
    ("count(across entities within (a, b) where x > 3)", "计数(跨同组对象 (a, b) 其中 x > 3)"),
    ("percentile(x across entities at 75%, nearest rank)", "百分位数(x 跨对象 位于 75%, 最近名次)"),
    ("percentile rank(x across entities, strictly below)", "百分等级(x 跨对象, 严格低于)"),
    (
        "share(p by w across entities to 2 decimals largest remainder, ties by entity)",
        "占比(p 分组 w 跨对象 至 2小数位 最大余额, 同余按对象)",
    ),
    ("share(p by w across entities to 0.5 largest remainder)", "占比(p 分组 w 跨对象 至 0.5 最大余额)"),
    (
        "trimmed mean(x across entities drop 1 high 1 low when at least 5)",
        "截尾平均(x 跨对象 去除 1 个最高 1 个最低 当 至少 5)",
    ),
    ("mean(j.x for j in js quorum 3 empty -> pending)", "平均(j.x 对于 j 属于 js 法定人数 3 为空 -> 待定)"),
    ("previous(grade) = 差 or previous(A1.measure) > 3", "上年(评级) = 差 或 上年(A1.计量) > 3"),
    ("p = red and A1.light in one of (yellow, blue)", "p = 红色 与 A1.灯色 属于 任一 (黄色, 蓝色)"),
    ("self.total + p.rounded total", "self.总分 + p.舍入后总分"),
    (
        "cases {\n    when a -> 1\n    otherwise -> max(1, 2)\n  }",
        "情形 {\n    当 a -> 1\n    其余 -> 最大(1, 2)\n  }",
    ),
    (
        "if a then cases {\n    otherwise -> 1\n  } else 2",
        "若 a 则 情形 {\n    其余 -> 1\n  } 否则 2",
    ),
]


def ruleset(item: str) -> SourceText:
    return SourceText("form", f"ruleset a {{\n  {item}\n}}\n")


def chinese_ruleset(item: str) -> SourceText:
    return SourceText("form", f"规则集 a {{\n  {item}\n}}\n")


def in_indicator(english: str, chinese: str) -> tuple[str, str]:
    return f"indicator X {{\n    {english}\n  }}", f"指标 X {{\n    {chinese}\n  }}"


FORMS = [
    *IN_A_RULESET,
    *(in_indicator(*form) for form in IN_AN_INDICATOR),
    *(
        in_indicator(f"score tally from full {{\n      {line}\n    }}", f"评分 增减 自 满分 {{\n      {zh}\n    }}")
        for line, zh in [(f"a: zero\n      {en}", f"a: 归零\n      {zh}") for en, zh in TALLY_LINES]
    ),
    *((f"let x = {english}", f"令 x = {chinese}") for english, chinese in EXPRESSIONS),
]


@pytest.mark.parametrize(("english", "chinese"), FORMS)
def test_a_form_is_one_tree_in_both_languages(english: str, chinese: str) -> None:
    read = parse(ruleset(english))
    assert read.diagnostics == ()
    assert read.tree is not None
    assert len(read.tree.items) == 1
    assert parse(chinese_ruleset(chinese)).tree == read.tree
    assert unparse(read.tree, "en") == ruleset(english).text
    assert unparse(read.tree, "zh") == chinese_ruleset(chinese).text


@pytest.mark.parametrize(("english", "chinese"), FORMS)
def test_the_formatter_agrees_with_the_printer(english: str, chinese: str) -> None:
    assert format_text(chinese_ruleset(chinese), "en").text == ruleset(english).text
    assert format_text(ruleset(english), "zh").text == chinese_ruleset(chinese).text


EQUAL_TEXTS = [
    (
        "judged ranges scale both ends",
        'indicator A { score judged { "x" -> [80%, 100%] of full } }',
        'indicator A { score judged { "x" -> [80% of full, 100% of full] } }',
    ),
    (
        "an optional comma",
        'indicator A { score tally from full { a: less 1 each, at most 3, unless b, "t" } }',
        'indicator A { score tally from full { a: less 1 each at most 3 unless b "t" } }',
    ),
    (
        "the share before the brace",
        "indicator A 5 points excluded share lost { measure x }",
        "indicator A 5 points { excluded share lost; measure x }",
    ),
    ("an empty block", "indicator A {}", "indicator A"),
    (
        "parts of an input in any order",
        'input x : % source "s", optional, in [0, 1]',
        'input x : % in [0, 1] optional source "s"',
    ),
    ("full-width signs", "input x ： ％ in ［０，１．５）", "input x : % in [0, 1.5)"),
    ("full-width words", "ｉｎｐｕｔ Ａ１ : number", "input A1 : number"),
    ("other signs", "let x = a × b ÷ c ≥ −1", "let x = a * b / c >= -1"),
    ("other arrows and quotes", "veto when a “why” → zero", 'veto when a "why" -> zero'),
    ("a list comma", "input x : one of (甲、乙)", "input x : one of (甲, 乙)"),
    (
        "keywords touch digits",
        "indicator A { score tally from full { a: 扣1分 每项 } }",
        "indicator A { score tally from full { a: less 1 point each } }",
    ),
    ("singular and plural", "total 2 point", "total 2 points"),
    (
        "spacing inside a phrase",
        "indicator A { score bands   of x { one\u3000of (1) -> 1 } }",
        "indicator A { score bands of x { one of (1) -> 1 } }",
    ),
    ("an operator goes on", "let x = a +\n b\n * c", "let x = a + b * c"),
    ("a line that begins with then goes on", "let x = if a\n then b\n else c", "let x = if a then b else c"),
    ("brackets go on", "let x = max(\n a,\n\n b # why\n)", "let x = max(a, b)"),
    ("an arrow goes on", "veto when a\n -> zero", "veto when a -> zero"),
    ("semicolons", "let x = 1; let y = 2;", "let x = 1\nlet y = 2"),
    ("ranges without a space", "input x : number in [10,100]", "input x : number in [10, 100]"),
    (
        "a field may be called rate",
        "let x = mean(p.rate for p in ps empty -> 0)",
        "let x = mean(p.【rate】 for p in ps empty -> 0)",
    ),
    ("attributes in data", 'test "t" { given A3.档次 = 1 }', 'test "t" { given A3.level = 1 }'),
    ("high and low are names", "let x = high + low", "let x = 【high】 + 【low】"),
    (
        "contextual words are names",
        "let x = max(warning, plugin, dense, linear)",
        "let x = max(【warning】, 【plugin】, 【dense】, 【linear】)",
    ),
    ("an option called 警告", "input x : one of (警告, 未变)", "input x : one of (【警告】, 【未变】)"),
    (
        "a shared type",
        "define f(a, b : money, c, d : % in [0, 1]) = a",
        "define f(a : money, b : money, c : % in [0, 1], d : % in [0, 1]) = a",
    ),
    (
        "cases in brackets",
        "let x = max(cases { when a -> 1\n otherwise -> 2 },\n 3\n)",
        "let x = max(cases { when a -> 1; otherwise -> 2 }, 3)",
    ),
    ("was goes on", 'replace A1 "x"\n was "y" = f(x)', 'replace A1 "x" was "y" = f(x)'),
    (
        "who judged or overrode",
        'test "t" { given A3.override.by = "b" }',
        'test "t" { given A3.override.【by】 = "b" }',
    ),
]


@pytest.mark.parametrize(
    ("one", "other"), [texts[1:] for texts in EQUAL_TEXTS], ids=[texts[0] for texts in EQUAL_TEXTS]
)
def test_two_ways_to_write_are_one_tree(one: str, other: str) -> None:
    read, expected = parse(ruleset(one)), parse(ruleset(other))
    assert read.diagnostics == expected.diagnostics == ()
    assert read.tree == expected.tree


HEADERS = [
    (
        'ruleset a.b "A" version "2" extends c.d version "1" unchanged "9f3a" {\n}\n',
        '规则集 a.b "A" 版本 "2" 扩展 c.d 版本 "1" 未变 "9f3a" {\n}\n',
    ),
    ('ruleset a extends b unchanged "9f" {\n}\n', '规则集 a 扩展 b 未变 "9f" {\n}\n'),
    ('library a.b "A" version "2" {\n  define f() = 1\n}\n', '规则库 a.b "A" 版本 "2" {\n  定义 f() = 1\n}\n'),
]


@pytest.mark.parametrize(("english", "chinese"), HEADERS)
def test_a_header_is_one_tree_in_both_languages(english: str, chinese: str) -> None:
    read = parse(SourceText("form", english))
    assert read.diagnostics == ()
    assert read.tree is not None
    assert parse(SourceText("form", chinese)).tree == read.tree
    assert (unparse(read.tree, "en"), unparse(read.tree, "zh")) == (english, chinese)
    assert format_text(SourceText("form", english), "zh").text == chinese


@pytest.mark.parametrize("one", ["1", "１"])
def test_the_formatter_writes_the_singular_after_one_and_only_there(one: str) -> None:
    clauses = (
        "total {one} points at most 1 points, round leaves to {one} decimals half up, param k : points = -{one} points,"
        "param l : points = 1.0 point, param m : points = 21 point, set A2 {one} points was 1 points,"
        "output o : number = round(x to {one} significant digits half up)"
    )
    written = ruleset("\n".join(clauses.format(one=one).split(",")))
    english = format_text(written).text
    assert [line.strip() for line in english.split("\n")[1:-2]] == [
        "total 1 point at most 1 point",
        "round leaves to 1 decimal half up",
        "param k : points = -1 point",
        "param l : points = 1.0 points",
        "param m : points = 21 points",
        "set A2 1 point was 1 point",
        "output o : number = round(x to 1 significant digit half up)",
    ]
    chinese = format_text(SourceText("form", english), "zh").text
    assert format_text(SourceText("form", chinese), "en").text == english


def test_a_minus_or_a_comparison_begins_a_statement() -> None:
    text = "indicator A { score bands of x { [0, 1] -> 2\n < 0 -> 1\n } }"
    curve = "indicator A { score curve of x { -3 -> 2\n -2 -> 1\n } }"
    assert parse(ruleset(text)).diagnostics == ()
    assert parse(ruleset(curve)).diagnostics == ()
