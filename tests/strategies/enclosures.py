"""What it means that a value lies in an enclosure."""

from datetime import date

from perfrules.ir.inputs import FactValue
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.prove.enclosure import Enclosure


def is_inside(value: FactValue, enclosed: Enclosure) -> bool:
    """Tell whether *enclosed* allows *value*."""
    if enclosed.reported:
        return True
    match value:
        case State():
            return value in enclosed.states
        case bool():
            return value in enclosed.booleans
        case str():
            return enclosed.texts is None or value in enclosed.texts
        case date():
            return enclosed.days is not None and Exact(value.toordinal()) in enclosed.days
        case tuple():
            fields = enclosed.records.fields if enclosed.records else {}
            return all(is_inside(cell, fields[name]) for record in value for name, cell in record.items())
        case _:
            on_lattice = (
                enclosed.step is None or value == 0 or (enclosed.step != 0 and (value / enclosed.step) % 1 == 0)
            )
            zero_allowed = value != 0 or not enclosed.nonzero
            return enclosed.numbers is not None and value in enclosed.numbers and on_lattice and zero_allowed
