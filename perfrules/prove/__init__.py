"""Plan → what holds for every input, and what is still possible while something is pending."""

from perfrules.prove.declared import declared
from perfrules.prove.enclose import enclose, enclose_plan
from perfrules.prove.enclosure import Enclosure

__all__ = ["Enclosure", "declared", "enclose", "enclose_plan"]
