"""A plan as a tape: each construct of the core as a few operations on columns of values and of states."""

from perfrules.batch.lower.of_plan import lower

__all__ = ["lower"]
