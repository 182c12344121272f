"""The list of classes is complete, and none of them holds what could not be told apart when it is read back."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import pytest

from perfrules.cache.classes import CLASSES, ENUMS, EXPRESSIONS, type_name
from perfrules.cache.key import COMPILING
from perfrules.cache.read import read_section
from perfrules.cache.write import NotKept, written
from perfrules.diagnostics import Arguments, Code, Diagnostic, Word
from perfrules.ir import expressions as core
from perfrules.ir import inputs, marks, operations, origin, plan, ruletests
from perfrules.ir.inputs import Facts
from perfrules.lang.exact import Exact
from perfrules.lang.states import State
from perfrules.text import Span
from tests.support.kept import everything_in

ROOT = Path(__file__).parents[3]
WORDS = {each.__name__ for each in ENUMS}
NOT_KEPT = {"Core", "Computed", "Broken", "Origin", "Plan", "PluginIdentity", "Rubric"}
"""Made otherwise, or never part of a plan that is kept."""
FIELDS = [(cls, field) for cls in CLASSES for field in attrs.fields(cls) if field.init]


def test_every_class_of_the_core_is_listed() -> None:
    modules = (core, inputs, marks, operations, origin, plan, ruletests)
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and attrs.has(value) and value.__module__.startswith("perfrules.ir")
    }
    assert {each.__name__ for each in found - set(CLASSES)} == NOT_KEPT


@pytest.mark.parametrize(("cls", "field"), FIELDS, ids=lambda each: getattr(each, "__name__", each.__class__.__name__))
def test_a_field_can_be_told_apart(cls: type, field: attrs.Attribute[Any]) -> None:
    """Words of enumerations stand alone, tuples never begin with whole numbers, mappings are in facts only."""
    names = set(re.findall(r"\w+", field.type if isinstance(field.type, str) else str(field.type)))
    assert type_name(field) in WORDS or not names & WORDS
    assert not re.search(r"tuple\[(int|bool)", str(field.type))
    assert not names & {"Mapping", "dict", "list", "set"} or cls is Facts
    for each in names & {each.__name__ for each in every_enum()}:
        assert each in WORDS


def every_enum() -> Iterator[type[StrEnum]]:
    waiting = [StrEnum]
    while waiting:
        for each in waiting.pop().__subclasses__():
            if each.__module__.startswith(("perfrules.ir", "perfrules.lang", "perfrules.diagnostics")):
                yield each


SAMPLES: list[Any] = [
    "text \ud800 文",
    True,
    None,
    12345678901234567890123,
    Exact(1, 3),
    Exact(-(10**300)),
    date(2024, 2, 29),
    State.MISSING,
    (),
    ((),),
    (True, 1),
    frozenset({date(2024, 1, 1), date(2023, 1, 1)}),
    MappingProxyType({"a": Exact(1), "b": ((),)}),
    Arguments({"names": ("a", Word("b")), "count": 3, "word": Word("end-of-file")}),
    Diagnostic(Code.UNKNOWN_NAME, at=Span("a", 0, 4), args={"name": Word("x")}),
    Facts(entity="e", values={"t": ({"x": Exact(1)}, MappingProxyType({"x": State.PENDING}))}, as_of=date(2024, 1, 1)),
]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda each: type(each).__name__)
def test_a_value_is_read_back_as_it_was(sample: Any) -> None:
    assert everything_in(read_section(written([sample, sample]))) == everything_in((sample, sample))


def test_an_expression_that_is_used_twice_is_one_object_again_and_equals_stay_apart() -> None:
    shared, equal = core.Const(Exact(1)), core.Const(Exact(1))
    both = core.Arith(core.ArithOp.ADD, (shared, shared, equal))
    [again] = read_section(written([both]))
    assert again == both
    assert again.operands[0] is again.operands[1]
    assert again.operands[0] is not again.operands[2]


def test_what_a_plugin_computes_is_not_kept() -> None:
    assert core.Computed not in EXPRESSIONS
    with pytest.raises(NotKept):
        written([core.Computed(function=object(), operands=())])  # type: ignore[arg-type]
    with pytest.raises(NotKept):
        written([core.Const(Exact(1), origin=core.Origin("x", call=object()))])  # type: ignore[arg-type]


def test_the_key_covers_all_code_that_compiling_loads() -> None:
    """What is listed is all that `stages` reaches, but for what reads files and keeps what was made."""
    script = """
import sys
import perfrules.stages
from perfrules.compose.search import Place, Search
from perfrules.text import SourceText
import pathlib
for path in sorted(pathlib.Path("rulesets").rglob("*.perfrules")):
    source = SourceText(str(path), path.read_text("utf-8"))
    def read(name, folder=path.parent):
        file = folder / name
        return file.read_bytes() if file.is_file() else None
    others = [Place(lambda name: pathlib.Path("rulesets", name).read_bytes() if pathlib.Path("rulesets", name).is_file()
                    else None)]
    perfrules.stages.compiled_text(source, (), Search(Place(read), others), ())
print("\\n".join(name for name in sys.modules if name.startswith("perfrules.")))
"""
    environ = {"PYTHONPATH": str(ROOT), "PATH": ""}
    found = subprocess.run(
        [sys.executable, "-c", script], check=True, cwd=ROOT, env=environ, capture_output=True, text=True
    )
    loaded = {name.split(".")[1] for name in found.stdout.split()}
    assert loaded <= {each.removesuffix(".py") for each in COMPILING}
