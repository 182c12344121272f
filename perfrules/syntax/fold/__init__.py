"""The grammar's rules to tree nodes: one function per rule, named after it, in the module of its subject."""

from perfrules.syntax.fold.table import callbacks

__all__ = ["callbacks"]
