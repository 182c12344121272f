"""Our own mistake, met while evaluating: something that checking should have made impossible."""


class EvaluationDefect(Exception):  # noqa: N818 - named by what it is, in the vocabulary of the language
    """A plan asked for what has no value (a division by zero, a step table that takes nothing …)."""
