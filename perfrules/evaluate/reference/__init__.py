"""The meaning of the core: small, slow, in exact rationals. Every other back end is compared with it."""

from perfrules.evaluate.reference.nodes import evaluate_about_record, evaluate_beside, evaluate_nodes

__all__ = ["evaluate_about_record", "evaluate_beside", "evaluate_nodes"]
