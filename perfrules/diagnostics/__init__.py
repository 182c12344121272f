"""Problems as data: codes, places, arguments and fixes; the words and the renderers are submodules."""

from perfrules.diagnostics.arguments import Argument, Arguments, Word
from perfrules.diagnostics.codes import SEVERITY, Code, Severity
from perfrules.diagnostics.diagnostic import (
    DataPlace,
    Diagnostic,
    Edit,
    Fix,
    Labelled,
    apply_fix,
    has_errors,
    in_order,
)

__all__ = [
    "SEVERITY",
    "Argument",
    "Arguments",
    "Code",
    "DataPlace",
    "Diagnostic",
    "Edit",
    "Fix",
    "Labelled",
    "Severity",
    "Word",
    "apply_fix",
    "has_errors",
    "in_order",
]
