"""How each family of core expressions is enclosed; the table says which function encloses which class."""

from perfrules.prove.families.table import FAMILIES

__all__ = ["FAMILIES"]
