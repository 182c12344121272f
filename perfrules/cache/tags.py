"""How things are written in JSON: numbers that stand first in a list and say what the list is.

A list that does not begin with a whole number is a tuple. Text, whole numbers, truth values and None stand for
themselves.
"""

from enum import IntEnum
from typing import Final


class Tag(IntEnum):
    """What is no object of a listed class."""

    AGAIN = 0
    """The object of this number, counted from 0 in the order in which they begin."""
    ORIGIN = 1
    """An origin: the number of one told before, or construct, role, title, given and file; then start and end, None
    where it has no place."""
    SPAN = 2
    """A place: the name of its file, or the number of a name told before; start and end."""
    EXACT = 3
    """A number: numerator; denominator, if not 1."""
    DATE = 4
    """A day, by its ordinal."""
    STATE = 5
    """A state, by its word."""
    DICT = 6
    """A mapping: name, value, name, value …"""
    READ_ONLY = 7
    """A mapping that is read-only."""
    SET = 8
    """A frozen set, in order."""
    WORD = 9
    """A key of the catalogue."""
    ARGUMENTS = 10
    """The arguments of a message, as a mapping."""
    LATER = 11
    """A tuple that stands in sections of its own: their name, its length."""


FIRST_CLASS: Final = 16
"""The tag of the first listed class.

In front of the fields of an expression or a node stand its kind, or the number of one told so before, and its origin as
above, without a tag.
"""
