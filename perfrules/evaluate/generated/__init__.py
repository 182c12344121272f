"""The same meaning as `reference`, by generated code over whole numbers; fast, and compared with it on every digit."""

from perfrules.evaluate.generated.nodes import TAKEN, Way, evaluate_nodes

__all__ = ["TAKEN", "Way", "evaluate_nodes"]
