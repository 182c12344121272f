"""Sealed evaluation records: one file from which anyone can re-perform a score.

`make_record` scores and seals; `open_record` checks every byte without computing; `replay` computes again and names the
first difference.
"""

from perfrules.record.integrity import Fault, FaultKind
from perfrules.record.opening import NotARecord, Opened, open_record
from perfrules.record.seal import Record, RecordTooLarge, make_record

__all__ = [
    "Fault",
    "FaultKind",
    "NotARecord",
    "Opened",
    "Record",
    "RecordTooLarge",
    "make_record",
    "open_record",
]
