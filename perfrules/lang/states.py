"""What a value can be, besides a value: the four states that are never silently turned into each other."""

from datetime import date
from enum import Enum
from typing import Final, TypeAlias

from perfrules.lang.exact import Exact


class State(Enum):
    """Why there is no value. Deliberately no text: an input may hold the text `missing`."""

    MISSING = "missing"
    """Data should be there and is not."""
    EXCLUDED = "excluded"
    """The thing asked about does not apply."""
    PENDING = "pending"
    """A person has yet to decide."""
    REFUSED = "refused"
    """The data failed its declaration."""

    def __str__(self) -> str:
        return self.value


Value: TypeAlias = Exact | bool | str | date | State

_STRONGEST_FIRST: Final = (State.REFUSED, State.MISSING, State.EXCLUDED, State.PENDING)


def join(first: State, *others: State) -> State:
    """Return the state of what needs all of these: refused before missing before excluded before pending.

    >>> join(State.PENDING, State.MISSING)
    <State.MISSING: 'missing'>
    >>> join(State.PENDING, State.EXCLUDED, State.REFUSED)
    <State.REFUSED: 'refused'>
    """
    return min((first, *others), key=_STRONGEST_FIRST.index)
