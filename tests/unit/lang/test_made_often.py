"""Classes whose values are made often: as frozen as any other, and none that needs the constructor of attrs."""

from __future__ import annotations

import attrs
import pytest

from perfrules.ir.expressions import Origin
from perfrules.made_often import made_often
from perfrules.text import Span


def test_values_stay_frozen() -> None:
    span = Span("a", 1, 2)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        span.start = 3  # type: ignore[misc]  # what is tested
    assert span == Span("a", 1, 2)


def test_fields_left_out_get_what_they_default_to() -> None:
    assert Origin("curve") == Origin("curve", role="", span=None, title=None)
    assert attrs.evolve(Origin("curve"), role="x") == Origin("curve", "x")


def test_each_value_gets_its_own_of_what_is_made_by_default() -> None:
    @made_often
    @attrs.frozen
    class Listed:
        members: list[int] = attrs.field(factory=list)

    assert Listed().members is not Listed().members


def test_a_class_that_does_more_when_its_values_are_made_is_refused() -> None:
    @attrs.frozen
    class Checked:
        size: int

        def __attrs_post_init__(self) -> None:
            raise AssertionError

    @attrs.frozen
    class Converted:
        size: int = attrs.field(converter=int)

    for cls in (Checked, Converted):
        with pytest.raises(TypeError, match="needs the constructor of attrs"):
            made_often(cls)
