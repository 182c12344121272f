"""The core: typed expressions and a graph of named nodes. Every back end understands only this.

Surface constructs (bands, curves, tallies …) are expanded into it by `methods` and `model`; it knows nothing of syntax.
"""
