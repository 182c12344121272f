"""The documentation outside the manual: its rulesets, commands and Python are run."""
