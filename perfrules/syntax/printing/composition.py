"""Files that build on one another as text."""

from __future__ import annotations

from typing import assert_never

from perfrules.syntax.ast.composition import (
    Definition,
    DefinitionParameter,
    Extends,
    Fill,
    Overlay,
    Remove,
    ReplaceIndicator,
    ReplaceItem,
    SetAmount,
    SetParameter,
    TableType,
    Tag,
    Use,
    Was,
)
from perfrules.syntax.printing.clauses import amount, clauses, made_of, titled_amount
from perfrules.syntax.printing.declarations import declaration, type_
from perfrules.syntax.printing.expressions import expression, range_
from perfrules.syntax.printing.voice import Voice, block, name, path, text, title, version

Composition = Use | Definition | Overlay


def composition(tree: Composition, voice: Voice) -> str:
    """Return one item that builds on another file, or that others build on."""
    match tree:
        case Use():
            plugin = f" {voice.word('PLUGIN')}" if tree.plugin else ""
            return f"{voice.word('USE')}{plugin} {path(tree.name)}{version(tree.version, voice)}"
        case Definition():
            return _definition(tree, voice)
        case Fill():
            return block(f"{voice.word('FILL')} {path(tree.slot)}", clauses(tree.clauses, voice))
        case ReplaceIndicator() | ReplaceItem():
            return _replace(tree, voice)
        case SetAmount(path=of, amount=new, was=old):
            return f"{voice.word('SET')} {path(of)} {amount(new, voice)} {voice.word('WAS')} {amount(old, voice)}"
        case SetParameter(value=value, was=was):
            written = f"{name(tree.name)} = {expression(value, voice)}"
            return f"{voice.word('SET')} {written} {voice.word('WAS')} {expression(was, voice)}"
        case Remove():
            return f"{voice.word('REMOVE')} {path(tree.path)}" + ("" if tree.was is None else _was(tree.was, voice))
        case _:
            assert_never(tree)


def extends(tree: Extends, voice: Voice) -> str:
    """Return `extends pinghu.department version "2021" unchanged "9f3ac0de"`."""
    unchanged = "" if tree.unchanged is None else f" {voice.word('UNCHANGED')} {text(tree.unchanged)}"
    return f"{voice.word('EXTENDS')} {path(tree.name)}{version(tree.version, voice)}{unchanged}"


def _definition(tree: Definition, voice: Voice) -> str:
    parameters = ", ".join(_parameter(each, voice) for each in tree.parameters)
    head = f"{voice.word('DEFINE')} {name(tree.name)}({parameters}){title(tree.title)}"
    if tree.tags:
        head += f" {voice.word('TAGS')} ({', '.join(_tag(each) for each in tree.tags)})"
    if isinstance(tree.body, tuple):
        return block(head, clauses(tree.body, voice))
    return f"{head} = {expression(tree.body, voice)}"


def _parameter(tree: DefinitionParameter, voice: Voice) -> str:
    type_word = voice.word("TABLE") if isinstance(tree.type, TableType) else type_(tree.type, voice)
    parts = [f"{name(tree.name)} : {type_word}"]
    if tree.decimals is not None:
        parts.append(f"{voice.word('DECIMALS')} {tree.decimals}")
    if tree.range is not None:
        parts.append(f"{voice.word('IN')} {range_(tree.range, voice)}")
    if tree.optional:
        parts.append(voice.word("OPTIONAL"))
    if tree.default is not None:
        parts.append(f"= {expression(tree.default, voice)}")
    return " ".join(parts)


def _tag(tree: Tag) -> str:
    return text(tree.value) if tree.key is None else f"{name(tree.key)}: {text(tree.value)}"


def _replace(tree: ReplaceIndicator | ReplaceItem, voice: Voice) -> str:
    head = voice.word("REPLACE")
    if isinstance(tree, ReplaceItem):
        return f"{head} {declaration(tree.item, voice)}"
    new = tree.indicator
    written = f"{head} {path(tree.path)}{titled_amount(new.title, new.amount, voice)}"
    return written + _was(tree.was, voice) + made_of(new, voice)


def _was(tree: Was, voice: Voice) -> str:
    return f" {voice.word('WAS')}{titled_amount(tree.title, tree.amount, voice)}"
