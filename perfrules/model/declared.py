"""What a ruleset declares, before any of its rules is looked at."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from perfrules.ir.inputs import InputDeclaration
from perfrules.lang.calendar import Calendar
from perfrules.lang.units import UnitTable
from perfrules.model.names import Names
from perfrules.model.plugins import NO_PLUGINS, UsedPlugins
from perfrules.model.resources import ReadResource


@frozen(kw_only=True)
class Declared:
    """Units, names, inputs (tables among them, in the order written), calendar, period and plug-ins of a ruleset."""

    units: UnitTable
    names: Names
    inputs: tuple[InputDeclaration, ...]
    calendar: Calendar | None
    period: tuple[date, date] | None
    read_resource: ReadResource
    plugins: UsedPlugins = NO_PLUGINS
