"""What can be read of the results of a ruleset: by which name, of which kind, in which range."""

from __future__ import annotations

from attrs import frozen

from perfrules.ir.inputs import Bounds
from perfrules.lang.kinds import Kind

TOTAL = "total"
ROUNDED_TOTAL = "rounded total"
GRADE = "grade"
ENTITY = "entity"


@frozen(kw_only=True)
class Readable:
    """One value of a result: its *name* as authors write it after a dot (`total`, `A.A1`, `A.A1.measure`, `take_back`).

    *reads* says where it stands in a result, as in `External.reads`. *optional*: it can be without a value where the
    result is final, because something does not apply or is missing.
    """

    name: str
    reads: str
    kind: Kind
    title: str | None = None
    unit_text: str = ""
    bounds: Bounds | None = None
    optional: bool = False


@frozen(kw_only=True)
class ResultShape:
    """The readable values of the results of one ruleset, in the order of the ruleset."""

    ruleset: str
    version: str | None
    readables: tuple[Readable, ...]
