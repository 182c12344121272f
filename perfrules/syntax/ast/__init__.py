"""The tree of a ruleset: what the author wrote, before any name is looked up.

Every class quotes the source form it stands for. Trees are frozen; equality ignores spans, so a tree that was printed
and parsed again equals itself.
"""
