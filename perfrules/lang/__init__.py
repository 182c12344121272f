"""The values of the language: exact numbers, rounding, units, kinds, states, dates, names and intervals.

Imports nothing else of perfrules. No float: a Python float enters once, through its shortest decimal text.
"""
