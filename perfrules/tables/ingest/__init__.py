"""Tables of any kind as blocks of columns, read in place and held against the declarations."""

from perfrules.tables.ingest.block import FrameBlock
from perfrules.tables.ingest.sources import Kind, NotATable
from perfrules.tables.ingest.table_in import BLOCK_ROWS, TableIn, open_table

__all__ = ["BLOCK_ROWS", "FrameBlock", "Kind", "NotATable", "TableIn", "open_table"]
