"""Data in: one cell, one row, one file of any format, as the facts a plan asks for, with every problem of the data."""

from perfrules.readers.limits import Limits
from perfrules.readers.mapping import read_mapping, read_mappings
from perfrules.readers.raw import ReadOptions
from perfrules.readers.rows import DataRead, EntityRow
from perfrules.readers.table import read_data

__all__ = ["DataRead", "EntityRow", "Limits", "ReadOptions", "read_data", "read_mapping", "read_mappings"]
