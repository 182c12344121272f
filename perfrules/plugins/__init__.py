"""Plug-ins: methods and readers that installed packages offer, and what their authors build them with.

They are loaded only where the caller allows them by name. See docs/how-to/write-a-plugin.md.
"""

from perfrules.lang.interval import Interval
from perfrules.plugins.protocol import ComputingMethod, ExpandingMethod, Reader, Shown
from perfrules.plugins.signature import Parameter, Signature
from perfrules.plugins.term import BuildError, Term

__all__ = [
    "BuildError",
    "ComputingMethod",
    "ExpandingMethod",
    "Interval",
    "Parameter",
    "Reader",
    "Shown",
    "Signature",
    "Term",
]
