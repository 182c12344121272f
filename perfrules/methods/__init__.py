"""The ways to score: one file each, which checks what its construct accepts and expands it into core expressions.

A method sees the author's tree, the means to lower expressions (`Lowers`) and the indicator it scores (`Marked`).
"""
