"""Tables of any kind as blocks of columns, read in place and held against the declarations."""

from perfrules.tables.ingest.block import FrameBlock
from perfrules.tables.ingest.sources import Kind, NotATable
from perfrules.tables.ingest.table_in import TableIn, open_table

__all__ = ["FrameBlock", "Kind", "NotATable", "TableIn", "open_table"]
