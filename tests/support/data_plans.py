"""Plans made by hand for tests of data in and results out."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from perfrules.ir import expressions as core
from perfrules.ir.expressions import ArithOp, JudgedLevel
from perfrules.ir.inputs import Bounds, InputDeclaration, JudgedDeclaration, WrittenAs
from perfrules.ir.plan import MarksStyle, Node, OutlineItem, Plan, Role
from perfrules.lang.exact import Exact
from perfrules.lang.kinds import Choice, Date, Kind, Number, Percent, Points, Quantity, Table, Text, YesNo
from perfrules.lang.units import BUILT_IN


def bounds(low: int, high: int) -> Bounds:
    return Bounds(Exact(low), Exact(high))


def quantity(unit: str) -> Quantity:
    return Quantity(BUILT_IN[unit])


def declare(name: str, kind: Kind, title: str | None = None, unit_text: str = "", **more: object) -> InputDeclaration:
    return evolve(InputDeclaration(name=name, title=title, kind=kind, unit_text=unit_text), **more)


STAFF = declare("staff", quantity("persons"), "Staff in post", "persons", decimals=0, bounds=bounds(0, 5000))
SPENT = declare("spent", quantity("万元"), "Spent this year", "万元", decimals=6, bounds=bounds(0, 10_000_000))
AREA = declare("area", quantity("亩"), "耕地面积", "亩", bounds=bounds(0, 100_000), optional=True)
RATE = declare("rate", Percent(), "Execution rate", "%", decimals=2, bounds=bounds(0, 1))
BY_RATIO = declare("by_ratio", Percent(), "By ratio", "%", written_as=WrittenAs.RATIO, optional=True)
DONE = declare("done", YesNo(), "Done", "yes/no", optional=True)
TOWN = declare("town", Choice(("central", "偏远")), "Kind of town", options=("central", "偏远"), optional=True)
CLOSED = declare("closed", Date(), "Closed on", "date", optional=True)
NOTE = declare("note", Text(), "Remarks", "text", optional=True)
AMOUNT = declare("amount", quantity("万元"), "Project amount", "万元", bounds=bounds(0, 1000))
FINISHED = declare("finished", YesNo(), "Finished", "yes/no", optional=True)
PROJECTS = declare(
    "projects",
    Table((("amount", AMOUNT.kind), ("finished", FINISHED.kind))),
    "Projects of the year",
    fields=(AMOUNT, FINISHED),
    optional=True,
)
INPUTS = (STAFF, SPENT, AREA, RATE, BY_RATIO, DONE, TOWN, CLOSED, NOTE, PROJECTS)
GOOD = {"department": "Parks", "staff": "12", "spent": "1,200.5", "rate": "95%"}


def points(number: int) -> core.Const:
    return core.Const(Exact(number), kind=Points())


def refer(node: str) -> core.NodeRef:
    return core.NodeRef(node, kind=Points())


def judged_score() -> core.Judged:
    full = refer("A.A2/full")
    most = core.Arith(ArithOp.MULTIPLY, (core.Const(Exact(4, 5), kind=Percent()), full), kind=Points())
    levels = (JudgedLevel("met", most, full, True, True), JudgedLevel("not met", points(0), most, True, False))
    return core.Judged("A.A2", levels, kind=Points())


def item(code: str, short: str, title: str, *children: OutlineItem) -> OutlineItem:
    return OutlineItem(
        code=code, short=short, title=title, style=MarksStyle.POINTS, amount_text="10 points", children=children
    )


def make_plan(*inputs: InputDeclaration) -> Plan:
    """A plan of `staff / 1000` and a judged indicator, whose data are *inputs* (all of `INPUTS` if there are none)."""
    staff = core.Input("staff", kind=STAFF.kind)
    rate = core.Arith(ArithOp.DIVIDE, (staff, core.Const(Exact(1500), kind=Number())), kind=Points())
    total = core.Arith(
        ArithOp.ADD, (core.NodeRef("A.A1", kind=Points()), core.NodeRef("A.A2", kind=Points())), kind=Points()
    )
    nodes = (
        Node(id="A.A1/score", role=Role.SCORE, expr=rate, kind=Points(), indicator="A.A1"),
        Node(
            id="A.A1",
            role=Role.FINAL,
            expr=core.Overridable("A.A1", refer("A.A1/score"), kind=Points()),
            kind=Points(),
            indicator="A.A1",
        ),
        Node(id="A.A2/full", role=Role.FULL, expr=points(10), kind=Points(), indicator="A.A2"),
        Node(id="A.A2/score", role=Role.SCORE, expr=judged_score(), kind=Points(), indicator="A.A2"),
        Node(id="A.A2", role=Role.FINAL, expr=refer("A.A2/score"), kind=Points(), indicator="A.A2"),
        Node(id="A", role=Role.FINAL, expr=total, kind=Points(), indicator="A"),
        Node(id="total", role=Role.TOTAL, expr=refer("A"), kind=Points()),
    )
    children = (item("A.A1", "A1", "Staffing"), item("A.A2", "A2", "Effect"))
    return Plan(
        name="town.department",
        title="Departments",
        version="2021",
        language_version="1",
        source_hash="sha256:aa",
        compiled_hash="sha256:bb",
        authority=("Town",),
        citations=(),
        effective=(date(2021, 1, 1), date(2021, 12, 31)),
        entity_name="department",
        entity_title="部门",
        inputs=inputs or INPUTS,
        judged=(JudgedDeclaration(code="A.A2", title="Effect", levels=("met", "not met")),),
        nodes=nodes,
        edges=(),
        outline=(item("A", "A", "All", *children),),
        vetoes=(),
        grades=(),
        grade_stage=None,
        total_full=points(20),
        decisions=(),
        alerts=(),
        outputs=(),
        flags=(),
        as_of_dates=(),
        as_of_default=date(2021, 12, 31),
        calendar=None,
    )


PLAN = make_plan()
