"""Scored evaluation rules: a rubric written as text, checked before use, evaluated exactly."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfrules.api import (
        Compiled,
        Result,
        Results,
        Ruleset,
        RulesetError,
        compile,  # noqa: A004 - the word of the field
        compile_file,
        load,
        loads,
    )
    from perfrules.tables.error import TableError
    from perfrules.together import score_together

__all__ = [
    "Compiled",
    "Result",
    "Results",
    "Ruleset",
    "RulesetError",
    "TableError",
    "compile",
    "compile_file",
    "load",
    "loads",
    "score_together",
]


def __getattr__(name: str) -> object:
    """Load the front door when it is first used: `import perfrules` alone stays cheap."""
    if name not in __all__:
        raise AttributeError(f"module 'perfrules' has no attribute {name!r}")
    from perfrules.lang.collector import collector_paused

    with collector_paused():  # what is loaded stays
        from perfrules import api

    if name == "TableError":
        from perfrules.tables.error import TableError

        return TableError
    if name == "score_together":
        from perfrules.together import score_together

        return score_together
    return getattr(api, name)
