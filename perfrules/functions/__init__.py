"""Built-in functions: one family per file, one explicit table; each expands into the core."""

from perfrules.functions.signature import Function
from perfrules.functions.table import find_function, function_names

__all__ = ["Function", "find_function", "function_names"]
