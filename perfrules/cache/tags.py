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
    """An origin: construct, role, title, given; then file, start and end, where it has a place."""
    LIKE = 2
    """An origin with all but the place of the origin of this number; then start and end."""
    SPAN = 3
    """A place: the name of its file, or the number of a name told before; start and end."""
    EXACT = 4
    """A number: numerator; denominator, if not 1."""
    DATE = 5
    """A day, by its ordinal."""
    STATE = 6
    """A state, by its word."""
    DICT = 7
    """A mapping: name, value, name, value …"""
    READ_ONLY = 8
    """A mapping that is read-only."""
    SET = 9
    """A frozen set, in order."""
    WORD = 10
    """A key of the catalogue."""
    ARGUMENTS = 11
    """The arguments of a message, as a mapping."""
    LATER = 12
    """A tuple that stands in sections of its own: their name, its length."""


FIRST_CLASS: Final = 16
"""The tag of the first listed class."""
