"""Model → plan: the veto-free copies, the reading edges, the order of evaluation and the hashes."""

from perfrules.plan.make_plan import Planned, make_plan

__all__ = ["Planned", "make_plan"]
