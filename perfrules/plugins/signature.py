"""What a plug-in's method takes and returns, in plain words.

A kind is one of `number`, `ratio`, `%`, `pp`, `points`, `any number`, `yes/no`, `date`, `text`; a dimension (`money`,
`area`, `length`, `persons`, `count`, `days`, `workdays`, `months`, `mass`): any unit of it; or a built-in unit
(`万元`), into which the value is converted. `full marks` is for a parameter that the ruleset does not write: the full
marks of the indicator that the call stands in.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from perfrules.lang import kinds
from perfrules.lang.kinds import Kind
from perfrules.lang.units import BUILT_IN, Unit

FULL_MARKS: Final = "full marks"
ANY_NUMBER: Final = "any number"
RATIO: Final = "ratio"

PLAIN: Final[dict[str, Kind]] = {
    "number": kinds.Number(),
    RATIO: kinds.Ratio(),
    "%": kinds.Percent(),
    "pp": kinds.PercentagePoints(),
    "points": kinds.Points(),
    "yes/no": kinds.YesNo(),
    "date": kinds.Date(),
    "text": kinds.Text(),
    FULL_MARKS: kinds.Points(),
}
_BASE_UNITS: Final = {
    "money": "元",
    "area": "亩",
    "length": "km",
    "persons": "persons",
    "count": "count",
    "days": "days",
    "workdays": "workdays",
    "months": "months",
    "mass": "tonnes",
}
_NOT_COMPUTED: Final = frozenset({"yes/no", "date", "text", ANY_NUMBER})


@frozen
class Parameter:
    """One value a method takes. A *repeated* parameter, only the last, takes one value or more."""

    name: str
    kind: str
    repeated: bool = False


@frozen
class Signature:
    """The parameters of a method, in order, and the kind of its result."""

    parameters: tuple[Parameter, ...]
    result: str

    @property
    def written(self) -> tuple[Parameter, ...]:
        """The parameters that a ruleset writes."""
        return tuple(each for each in self.parameters if each.kind != FULL_MARKS)

    def of_each(self, count: int) -> Iterator[Parameter]:
        """Yield the parameter of each of *count* values written."""
        for position in range(count):
            yield self.written[min(position, len(self.written) - 1)]

    def takes(self, count: int) -> bool:
        """Tell whether so many values can be given.

        >>> Signature((Parameter("x", "number", repeated=True),), "number").takes(3)
        True
        """
        least = len(self.written)
        return count >= least if self._is_open else count == least

    @property
    def count_text(self) -> str:
        """Say how many values can be given."""
        return f"≥ {len(self.written)}" if self._is_open else str(len(self.written))

    @property
    def _is_open(self) -> bool:
        return bool(self.written) and self.written[-1].repeated


def wrong_signature(signature: Signature, *, computes: bool) -> str:
    """Say what is wrong with a signature, to the plug-in's author; nothing where it can be used."""
    names = [each.name for each in signature.parameters]
    if len(set(names)) < len(names) or not all(names):
        return "two parameters have one name, or one has none"
    if any(each.repeated for each in signature.parameters[:-1]):
        return "only the last parameter can be repeated"
    unknown = [kind for kind in (*(each.kind for each in signature.parameters), signature.result) if not _is_kind(kind)]
    if unknown:
        return f"there is no kind {unknown[0]!r}"
    if signature.result == FULL_MARKS:
        return "the result cannot be 'full marks'"
    if computes and _NOT_COMPUTED & {signature.result, *_kinds_of(signature)}:
        return "a computing method states the kind of each number that it takes and returns"
    return ""


def unit_meant(kind: str) -> Unit | None:
    """Return the unit that a word names, or the base unit of the dimension that it names.

    >>> unit_meant("money").name, unit_meant("ratio")
    ('元', None)
    """
    return BUILT_IN.get(_BASE_UNITS.get(kind, kind))


def is_dimension(kind: str) -> bool:
    """Tell whether a word names a dimension, so that any unit of it will do."""
    return kind in _BASE_UNITS


def result_kind(signature: Signature) -> Kind:
    """Return the kind of what a computing method returns; a quantity is in the base unit of its dimension."""
    unit = unit_meant(signature.result)
    return PLAIN[signature.result] if unit is None else kinds.Quantity(unit)


def _kinds_of(signature: Signature) -> set[str]:
    return {each.kind for each in signature.parameters}


def _is_kind(kind: str) -> bool:
    return kind in PLAIN or kind == ANY_NUMBER or unit_meant(kind) is not None
